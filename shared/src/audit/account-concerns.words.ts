/** 账号核查: why an account that holds a post is looked at. */
export const accountConcerns = {
  idle: '久未登录',
  ending: '快到期',
  endless: '没有期限',
  many: '一人多岗',
  excluded: '岗位相斥',
} as const;
export type AccountConcern = keyof typeof accountConcerns;
