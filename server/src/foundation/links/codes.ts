import type { PlainReason } from '@sandan/shared/links/poster.words';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import type { Config } from '../config';
import type { World } from '../http/world';
import { qrPicture } from '../qr-picture';
import { WechatFailure } from '../world/wechat/call';
import { linksTo, linkTo, nameOf, type Thing } from './links';

/** The one door for links (decisions.md §5.2): printed codes outlive every other page. */
export const openPage = 'pages/open/index';

/**
 * Where the picture of a key is kept. By app and build: a picture that the stand-in drew, or one that opens 体验版, which
 * strangers may not open, must not come back from the storage once the app has been released.
 */
export const pictureKeyOf = (key: string, { wechat: { appid, envVersion } }: Pick<Config, 'wechat'>): string =>
  `codes/${appid}-${envVersion}/${key}.jpg`;

/** What hangs as a poster is 100 mm wide and wants twice the dots of a plate or a screen (wechat.md §7: 280–1280). */
const widthOf = ({ what }: Thing): number => (what === 'grid' || what === 'desk' ? 860 : 430);

/**
 * The key of a thing with its picture (小程序码) in the storage. A code never changes, so WeChat is asked once for each;
 * whoever asks at the same time stores the same picture again. Outside of any transaction.
 * @throws Problem link.code-away, link.code-not-set-up
 */
export async function codeOf(world: World, thing: Thing, now: Date): Promise<string> {
  const key = await world.database.transaction((db) => linkTo(db, thing, now));
  if (!(await isDrawn(world, key))) await draw(world, thing, key);
  return key;
}

const isDrawn = ({ files, config }: World, key: string): Promise<boolean> => files.exists(pictureKeyOf(key, config));

const draw = async (world: World, thing: Thing, key: string): Promise<void> =>
  world.files.put(pictureKeyOf(key, world.config), await drawnByWechat(world, key, widthOf(thing)), 'image/jpeg');

async function drawnByWechat({ wechat, config }: World, scene: string, width: number): Promise<Buffer> {
  try {
    return await wechat.unlimitedCode({ scene, page: openPage, envVersion: config.wechat.envVersion, width });
  } catch (failure) {
    if (!(failure instanceof WechatFailure)) throw failure;
    // Not released yet, no right to it, a wrong secret: waiting mends none of them, so nobody is told to wait.
    if (failure.kind === 'configuration') throw new Problem('link.code-not-set-up', { cause: failure });
    throw new Problem('link.code-away', { cause: failure, retryAfter: 10 });
  }
}

const reasons: Partial<Record<ProblemCode, PlainReason>> = {
  'link.code-away': 'away',
  'link.code-not-set-up': 'notSetUp',
};
/** Null: something else has failed. */
const reasonOf = (failure: unknown): PlainReason | null =>
  failure instanceof Problem ? (reasons[failure.code] ?? null) : null;

/**
 * A code that is good for minutes, as a `data:` address: never stored. While WeChat is away it is an ordinary one of the
 * same key, which leads to the same door.
 */
export async function passingCode(world: World, key: string, site: string): Promise<string> {
  try {
    return `data:image/jpeg;base64,${(await drawnByWechat(world, key, 430)).toString('base64')}`;
  } catch (failure) {
    if (reasonOf(failure) === null) throw failure;
    return qrPicture(`${site}/c/${key}`);
  }
}

/** The picture for a paper, which is made all the same where WeChat does not draw it: then null. */
export async function codeForPaper(world: World, thing: Thing, now: Date): Promise<Uint8Array | null> {
  const [code] = await codesForPaper(world, [thing], now);
  return code?.missing === null ? drawnCode(world, code.key) : null;
}

export interface PaperCode {
  readonly key: string;
  /** Null: its picture is in the storage ({@link drawnCode}). */
  readonly missing: PlainReason | null;
}

export const drawnCode = ({ files, config }: World, key: string): Promise<Uint8Array> =>
  files.read(pictureKeyOf(key, config));

/** So many at once are asked of WeChat, which takes 5000 a minute (wechat.md §7). */
const atOnce = 6;

/** The same for many. The first time that WeChat does not answer, the rest of a sheet is not kept waiting for it. */
export async function codesForPaper(world: World, things: readonly Thing[], now: Date): Promise<PaperCode[]> {
  const keys = await world.database.transaction((db) => linksTo(db, things, now));
  const codes = things.map((thing) => ({ thing, key: keys.get(nameOf(thing)) ?? '' }));
  const wanted: typeof codes = [];
  await inTurns(codes, async (code) => {
    if (!(await isDrawn(world, code.key))) wanted.push(code);
  });
  const missing = new Map<string, PlainReason>();
  let why: PlainReason | null = null;
  const tryToDraw = async ({ thing, key }: (typeof codes)[number]): Promise<void> => {
    const reason = why ?? (await reasonWithout(world, thing, key));
    if (reason === null) return;
    why = reason;
    missing.set(key, reason);
  };
  // One alone first: after a silence of WeChat's a single call finds out whether it is back (breaker.ts), and the others
  // of that moment are told that it is not.
  await inTurns(wanted.slice(0, 1), tryToDraw);
  await inTurns(wanted.slice(1), tryToDraw);
  return codes.map(({ key }) => ({ key, missing: missing.get(key) ?? null }));
}

/** Why the code is not drawn now; null: it is. */
async function reasonWithout(world: World, thing: Thing, key: string): Promise<PlainReason | null> {
  try {
    await draw(world, thing, key);
    return null;
  } catch (failure) {
    const reason = reasonOf(failure);
    if (reason === null) throw failure;
    world.log.warn({ err: (failure as Problem).cause, thing }, 'a paper without its code');
    return reason;
  }
}

async function inTurns<Each>(list: readonly Each[], work: (each: Each) => Promise<void>): Promise<void> {
  for (let from = 0; from < list.length; from += atOnce) await Promise.all(list.slice(from, from + atOnce).map(work));
}
