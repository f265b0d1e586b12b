import {
  closingReasons,
  consentPurposes,
  correctionFields,
  type ClosingReason,
  type ConsentPurpose,
  type CorrectionField,
} from '../privacy/privacy.words';
import { accessReasons, type AccessReason } from '../access/access.words';
import type { PostTree } from '../access/posts';
import { helperKinds, roleNames, type GrantedRole, type HelperKind } from '../access/roles';
import { handoverKinds, type HandoverKind } from '../posts/handover.words';
import { protectionNames, protectionNumbers, type ProtectionName } from '../settings/protection.words';
import { changeNames, type TreeChangeKind } from '../trees/tree.words';
import {
  householdEvents,
  revealPurposes,
  revealable,
  type HouseholdEventKind,
} from '../households/household-events.words';
import { bindingKinds, type BindingKind } from '../people/binding.words';
import { householdFlags, type HouseholdFlagName } from '../households/household.words';
import { rosterKinds, type RosterKind } from '../people/roster.words';
import type { AuditAct, AuditDecision, AuditDeed } from './audit.words';

/** Which settings, and before → after of those that are numbers: percent, days, or minutes of the day. */
interface Changed<Name extends string> {
  changed: readonly Name[];
  before: Readonly<Record<string, readonly number[]>>;
  after: Readonly<Record<string, readonly number[]>>;
}

