export interface Failure {
  readonly errMsg?: string;
  readonly errno?: number;
  readonly errCode?: number;
}

/**
 * wechat.md §10.1. 103: the person's own switch; 104: 不同意 in the pop-up, now or within ten seconds; 112, 1025: the account's.
 * `phone`: the phone keeps it from WeChat itself, and no switch of the mini-program's helps.
 */
export type Reason = 'switch' | 'privacy' | 'account' | 'phone';
const reasons: Readonly<Record<number, Reason>> = { 103: 'switch', 104: 'privacy', 112: 'account', 1025: 'account' };

/** Why WeChat said no; null when it was something else. Older base libraries have no `errno`, only words. */
export function reasonOf({ errno, errMsg = '' }: Failure): Reason | null {
  if (/system permission/i.test(errMsg)) return 'phone';
  const known = errno === undefined ? undefined : reasons[errno];
  if (known) return known;
  if (/not declared in the privacy|scope is not declared|banned/.test(errMsg)) return 'account';
  if (/privacy permission|privacy/.test(errMsg)) return 'privacy';
  return /auth|deny|denied/.test(errMsg) ? 'switch' : null;
}

/** What is refused and what can be done without it, as halves of sentences. */
export interface Wanted {
  /** 使用相机和相册 */
  readonly what: string;
  /** 可以不拍照，写几句就行 */
  readonly instead: string;
}

/** What the person reads: why it did not go, and what he can do instead. */
export function refusalWords(reason: Reason, { what, instead }: Wanted): string {
  if (reason === 'account') return `这里暂时不能${what}。${instead}`;
  if (reason === 'privacy') return `您没有同意${what}，不要紧。${instead}；想用的话，过十秒再点一次`;
  if (reason === 'phone') return `手机没有让微信${what}。${instead}；想用的话，请在手机的“设置”里找到微信，把它打开`;
  return `没有允许${what}。${instead}；打开了开关，再点一次就行`;
}
