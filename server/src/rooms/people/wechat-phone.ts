import { Problem, type ProblemCode } from '@sandan/shared/problems';
import { bindingLimits } from '@sandan/shared/people/binding.words';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import { WechatFailure, type WechatFailureKind } from '../../foundation/world/wechat/call';
import { phoneTries } from './bindings.queries';

const day = 24 * 60 * 60_000;

/** What the person can do about it: press again, or wait. */
const pressAgain = new Set<WechatFailureKind>(['badCode', 'usedCode', 'unknownPerson', 'refused', 'risky', 'inactive']);
const codeOf = (kind: WechatFailureKind): ProblemCode =>
  pressAgain.has(kind) ? 'binding.bad-code' : 'binding.wechat-busy';

/**
 * The first phase of 绑定手机: WeChat's word on the number, eleven digits; null where this very act went through before.
 * Every number costs the county money, so a person asks for a few a day.
 * @throws Problem binding.no-wechat, binding.too-many, binding.bad-code, binding.wechat-busy, binding.foreign-phone
 */
export async function phoneByCode(
  reading: Reading,
  { wechat }: World,
  caller: Caller,
  { code, actionId }: { code: string; actionId: string },
): Promise<string | null> {
  const since = new Date(caller.now.getTime() - day);
  const { openid, tries, isRepeat } = await phoneTries(reading, { personId: caller.personId, actionId, since });
  if (isRepeat) return null;
  if (openid === null) throw new Problem('binding.no-wechat');
  if (tries >= bindingLimits.phonesADay) throw new Problem('binding.too-many');
  const { number, countryCode } = await wechat.phoneNumber(code, openid).catch((failure: unknown) => {
    if (!(failure instanceof WechatFailure)) throw failure;
    throw new Problem(codeOf(failure.kind), { cause: failure });
  });
  if (countryCode !== '86' || !/^1[3-9]\d{9}$/.test(number)) throw new Problem('binding.foreign-phone');
  return number;
}
