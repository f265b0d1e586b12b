import { createHash } from 'node:crypto';
import { isDuplicate } from '../../foundation/database/conflicts';
import type { Config } from '../../foundation/config';
import type { Db } from '../../foundation/database/connect';
import { isSigned, openPush, PushRefused, pushSignature } from '../../foundation/world/wechat/push-cipher';
import type { PushHandler, PushScope, WechatPush } from '../../foundation/world/wechat/push-handler';
import { readPush, sealedIn } from '../../foundation/world/wechat/push-message';
import type { PushOutcome } from '../../foundation/world/wechat/tally';
import { TakenPush } from './wechat-push.entity';

/** By which npm run wechat:check tries our own door. */
export const probeEvent = 'sandan_wechat_check';

interface Signed {
  readonly timestamp: string;
  readonly nonce: string;
}

/** Longer than the clocks of two servers differ and WeChat takes for its three tries; shorter than taken ones are known. */
const freshFor = 10 * 60_000;

function mustBeFresh({ timestamp }: Signed, now: Date): void {
  const sent = Number(timestamp) * 1_000;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() - sent) > freshFor) throw new PushRefused('stale');
}

/** Whether the console of WeChat asks (wechat.md §8). @throws PushRefused */
export function mustBeAsked(
  { wechat }: Config,
  { signature, ...signed }: Signed & { readonly signature: string },
  now: Date,
): void {
  const expected = pushSignature(wechat.pushToken, signed);
  if (!isSigned(expected, signature)) throw new PushRefused('signature');
  mustBeFresh(signed, now);
}

/**
 * Only sealed pushes (安全模式): the signature of an open one stands over time and nonce alone, and whoever has seen one
 * could put any words under it. @throws PushRefused
 */
export function openSealed(
  { wechat }: Config,
  { msg_signature: signature, ...signed }: Signed & { readonly msg_signature: string },
  body: string,
  now: Date,
): WechatPush {
  const secrets = { token: wechat.pushToken, encodingAesKey: wechat.pushKey, appid: wechat.appid };
  const words = openPush(secrets, sealedIn(body), { ...signed, signature });
  mustBeFresh(signed, now);
  return readPush(words);
}

/** Carries a push out, exactly once however often it comes: it is marked as taken in the same transaction. */
export async function takePush(
  scope: PushScope,
  push: WechatPush,
  handlers: readonly PushHandler[],
): Promise<PushOutcome> {
  if (!(await isFirst(scope.db, push, scope.now))) return 'repeated';
  const wanted = handlers.filter(({ event }) => event === push.event);
  for (const handler of wanted) await handler.run(scope, push);
  return wanted.length > 0 ? 'taken' : 'unknown';
}

/** Of two at once the second waits here until the first is through or has failed. */
async function isFirst(db: Db, push: WechatPush, now: Date): Promise<boolean> {
  try {
    await db.insert(TakenPush, [{ id: identityOf(push), event: push.event, at: now }]);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/**
 * WeChat's own number where it gives one, the trace id of a check, and of all others everything they say: two permissions
 * that a person withdraws in one second have the same sender, time and event, and both must be carried out.
 */
export function identityOf({ event, openid, fields }: WechatPush): string {
  const { MsgId, trace_id: traceId } = fields;
  const told = [MsgId, traceId].find((each) => typeof each === 'string' || typeof each === 'number');
  const parts = told === undefined ? [fields] : [event, openid, told];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
