/** 双向承诺, as plain constants both sides import: code → what a person reads (domain.md §5, §12). */
export const commitmentKinds = {
  organization: '民生实事（班子承诺）',
  personal: '微小实事（个人承诺）',
  secretaryProject: '书记项目',
  livelihoodProject: '民生项目',
} as const;
export type CommitmentKind = keyof typeof commitmentKinds;

export const isPersonal = (kind: CommitmentKind): boolean => kind === 'personal';

export const commitmentFields = {
  road: '修路通行',
  water: '饮水排水',
  light: '照明用电',
  environment: '人居环境',
  farming: '农业生产',
  education: '助学育人',
  health: '看病就医',
  elderly: '敬老助残',
  safety: '安全隐患',
  culture: '文体活动',
  dispute: '矛盾化解',
  income: '增收就业',
  service: '代办服务',
  other: '其他实事',
} as const;
export type CommitmentField = keyof typeof commitmentFields;

/** 免诺, domain.md §5.1. `awayLongTerm` may still promise things done from afar. */
export const exemptionReasons = {
  frail: '年老体弱',
  ill: '重病',
  awayLongTerm: '长期外出',
  disabled: '失能',
  transferredOut: '组织关系转出',
  other: '其他（请说明）',
} as const;
export type ExemptionReason = keyof typeof exemptionReasons;

export const changeKinds = {
  amend: '修改内容',
  postpone: '延期（年内）',
  replace: '更换实事',
  abandon: '终止',
  carryOver: '结转下年',
} as const;
export type ChangeKind = keyof typeof changeKinds;

export const releaseReasons = {
  died: '去世',
  moved: '组织关系转出',
  longIllness: '长期患病',
  ordered: '上级决定',
} as const;
export type ReleaseReason = keyof typeof releaseReasons;

/** The results of a year, worst last. */
export const commitmentResults = ['kept', 'partlyKept', 'notKept', 'abandoned', 'carriedOver'] as const;
export type CommitmentResult = (typeof commitmentResults)[number];

/** What is counted by the occasion: an order closed under such a deed counts as one of them by itself. */
export const occasionUnits: readonly string[] = ['次', '件', '单', '起', '户'];

export const commitmentLimits = {
  title: 40,
  words: 500,
  forWords: 60,
  unit: 10,
  moneySource: 60,
  helpers: 20,
  /** 公示期: days in which everybody may say something, and working days to answer him. */
  opinionDays: 7,
  opinionAnswerDays: 5,
  /** Days after acceptance in which it may still be disputed, and working days to decide. */
  disputeDays: 15,
  disputeAnswerDays: 10,
  /** A rating is shown from so many raters on. */
  ratersShown: 5,
  bulk: 200,
} as const;

/** A share is told of so many deeds at least, so that nobody is ranked by one or two. */
export const figureLimits = { base: 4 } as const;

/** What a town asks for unless it says otherwise: data, not code (every round carries its own). */
export const usualMinima: Readonly<Record<CommitmentKind, number>> = {
  organization: 4,
  personal: 4,
  secretaryProject: 1,
  livelihoodProject: 1,
};

export const goodExamples: readonly string[] = [
  '6 月底前在学校弯道装 100 米护栏、50 米减速带、2 面凸面镜',
  '每月两次到五保户家里打扫、送药，全年 24 次',
  '10 月底前组织 30 人参加免费体检',
];
export const badExamples: readonly string[] = [
  '尽力帮助群众解决困难（没有数量，说不清做没做到）',
  '加强人居环境整治（没有地点、时间和标准）',
  '完成好本职工作（本来就该做的）',
  '过年给困难户发红包（当面发钱不算办实事）',
];
