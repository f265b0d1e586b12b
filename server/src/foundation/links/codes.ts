import { Problem } from '@sandan/shared/problems';
import type { World } from '../http/world';
import { qrPicture } from '../qr-picture';
import { WechatFailure } from '../world/wechat/call';
import { linkTo, type Thing } from './links';

/** The one door for links (decisions.md §5.2): printed codes outlive every other page. */
const door = 'pages/open/index';

export const pictureKeyOf = (key: string): string => `codes/${key}.jpg`;

/**
 * The key of a thing with its picture (小程序码) in the storage. A code never changes, so WeChat is asked once for each;
 * whoever asks at the same time stores the same picture again. Outside of any transaction.
 * @throws Problem link.code-away
 */
export async function codeOf(world: World, thing: Thing, now: Date): Promise<string> {
  const key = await world.database.transaction((db) => linkTo(db, thing, now));
  const stored = pictureKeyOf(key);
  if (await world.files.exists(stored)) return key;
  await world.files.put(stored, await drawnByWechat(world, key), 'image/jpeg');
  return key;
}

async function drawnByWechat({ wechat, config }: World, scene: string): Promise<Buffer> {
  try {
    return await wechat.unlimitedCode({ scene, page: door, envVersion: config.wechat.envVersion });
  } catch (failure) {
    if (failure instanceof WechatFailure) throw new Problem('link.code-away', { cause: failure, retryAfter: 10 });
    throw failure;
  }
}

/**
 * A code that is good for minutes, as a `data:` address: never stored. While WeChat is away it is an ordinary one of the
 * same key, which leads to the same door.
 */
export async function passingCode(world: World, key: string, site: string): Promise<string> {
  try {
    return `data:image/jpeg;base64,${(await drawnByWechat(world, key)).toString('base64')}`;
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.code !== 'link.code-away') throw failure;
    return qrPicture(`${site}/c/${key}`);
  }
}

/** The picture for a paper, which is made all the same where WeChat does not draw it: then null. */
export async function codeForPaper(world: World, thing: Thing, now: Date): Promise<Uint8Array | null> {
  return (await codesForPaper(world, [thing], now))[0]?.picture ?? null;
}

export interface PaperCode {
  readonly key: string;
  /** Null: WeChat does not draw now. */
  readonly picture: Uint8Array | null;
}

/** So many at once are asked of WeChat, which takes 5000 a minute (wechat.md §7). */
const atOnce = 6;

/** The same for many. The first time that WeChat does not answer, the rest of a sheet is not kept waiting for it. */
export async function codesForPaper(world: World, things: readonly Thing[], now: Date): Promise<PaperCode[]> {
  const codes: PaperCode[] = [];
  let isAway = false;
  const one = async (thing: Thing): Promise<PaperCode> => {
    const key = await world.database.transaction((db) => linkTo(db, thing, now));
    try {
      if (isAway && !(await world.files.exists(pictureKeyOf(key)))) return { key, picture: null };
      return { key, picture: await world.files.read(pictureKeyOf(await codeOf(world, thing, now))) };
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.code !== 'link.code-away') throw failure;
      isAway = true;
      world.log.warn({ err: failure.cause, thing }, 'a paper without its code');
      return { key, picture: null };
    }
  };
  for (let from = 0; from < things.length; from += atOnce)
    codes.push(...(await Promise.all(things.slice(from, from + atOnce).map(one))));
  return codes;
}
