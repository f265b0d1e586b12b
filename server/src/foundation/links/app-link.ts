import { Problem } from '@sandan/shared/problems';
import type { World } from '../http/world';
import { WechatFailure } from '../world/wechat/call';
import { openPage } from './codes';

const hour = 60 * 60_000;
const mostKept = 1_000;

/** By app and key. WeChat gives 500,000 a day, and whoever has no session asks for these: each key costs one an hour. */
const kept = new Map<string, { address: string; until: number }>();

/**
 * An address that opens the mini-program at this link from a phone's browser, where the web page itself cannot let a
 * resident in. @throws Problem link.app-away
 */
export async function appLinkOf({ wechat, config }: World, key: string, now: Date): Promise<string> {
  const { appid, envVersion } = config.wechat;
  const name = `${appid} ${envVersion} ${key}`;
  const known = kept.get(name);
  if (known && known.until > now.getTime()) return known.address;
  const address = await wechat.urlLink({ page: openPage, query: `k=${key}`, envVersion }).catch((failure: unknown) => {
    throw failure instanceof WechatFailure ? new Problem('link.app-away', { cause: failure }) : failure;
  });
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(name, { address, until: now.getTime() + hour });
  return address;
}