/** What each act tells beside who, when and on what. Ids, codes, counts: {@link NoFreeText} lets nothing else through. */
export interface FactsOfDeeds {
  signIn: { channel: 'wechat' | 'demo' | 'desktop'; isNew: boolean };
  signInRefused: { refusal: 'badCode' | 'wechatRefused' };
  signOut: { everywhere: boolean; ended: number };
  confirmDesktop: null;
  refuseDesktop: null;
  endSession: null;
  confirmConnection: null;
  refuseConnection: null;
  endOtherSessions: { ended: number };
  endSessionsOf: { ended: number; reason: AccessReason };
  enrolSecondFactor: null;
  showSecondFactor: { shownBy: 'totp' | 'recovery' | 'enrolment'; recoveryCodesLeft: number };
  failSecondFactor: { failures: number; lockedSeconds: number };
  renewRecoveryCodes: null;
  resetSecondFactor: { reason: AccessReason };
  createAdministrator: { gridId: string; isNew: boolean };
  revealContact: { purpose: 'handle' | 'callback' | 'study' | 'inspect' };
  changeSettings: Changed<
    'workHours' | 'daytime' | 'quietHours' | 'inspectionPercent' | 'dutyPhone' | 'vacantAfterDays'
  >;
  changeProtection: Changed<ProtectionName>;
  closePeriod: { fromAt: string; toAt: string };
  changeAuditRules: { keepDays: number; idleDays: number };
  trimAudit: { removed: number; upTo: number };
  answerOpinion: null;
  drawSample: { population: number; drawn: number };
  exportPaper: PaperFacts;
  openPaper: PaperFacts;
  exportAudit: { what: 'entries' | 'roles'; rows: number };
  openAuditPaper: { what: 'entries' | 'roles'; rows: number };
  changeVisitSettings: { everyMonths: number; closeFlags: number; linksFrom: number; linksTo: number };
  arrangeLinks: { added: number; moved: number; standIns: number };
  settleLinkRequest: { moved: boolean };
  agreeToShowPhone: null;
  hidePhone: null;
  exportMine: { format: 'pdf' | 'json' };
  publishNotice: { version: number; effectiveAt: string };
  sayConsent: { version: number; agreed: readonly ConsentPurpose[]; refused: readonly ConsentPurpose[] };
  closeAccount: ClosingFacts;
  keepAccount: ClosingFacts;
  erasePerson: ClosingFacts;
  personErased: ClosingFacts & { askedById: string };
  decideCorrection: { correctionId: string; field: CorrectionField; apply: boolean };
  countByFlags: FlagFacts;
  sweepByFlags: FlagFacts;
  exportSweep: SweepPaperFacts;
  openSweepPaper: SweepPaperFacts;
  importCommitments: { good: number; warned: number; known: number };
  givePost: PostFacts;
  endPost: PostFacts;
  delegatePost: PostFacts;
  endDelegationPost: PostFacts;
  disableAccount: null;
  enableAccount: null;
  changeTree: { tree: PostTree; nodeId: string; change: TreeChangeKind; planned: boolean };
  cancelTreeChange: { change: TreeChangeKind };
  prepareHandover: { tree: PostTree; nodeId: string; reason: HandoverKind; posts: number };
  printHandover: null;
  cancelHandover: null;
  undoHandover: { left: number };
  bindPhone: null;
  askBinding: { bindingKind: BindingKind; gridId: string };
  bindSelf: { bindingKind: BindingKind; gridId: string };
  bind: { newcomerId: string; bindingKind: BindingKind; unbound: number };
  confirmBinding: { bindingKind: BindingKind };
  vouchBinding: { bindingKind: BindingKind };
  doubtBinding: { bindingKind: BindingKind };
  approveBinding: { bindingKind: BindingKind };
  refuseBinding: { bindingKind: BindingKind };
  revealPerson: { revealed: keyof typeof revealable; purpose: keyof typeof revealPurposes };
  openHousehold: { gridId: string };
  changeHousehold: { gridId: string };
  householdEvent: { eventKind: HouseholdEventKind; people: number };
  addFlag: { flagId: string };
  checkFlag: { flagId: string };
  endFlag: { flagId: string };
  setHub: null;
  askToCare: { careId: string };
  agreeCare: { careId: string };
  refuseCare: { careId: string };
  endCare: { careId: string };
  addMember: null;
  changeMember: null;
  giveProxy: { proxyId: string };
  revokeProxy: { proxyId: string };
  uploadRoster: { roster: RosterKind; gridId: string };
  applyRoster: {
    roster: RosterKind;
    gridId: string;
    newThings: number;
    changedThings: number;
    endedThings: number;
    missingThings: number;
  };
  cancelRoster: null;
  exportRosterErrors: { roster: RosterKind; faulty: number };
}
export interface PostFacts {
  holderId: string;
  role: GrantedRole;
  helper: HelperKind | null;
  tree: PostTree;
  nodeId: string;
  untilAt: string | null;
}
export interface ClosingFacts {
  closingId: string;
  why: ClosingReason;
}
/** 按特殊情况选户: by which flags; whose they are stands nowhere. */
export interface FlagFacts {
  flags: readonly HouseholdFlagName[];
}
export interface SweepPaperFacts {
  format: 'pdf' | 'xlsx';
  /** With the masked names of the heads. */
  names: boolean;
}
export interface PaperFacts {
  paper: 'board' | 'figures' | 'debtors';
  organizationId: string | null;
  /** How many filters narrowed it; what was typed into them is not kept. */
  filters: number;
}
/** The row of the thing's own history holds the words. */
export interface FactsOfDecisions {
  historyId: string;
  fromState: string | null;
}
export type FactsOf<Act extends AuditAct> = Act extends AuditDeed
  ? FactsOfDeeds[Act]
  : Act extends AuditDecision
    ? FactsOfDecisions
    : never;

/** Text of any kind may stand only under a name that says what it is: …Id, …At, …State. */
type MayBeText = `${string}Id` | `${string}At` | `${string}State`;
type IsText<Value> = string extends Value ? true : Value extends object ? IsText<Value[keyof Value]> : false;
type IsFree<Value> = string extends Value
  ? true
  : Value extends readonly (infer Item)[]
    ? IsText<Item>
    : Value extends object
      ? IsText<Value[keyof Value]>
      : false;
/** `never` where a fact could hold what somebody typed. */
export type NoFreeText<Facts> = {
  [Key in keyof Facts]: true extends IsFree<Facts[Key]> ? (Key extends MayBeText ? Facts[Key] : never) : Facts[Key];
};

