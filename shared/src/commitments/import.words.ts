/** 导入承诺: the columns of the template, in their order. A sheet may have them in any other. */
export const importColumns = {
  mark: '序号',
  kind: '承诺种类',
  organization: '党组织',
  name: '姓名',
  phoneTail: '手机后四位',
  title: '承诺事项',
  words: '具体内容',
  field: '所属类别',
  quantity: '数量',
  unit: '单位',
  forGrid: '服务对象',
  forWords: '服务对象说明',
  deadline: '完成时限',
  money: '资金（元）',
  moneySource: '资金来源',
} as const;
export type ImportColumn = keyof typeof importColumns;

/** Without these a sheet is not ours. */
export const neededColumns: readonly ImportColumn[] = [
  ...(['kind', 'name', 'title', 'words', 'field', 'forGrid', 'deadline'] as const),
];

/** What stands under 序号 in rows that explain and are never imported. */
export const notImported = { note: '说明', example: '示例' } as const;

export const wholeTown = '全镇';

export const importLimits = {
  /** Bytes of the file. */
  bytes: 5 * 1024 * 1024,
  /** Deeds in one file. */
  rows: 5_000,
  /** Drafts that one press hands in for review; the app presses on until none is left. */
  submit: 200,
  /** Days for which what was read is kept. */
  days: 30,
} as const;

export const importStandings = {
  good: '可以导入',
  warned: '可以导入，有提醒',
  known: '已经有了，不会重复导入',
  faulty: '要改',
} as const;
export type ImportStanding = keyof typeof importStandings;
