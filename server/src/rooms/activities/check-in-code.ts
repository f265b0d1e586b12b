import { shortSignature, type SigningKeys } from '../../foundation/access/signature';

/**
 * 签到码, on the organiser's screen: it changes every five minutes, so that a photo of it in a chat is worth nothing soon
 * after. A printed one would be the same for all who were sent it; whoever has no phone, or where there is no screen, is
 * noted by hand. `ac-<key of the activity>-<which five minutes>-<signature>`: at most 32 signs, as WeChat's scene allows
 * (wechat.md §7).
 */
const slotMs = 5 * 60_000;
const signatureLength = 10;
const pattern = /^ac-([2-9a-z]{12})-([0-9a-z]{1,6})-([\w-]{10})$/;

const slotOf = (at: Date): number => Math.floor(at.getTime() / slotMs);
const namesOf = (linkKey: string, slot: string): string[] => ['check-in', linkKey, slot];

export function checkInCode(linkKey: string, keys: SigningKeys, now: Date): { code: string; until: Date } {
  const slot = slotOf(now).toString(36);
  const signature = shortSignature(namesOf(linkKey, slot), keys[0], signatureLength);
  return { code: `ac-${linkKey}-${slot}-${signature}`, until: new Date((slotOf(now) + 1) * slotMs) };
}

/** The key of its activity; null for none of ours. `isGood`: of these five minutes, or of those just before: signing in takes a moment. */
export function checkedCode(code: string, keys: SigningKeys, now: Date): { linkKey: string; isGood: boolean } | null {
  const [, linkKey, slot, signature] = pattern.exec(code) ?? [];
  if (linkKey === undefined || slot === undefined) return null;
  const isOurs = keys.some((key) => shortSignature(namesOf(linkKey, slot), key, signatureLength) === signature);
  if (!isOurs) return null;
  const age = slotOf(now) - parseInt(slot, 36);
  return { linkKey, isGood: age === 0 || age === 1 };
}
