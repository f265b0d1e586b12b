/** Why an administrator ends somebody's sign-ins, or takes a second factor away. */
export const accessReasons = {
  lostPhone: '手机丢了',
  newPhone: '换了手机',
  leftPost: '不再任职',
  suspicious: '发现异常登录',
} as const;
export type AccessReason = keyof typeof accessReasons;

/** Somebody else may hold the phone: to be signed out is not enough, WeChat alone would let him in again at once. */
export const unbindsWechat: readonly AccessReason[] = ['lostPhone', 'suspicious'];

export const channelNames = { wechat: '微信小程序', demo: '演示登录', desktop: '电脑' } as const;
