import { Problem } from '@sandan/shared/problems';
import type { NoticeRule, Reference } from '../reference/reference';
import type { Caller } from './caller';

/** 隐私告知 in force at that instant; null where none was published. */
export const noticeInForce = (reference: Reference, now: Date): NoticeRule | null =>
  reference.notices.find(({ effectiveAt }) => effectiveAt <= now) ?? null;

/** Whether the person has agreed to the version in force, or there is none to agree to. */
const hasAgreed = ({ agreedNotice, reference, now }: Caller): boolean => {
  const notice = noticeInForce(reference, now);
  return notice === null || agreedNotice >= notice.version;
};

/**
 * Before something of one's own is written down for good. Reading, emergencies and the work of a post ask for no consent
 * (个人信息保护法 13 条); nor do withdrawing and one's own rights. Throws `privacy.consent-needed` (403).
 */
export function mustHaveAgreed(caller: Caller): void {
  if (!hasAgreed(caller)) throw new Problem('privacy.consent-needed');
}
