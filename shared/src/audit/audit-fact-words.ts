import { accessReasons } from '../access/access.words';
import { helperKinds, roleNames } from '../access/roles';
import { householdEvents, revealPurposes, revealable } from '../households/household-events.words';
import { householdFlags, type HouseholdFlagName } from '../households/household.words';
import { bindingKinds } from '../people/binding.words';
import { rosterKinds } from '../people/roster.words';
import { handoverKinds } from '../posts/handover.words';
import { closingReasons, consentPurposes, correctionFields, type ConsentPurpose } from '../privacy/privacy.words';
import { revocable, type Revocable } from '../privacy/revoked.words';
import { protectionNames, protectionNumbers, type ProtectionName } from '../settings/protection.words';
import { templateKinds, templateParts, templates, type TemplateKind } from '../subscriptions/subscription.words';
import { changeNames } from '../trees/tree.words';
import { checkedThings, hideReasons, type CheckedName } from '../reviews/review.words';
import type { CodeOf, Coded, FactName } from './audit-facts';

/** The words for a fact; null for an id, which says nothing to a reader. */
export const factNames: Readonly<Record<FactName, string | null>> = {
  channel: '方式',
  isNew: '第一次登录',
  refusal: '原因',
  refusals: '同一网络一小时里第几次',
  reason: '原因',
  shownBy: '用什么',
  recoveryCodesLeft: '剩下的恢复码',
  failures: '连续错几次',
  lockedSeconds: '停用秒数',
  gridId: null,
  bindingKind: '怎么对上的',
  newcomerId: null,
  guardianId: null,
  unbound: '解除的微信',
  tookFactor: '清除了二次验证',
  revealed: '看哪一样',
  searchedBy: '按什么找',
  found: '找到的人数',
  eventKind: '什么变化',
  people: '人数',
  flagId: null,
  careId: null,
  proxyId: null,
  everywhere: '全部设备',
  ended: '退出的设备数',
  purpose: '用途',
  changed: '改了',
  before: null,
  after: null,
  fromAt: '从',
  toAt: '到',
  year: '年份',
  restDays: '放假天数',
  workDays: '调休上班天数',
  keepDays: '保存天数',
  idleDays: '久未登录天数',
  takenAt: '备份的时间',
  erasedAgain: '重新注销的人数',
  removed: '清理条数',
  upTo: '清理到第几号',
  population: '可抽件数',
  drawn: '抽到件数',
  paper: '表格',
  organizationId: null,
  filters: '筛选条件数',
  what: '内容',
  rows: '行数',
  everyMonths: '几个月走访一次',
  closeFlags: '每月走访的标记数',
  linksFrom: '联户最少',
  linksTo: '联户最多',
  added: '新联户数',
  moved: '换了联系党员',
  standIns: '顶替有变的户数',
  good: '导入条数',
  warned: '有提示的条数',
  known: '原来就有的条数',
  format: '格式',
  version: '版本',
  effectiveAt: '生效时间',
  agreed: '同意',
  refused: '不同意',
  closingId: null,
  revoked: '收回了',
  why: '缘由',
  askedById: null,
  correctionId: null,
  field: '更正什么',
  apply: '改了',
  flags: '特殊情况',
  names: '带户主',
  part: '第几份',
  plates: '门牌码张数',
  hung: '哪张码',
  roster: '名册',
  faulty: '有错的条数',
  newThings: '新增条数',
  changedThings: '变更条数',
  endedThings: '终止条数',
  missingThings: '文件里没有的条数',
  historyId: null,
  fromState: null,
  decision: '怎么定',
  contentKind: '什么内容',
  hideReason: '原因',
  holderId: null,
  role: '职务',
  helper: '哪一类',
  tree: '哪棵树',
  nodeId: null,
  fromNodeId: null,
  untilAt: '到期',
  change: '变动',
  planned: '以后生效',
  posts: '职务数',
  left: '没有恢复的项数',
  template: '哪个通知',
  parts: '改了哪样',
  fields: '字段个数',
};

const revokedNames = Object.fromEntries(Object.entries(revocable).map(([kind, { name }]) => [kind, name])) as Record<
  Revocable,
  string
>;
const purposeNames = Object.fromEntries(
  Object.entries(consentPurposes).map(([purpose, { name }]) => [purpose, name]),
) as Record<ConsentPurpose, string>;
const protectionWords = Object.fromEntries(
  protectionNames.map((name) => [name, protectionNumbers[name].name]),
) as Record<ProtectionName, string>;
const flagNames = Object.fromEntries(Object.entries(householdFlags).map(([flag, { name }]) => [flag, name])) as Record<
  HouseholdFlagName,
  string
>;
/** The words for codes, by the name of their fact. Does not compile while a code of some deed has none: nobody reads codes. */
export const factCodes: { readonly [Name in Coded]: Readonly<Record<CodeOf<Name>, string>> } = {
  roster: rosterKinds,
  template: Object.fromEntries(templateKinds.map((kind) => [kind, templates[kind].name])) as Record<
    TemplateKind,
    string
  >,
  parts: templateParts,
  decision: { show: '显示', hide: '屏蔽' },
  contentKind: Object.fromEntries(Object.entries(checkedThings).map(([field, { name }]) => [field, name])) as Record<
    CheckedName,
    string
  >,
  hideReason: hideReasons,
  channel: { wechat: '微信', demo: '演示', desktop: '电脑' },
  refusal: { badCode: '登录凭证不对', wechatRefused: '微信拒绝' },
  reason: { ...accessReasons, ...handoverKinds },
  shownBy: { totp: '验证码', recovery: '恢复码', enrolment: '设置时的验证码' },
  purpose: { handle: '办理', callback: '回访', study: '研判', inspect: '督查', ...revealPurposes },
  revealed: revealable,
  searchedBy: revealable,
  bindingKind: bindingKinds,
  eventKind: householdEvents,
  changed: {
    workHours: '办公时间',
    daytime: '白天时段',
    quietHours: '免打扰时段',
    digestTimes: '汇总时间',
    inspectionPercent: '抽查比例',
    dutyPhone: '值班电话',
    vacantAfterDays: '离岗几天算空缺',
    reviewSamplePercent: '内容抽查比例',
    complaintsToHide: '几户投诉先屏蔽',
    ...protectionWords,
  },
  paper: { board: '承诺清单', figures: '承诺数字', debtors: '谁还没承诺' },
  format: { pdf: 'PDF', json: 'JSON', xlsx: 'Excel' },
  agreed: purposeNames,
  refused: purposeNames,
  why: closingReasons,
  revoked: revokedNames,
  field: correctionFields,
  hung: { grid: '这一片的码', desk: '便民服务点的码' },
  what: { entries: '审计记录', roles: '岗位权限表' },
  role: roleNames,
  helper: helperKinds,
  tree: { grid: '网格', party: '党组织' },
  change: changeNames,
  flags: flagNames,
};
