import type { AccessReason } from '../access/access.words';
import type { PostTree } from '../access/posts';
import type { GrantedRole, HelperKind } from '../access/roles';
import type { HouseholdEventKind, revealPurposes, revealable } from '../households/household-events.words';
import type { HouseholdFlagName } from '../households/household.words';
import type { BindingKind } from '../people/binding.words';
import type { RosterKind } from '../people/roster.words';
import type { HandoverKind } from '../posts/handover.words';
import type { ClosingReason, ConsentPurpose, CorrectionField } from '../privacy/privacy.words';
import type { Revocable } from '../privacy/revoked.words';
import type { CheckedName, HideReason } from '../reviews/review.words';
import type { ProtectionName } from '../settings/protection.words';
import type { TemplateKind, TemplatePart } from '../subscriptions/subscription.words';
import type { TreeChangeKind } from '../trees/tree.words';
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
  /** `refusals`: of that network within an hour, this one included; bad codes stand here for all of them (failures.ts). */
  signInRefused: { refusal: 'badCode' | 'wechatRefused'; refusals: number };
  signOut: { everywhere: boolean; ended: number };
  confirmDesktop: null;
  failDesktopCheck: null;
  refuseDesktop: null;
  endSession: null;
  confirmConnection: null;
  refuseConnection: null;
  endOtherSessions: { ended: number };
  endSessionsOf: { reason: AccessReason; ended: number; unbound: number };
  enrolSecondFactor: null;
  showSecondFactor: { shownBy: 'totp' | 'recovery' | 'enrolment'; recoveryCodesLeft: number };
  failSecondFactor: { failures: number; lockedSeconds: number };
  renewRecoveryCodes: null;
  openSignInLink: { tookFactor: boolean; ended: number; unbound: number };
  resetSecondFactor: { reason: AccessReason; ended: number; unbound: number };
  createAdministrator: { gridId: string; isNew: boolean };
  revealContact: { purpose: 'handle' | 'callback' | 'study' | 'inspect' };
  changeSettings: Changed<
    | 'workHours'
    | 'daytime'
    | 'quietHours'
    | 'digestTimes'
    | 'inspectionPercent'
    | 'dutyPhone'
    | 'vacantAfterDays'
    | 'reviewSamplePercent'
    | 'complaintsToHide'
  >;
  changeProtection: Changed<ProtectionName>;
  changeHolidays: { year: number; restDays: number; workDays: number };
  changeTemplate: { template: TemplateKind; parts: readonly TemplatePart[]; fields: number };
  closePeriod: { fromAt: string; toAt: string };
  changeAuditRules: { keepDays: number; idleDays: number };
  restoreBackup: { takenAt: string; ended: number; erasedAgain: number };
  trimAudit: { removed: number; upTo: number };
  decideContent: { decision: 'show' | 'hide'; contentKind: CheckedName; hideReason: HideReason | null };
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
  wechatGone: { closingId: string | null; ended: number };
  revokeWechat: { revoked: readonly Revocable[] };
  decideCorrection: { correctionId: string; field: CorrectionField; apply: boolean };
  countByFlags: FlagFacts;
  sweepByFlags: FlagFacts;
  exportToday: { rows: number };
  openTodayPaper: { rows: number };
  exportSweep: SweepPaperFacts;
  openSweepPaper: SweepPaperFacts;
  exportActivity: { format: 'pdf' | 'xlsx'; rows: number };
  openActivityPaper: { format: 'pdf' | 'xlsx'; rows: number };
  exportDoorPlates: { part: number; plates: number };
  openDoorPlates: { part: number; plates: number };
  printDoorPlate: null;
  replaceDoorCode: null;
  replacePlaceCode: { hung: 'grid' | 'desk' };
  lookBehindDoor: { people: number };
  importCommitments: { good: number; warned: number; known: number };
  givePost: PostFacts;
  endPost: PostFacts;
  passPost: PostFacts & { fromNodeId: string };
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
  findByNumber: { searchedBy: keyof typeof revealable; found: number };
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
  nameGuardian: { guardianId: string | null };
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
  /** How many households it lists; 0: the numbers alone. */
  rows: number;
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

type Item<Value> = Value extends readonly (infer Each)[] ? Each : Value;
type ValueOf<Name extends FactName, Facts> = Facts extends Readonly<Record<Name, infer Value>> ? Item<Value> : never;
/** The codes that a fact may hold, whatever deed it tells of; `never` for numbers, ids and times. */
export type CodeOf<Name extends FactName> = {
  [Deed in AuditDeed]: string extends ValueOf<Name, FactsOfDeeds[Deed]>
    ? never
    : Extract<ValueOf<Name, FactsOfDeeds[Deed]>, string>;
}[AuditDeed];
export type Coded = { [Name in FactName]: [CodeOf<Name>] extends [never] ? never : Name }[FactName];
