/**
 * 数据保护的数: settings of the county, each with what holds until somebody changes it and between what it may be set. No
 * imports, so that the app shows the same.
 */
interface ProtectionNumber {
  readonly name: string;
  /** Why it is there, for whoever sets it. */
  readonly words: string;
  readonly unit: string;
  readonly usual: number;
  readonly fewest: number;
  readonly most: number;
}

export const protectionNumbers = {
  revealsPerDay: {
    ...{ name: '一个人一天最多看几次完整号码', words: '手机号、身份证号，24 小时内合计，每次都有记录。' },
    ...{ unit: '次', usual: 50, fewest: 5, most: 200 },
  },
  contactsPerDay: {
    ...{ name: '一个人一天最多看几次单子上的电话', words: '经办人为办单子查看，24 小时内合计。' },
    ...{ unit: '次', usual: 200, fewest: 20, most: 1000 },
  },
  lookupsPerDay: {
    ...{ name: '一个人一天最多按号码找几次人', words: '找一户、办迁入时用，24 小时内合计，找没找到都有记录。' },
    ...{ unit: '次', usual: 30, fewest: 5, most: 200 },
  },
  listExportsPerDay: {
    ...{ name: '一个人一天最多导出几次名单', words: '名单、清单、审计记录等，按自然日计。' },
    ...{ unit: '次', usual: 20, fewest: 1, most: 100 },
  },
  listPeople: {
    ...{ name: '一份名单最多多少人', words: '超过的要缩小范围，分几次导出。' },
    ...{ unit: '人', usual: 5000, fewest: 100, most: 5000 },
  },
  ownExportsPerDay: {
    ...{ name: '群众一天最多导出几次自己的信息', words: '法律给的权利，不能关掉。' },
    ...{ unit: '次', usual: 3, fewest: 1, most: 20 },
  },
  thinkingDays: {
    ...{ name: '申请注销后留几天反悔', words: '到期才删除，期间可以撤回。已经申请的按申请时的天数。' },
    ...{ unit: '天', usual: 7, fewest: 1, most: 15 },
  },
  phoneIdleDays: {
    ...{ name: '手机多少天不用要重新登录', words: '马上对已经登录的手机生效。' },
    ...{ unit: '天', usual: 30, fewest: 1, most: 90 },
  },
  phoneDays: {
    ...{ name: '手机登录一次最长管多少天', words: '改短马上生效，改长从下次登录算起。' },
    ...{ unit: '天', usual: 180, fewest: 7, most: 365 },
  },
  desktopIdleMinutes: {
    ...{ name: '电脑多少分钟不用自动退出', words: '办公电脑常有几个人用，宜短不宜长。' },
    ...{ unit: '分钟', usual: 120, fewest: 10, most: 480 },
  },
  desktopHours: {
    ...{ name: '电脑登录一次最长管几小时', words: '改短马上生效，改长从下次登录算起。' },
    ...{ unit: '小时', usual: 12, fewest: 1, most: 24 },
  },
} as const satisfies Record<string, ProtectionNumber>;

export type ProtectionName = keyof typeof protectionNumbers;
export type ProtectionRules = Readonly<Record<ProtectionName, number>>;

export const protectionNames = Object.keys(protectionNumbers) as ProtectionName[];

/** By headings, as the screen shows them. */
export const protectionGroups: readonly { readonly title: string; readonly names: readonly ProtectionName[] }[] = [
  {
    title: '查看和导出',
    names: ['revealsPerDay', 'contactsPerDay', 'lookupsPerDay', 'listExportsPerDay', 'listPeople'],
  },
  { title: '本人的权利', names: ['ownExportsPerDay', 'thinkingDays'] },
  { title: '登录多久有效', names: ['phoneIdleDays', 'phoneDays', 'desktopIdleMinutes', 'desktopHours'] },
];

export const usualProtection: ProtectionRules = Object.fromEntries(
  protectionNames.map((name) => [name, protectionNumbers[name].usual]),
) as ProtectionRules;

/** Of the rules of several counties: the strictest, which of each of these numbers is the smallest. */
export const strictest = (given: readonly ProtectionRules[]): ProtectionRules =>
  given.length === 0
    ? usualProtection
    : (Object.fromEntries(
        protectionNames.map((name) => [name, Math.min(...given.map((rules) => rules[name]))]),
      ) as ProtectionRules);
