import { Problem } from '@sandan/shared/problems';
import type { World } from '../http/world';
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

/** The picture for a paper, which is made all the same where WeChat does not draw it: then null. */
export async function codeForPaper(world: World, thing: Thing, now: Date): Promise<Uint8Array | null> {
  try {
    return await world.files.read(pictureKeyOf(await codeOf(world, thing, now)));
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.code !== 'link.code-away') throw failure;
    world.log.warn({ err: failure.cause, thing }, 'a paper without its code');
    return null;
  }
}
