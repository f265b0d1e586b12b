/** Why an administrator ends somebody's sign-ins, or takes a second factor away. */
export const accessReasons = {
  lostPhone: '手机丢了',
  newPhone: '换了手机',
  leftPost: '不再任职',
  suspicious: '发现异常登录',
} as const;
export type AccessReason = keyof typeof accessReasons;

export const channelNames = { wechat: '微信小程序', demo: '演示登录', desktop: '电脑' } as const;
