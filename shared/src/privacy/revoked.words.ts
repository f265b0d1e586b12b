/**
 * 用户在微信里收回的授权 (user_authorization_revoke, wechat.md §8), by what we hold of it: WeChat's numbers, and what the
 * person reads. Whatever else WeChat may name, we never asked for.
 */
export const revocable = {
  phone: { name: '手机号', codes: [8] },
  places: { name: '位置', codes: [13, 18] },
  pictures: { name: '照片', codes: [7, 14] },
  voices: { name: '录音', codes: [5] },
  profile: { name: '昵称和头像', codes: [6, 19, 20] },
  others: { name: '其他', codes: [] },
} as const satisfies Record<string, { name: string; codes: readonly number[] }>;
export type Revocable = keyof typeof revocable;

/** `RevokeInfo`, one number or several: `"8"`, `"2,13"`. */
export function revokedIn(info: string): Revocable[] {
  const given = info.match(/\d+/g) ?? [];
  const kindOf = (code: number): Revocable =>
    (Object.keys(revocable) as Revocable[]).find((kind) =>
      (revocable[kind].codes as readonly number[]).includes(code),
    ) ?? 'others';
  return [...new Set(given.map((code) => kindOf(Number(code))))];
}
