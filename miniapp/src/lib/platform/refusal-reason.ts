export interface Failure {
  readonly errMsg?: string;
  readonly errno?: number;
  readonly errCode?: number;
}

/** wechat.md §10.1. 103: the person's own switch; 104: 不同意 in the pop-up, now or within ten seconds; 112, 1025: the account's. */
export type Reason = 'switch' | 'privacy' | 'account';
const reasons: Readonly<Record<number, Reason>> = { 103: 'switch', 104: 'privacy', 112: 'account', 1025: 'account' };

/** Why WeChat said no; null when it was something else. Older base libraries have no `errno`, only words. */
export function reasonOf({ errno, errMsg = '' }: Failure): Reason | null {
  const known = errno === undefined ? undefined : reasons[errno];
  if (known) return known;
  if (/not declared in the privacy|scope is not declared|banned/.test(errMsg)) return 'account';
  if (/privacy permission|privacy/.test(errMsg)) return 'privacy';
  return /auth|deny|denied/.test(errMsg) ? 'switch' : null;
}