/** Does not compile where a deed's facts have room for free text, or a deed has none declared. */
type Checked = { [Deed in AuditDeed]: FactsOfDeeds[Deed] extends NoFreeText<FactsOfDeeds[Deed]> ? true : never };
export const factsAreNarrow: Checked[AuditDeed] = true;

type NamesIn<Facts> = Facts extends object ? keyof Facts & string : never;
export type FactName = { [Deed in AuditDeed]: NamesIn<FactsOfDeeds[Deed]> }[AuditDeed] | keyof FactsOfDecisions;

/** The words for a fact; null for an id, which says nothing to a reader. */
export const factNames: Readonly<Record<FactName, string | null>> = {
  channel: '方式',
  isNew: '第一次登录',
  refusal: '原因',
  reason: '原因',
  shownBy: '用什么',
  recoveryCodesLeft: '剩下的恢复码',
  failures: '连续错几次',
  lockedSeconds: '停用秒数',
  gridId: null,
  bindingKind: '怎么对上的',
  newcomerId: null,
  unbound: '解除的微信',
  revealed: '看哪一样',
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
  keepDays: '保存天数',
  idleDays: '久未登录天数',
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
  why: '缘由',
  askedById: null,
  correctionId: null,
  field: '更正什么',
  apply: '改了',
  flags: '特殊情况',
  names: '带户主',
  roster: '名册',
  faulty: '有错的条数',
  newThings: '新增条数',
  changedThings: '变更条数',
  endedThings: '终止条数',
  missingThings: '文件里没有的条数',
  historyId: null,
  fromState: null,
  holderId: null,
  role: '职务',
  helper: '哪一类',
  tree: '哪棵树',
  nodeId: null,
  untilAt: '到期',
  change: '变动',
  planned: '以后生效',
  posts: '职务数',
  left: '没有恢复的项数',
};

type Item<Value> = Value extends readonly (infer Each)[] ? Each : Value;
type ValueOf<Name extends FactName, Facts> = Facts extends Readonly<Record<Name, infer Value>> ? Item<Value> : never;
/** The codes that a fact may hold, whatever deed it tells of; `never` for numbers, ids and times. */
type CodeOf<Name extends FactName> = {
  [Deed in AuditDeed]: string extends ValueOf<Name, FactsOfDeeds[Deed]>
    ? never
    : Extract<ValueOf<Name, FactsOfDeeds[Deed]>, string>;
}[AuditDeed];
type Coded = { [Name in FactName]: [CodeOf<Name>] extends [never] ? never : Name }[FactName];

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
  channel: { wechat: '微信', demo: '演示', desktop: '电脑' },
  refusal: { badCode: '登录凭证不对', wechatRefused: '微信拒绝' },
  reason: { ...accessReasons, ...handoverKinds },
  shownBy: { totp: '验证码', recovery: '恢复码', enrolment: '设置时的验证码' },
  purpose: { handle: '办理', callback: '回访', study: '研判', inspect: '督查', ...revealPurposes },
  revealed: revealable,
  bindingKind: bindingKinds,
  eventKind: householdEvents,
  changed: {
    workHours: '办公时间',
    daytime: '白天时段',
    quietHours: '免打扰时段',
    inspectionPercent: '抽查比例',
    dutyPhone: '值班电话',
    vacantAfterDays: '离岗几天算空缺',
    ...protectionWords,
  },
  paper: { board: '承诺清单', figures: '承诺数字', debtors: '谁还没承诺' },
  format: { pdf: 'PDF', json: 'JSON', xlsx: 'Excel' },
  agreed: purposeNames,
  refused: purposeNames,
  why: closingReasons,
  field: correctionFields,
  what: { entries: '审计记录', roles: '岗位权限表' },
  role: roleNames,
  helper: helperKinds,
  tree: { grid: '网格', party: '党组织' },
  change: changeNames,
  flags: flagNames,
};
