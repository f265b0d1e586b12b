import { WechatFailure } from '../src/foundation/world/wechat/call';

/** What this call of WeChat ended in; anything else is not what the test is about. */
export async function failureOf(work: Promise<unknown>): Promise<WechatFailure> {
  const outcome = await work.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (outcome instanceof WechatFailure) return outcome;
  throw new Error(`expected a failure of WeChat, got ${String(outcome)}`);
}
