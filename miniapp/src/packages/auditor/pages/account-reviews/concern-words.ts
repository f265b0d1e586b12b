import type { AccountConcern } from '@sandan/shared/audit/account-concerns.words';

/** What each list holds, and what to do; and what it says when it is empty. */
export const concernWords = (
  idleDays: number | null,
): Readonly<Record<AccountConcern, { readonly rule: string; readonly none: string }>> => ({
  idle: {
    rule: `有岗位，${idleDays ?? ''} 天没有登录过。问一问还在不在岗，不在的请管理员收回。`,
    none: '没有久未登录的账号',
  },
  ending: { rule: '岗位 30 天内到期。还要做的，请管理员提前续。', none: '没有快到期的岗位' },
  endless: { rule: '有任期或临时的岗位，却没有写到哪天为止。请管理员补上。', none: '该有期限的都有期限' },
  many: { rule: '一个人有三个以上岗位（接单人不算）。看看是不是都要。', none: '没有一人多岗的' },
  excluded: { rule: '审计员和管理员不能是同一个人。请马上收回一个。', none: '没有岗位相斥的' },
});
