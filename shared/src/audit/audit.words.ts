import { commitmentLifecycle, type CommitmentAction } from '../commitments/commitment.lifecycle';
import { roundLifecycle, type RoundAction } from '../commitments/round.lifecycle';
import { showcaseLifecycle, type ShowcaseAction } from '../commitments/showcase.lifecycle';
import { orderLifecycle, type OrderAction } from '../orders/order.lifecycle';

/**
 * 审计: every act that is written into the audit, with the words an auditor reads. A new act is a line here; one that is
 * not here does not compile.
 */
export const auditKinds = {
  session: '登录',
  rights: '权限和设置',
  clear: '看明文',
  export: '导出',
  import: '导入',
  decision: '决定',
} as const;
export type AuditKind = keyof typeof auditKinds;

/** What an act was done to; `null`: to nothing but oneself. */
export const auditThings = {
  order: '单子',
  commitment: '承诺',
  round: '承诺年度',
  showcase: '擂台',
  sweep: '排查',
  activity: '活动',
  grid: '网格',
  opinion: '意见',
  content: '要审核的内容',
  period: '停办期',
  import: '导入的表格',
  person: '人',
  session: '登录的设备',
  desktop: '电脑登录',
  draw: '抽查',
  post: '任职',
  treeChange: '网格和组织的变动',
  handover: '交接',
  linkRequest: '换联系党员的请求',
  household: '户',
  binding: '绑定请求',
} as const;
export type AuditThing = keyof typeof auditThings;

export interface ActWords {
  readonly name: string;
  readonly kind: AuditKind;
  readonly thing: AuditThing | null;
}

/** Acts that are no step of a lifecycle. */
export const auditDeeds = {
  signIn: { name: '登录', kind: 'session', thing: null },
  signInRefused: { name: '登录没有成功', kind: 'session', thing: null },
  signOut: { name: '退出登录', kind: 'session', thing: null },
  confirmDesktop: { name: '确认电脑登录', kind: 'session', thing: 'desktop' },
  failDesktopCheck: { name: '电脑登录的四位数字填错三次，登录作废', kind: 'session', thing: 'person' },
  refuseDesktop: { name: '拒绝电脑登录', kind: 'session', thing: 'desktop' },
  endSession: { name: '让一台设备退出', kind: 'session', thing: 'session' },
  endOtherSessions: { name: '让其他设备退出', kind: 'session', thing: null },
  endSessionsOf: { name: '让某人的设备退出', kind: 'rights', thing: 'person' },
  enrolSecondFactor: { name: '设置二次验证', kind: 'session', thing: null },
  showSecondFactor: { name: '通过二次验证', kind: 'session', thing: null },
  failSecondFactor: { name: '二次验证不对', kind: 'session', thing: null },
  renewRecoveryCodes: { name: '换恢复码', kind: 'session', thing: null },
  openSignInLink: { name: '用服务器上的链接重新登录', kind: 'rights', thing: 'person' },
  resetSecondFactor: { name: '清除某人的二次验证', kind: 'rights', thing: 'person' },
  createAdministrator: { name: '在服务器上设管理员', kind: 'rights', thing: 'person' },
  revealContact: { name: '看联系电话', kind: 'clear', thing: 'order' },
  changeSettings: { name: '改镇的设置', kind: 'rights', thing: 'grid' },
  changeProtection: { name: '改数据保护的设置', kind: 'rights', thing: 'grid' },
  changeHolidays: { name: '录入放假安排', kind: 'rights', thing: 'grid' },
  changeTemplate: { name: '改微信模板', kind: 'rights', thing: 'grid' },
  closePeriod: { name: '登记停办期', kind: 'rights', thing: 'period' },
  changeAuditRules: { name: '改审计的设置', kind: 'rights', thing: 'grid' },
  restoreBackup: { name: '在服务器上恢复备份', kind: 'rights', thing: null },
  trimAudit: { name: '清理到期的审计记录', kind: 'rights', thing: null },
  changeVisitSettings: { name: '改大走访和联户的设置', kind: 'rights', thing: 'grid' },
  arrangeLinks: { name: '安排联户', kind: 'decision', thing: 'grid' },
  settleLinkRequest: { name: '办理换联系党员', kind: 'decision', thing: 'linkRequest' },
  agreeToShowPhone: { name: '同意公开电话', kind: 'rights', thing: null },
  hidePhone: { name: '不再公开电话', kind: 'rights', thing: null },
  decideContent: { name: '显示或屏蔽一条内容', kind: 'decision', thing: 'content' },
  answerOpinion: { name: '答复投诉建议', kind: 'decision', thing: 'opinion' },
  drawSample: { name: '抽查', kind: 'decision', thing: 'draw' },
  exportPaper: { name: '导出表格', kind: 'export', thing: 'round' },
  openPaper: { name: '打开导出的表格', kind: 'export', thing: 'round' },
  exportAudit: { name: '导出审计记录', kind: 'export', thing: null },
  openAuditPaper: { name: '打开导出的审计记录', kind: 'export', thing: null },
  exportMine: { name: '导出自己的信息', kind: 'export', thing: 'person' },
  publishNotice: { name: '发布隐私告知', kind: 'rights', thing: null },
  sayConsent: { name: '同意或撤回', kind: 'rights', thing: 'person' },
  closeAccount: { name: '申请注销', kind: 'rights', thing: 'person' },
  keepAccount: { name: '取消注销', kind: 'rights', thing: 'person' },
  erasePerson: { name: '替人申请注销', kind: 'decision', thing: 'person' },
  personErased: { name: '注销完成', kind: 'rights', thing: 'person' },
  wechatGone: { name: '微信账号注销，解除绑定并开始清除', kind: 'rights', thing: 'person' },
  revokeWechat: { name: '在微信里收回授权', kind: 'rights', thing: 'person' },
  decideCorrection: { name: '答复更正申请', kind: 'decision', thing: 'person' },
  countByFlags: { name: '按特殊情况数住户', kind: 'clear', thing: null },
  sweepByFlags: { name: '按特殊情况选住户排查', kind: 'clear', thing: 'sweep' },
  exportToday: { name: '打印今日待办', kind: 'export', thing: 'grid' },
  openTodayPaper: { name: '打开今日待办', kind: 'export', thing: 'grid' },
  exportSweep: { name: '导出排查结果', kind: 'export', thing: 'sweep' },
  openSweepPaper: { name: '打开导出的排查结果', kind: 'export', thing: 'sweep' },
  exportActivity: { name: '导出活动签到表', kind: 'export', thing: 'activity' },
  openActivityPaper: { name: '打开导出的活动签到表', kind: 'export', thing: 'activity' },
  exportDoorPlates: { name: '印一片的门牌码', kind: 'export', thing: 'grid' },
  openDoorPlates: { name: '打开一片的门牌码', kind: 'export', thing: 'grid' },
  printDoorPlate: { name: '印一户的门牌码', kind: 'export', thing: 'household' },
  lookBehindDoor: { name: '扫门牌码，看一户有谁（名字遮着）', kind: 'clear', thing: 'household' },
  replaceDoorCode: { name: '换门牌码，旧的作废', kind: 'rights', thing: 'household' },
  replacePlaceCode: { name: '换一片或窗口的码，旧的作废', kind: 'rights', thing: 'grid' },
  importCommitments: { name: '导入承诺', kind: 'import', thing: 'import' },
  givePost: { name: '任命', kind: 'rights', thing: 'post' },
  endPost: { name: '免职', kind: 'rights', thing: 'post' },
  passPost: { name: '职务随合并转到新的网格或组织', kind: 'rights', thing: 'post' },
  delegatePost: { name: '请人代理', kind: 'rights', thing: 'post' },
  endDelegationPost: { name: '结束代理', kind: 'rights', thing: 'post' },
  disableAccount: { name: '停用账号', kind: 'rights', thing: 'person' },
  enableAccount: { name: '恢复账号', kind: 'rights', thing: 'person' },
  changeTree: { name: '改网格和党组织', kind: 'rights', thing: 'treeChange' },
  cancelTreeChange: { name: '取消网格和党组织的变动', kind: 'rights', thing: 'treeChange' },
  prepareHandover: { name: '准备交接', kind: 'rights', thing: 'handover' },
  printHandover: { name: '打印交接清单', kind: 'export', thing: 'handover' },
  cancelHandover: { name: '取消交接', kind: 'rights', thing: 'handover' },
  undoHandover: { name: '撤回交接', kind: 'rights', thing: 'handover' },
  bindPhone: { name: '绑定手机号', kind: 'session', thing: null },
  askBinding: { name: '请求核实身份', kind: 'rights', thing: 'binding' },
  bindSelf: { name: '本人认定身份', kind: 'rights', thing: 'binding' },
  bind: { name: '微信和花名册的人绑定', kind: 'rights', thing: 'person' },
  confirmConnection: { name: '用手机确认连接电脑上的账号', kind: 'session', thing: 'person' },
  refuseConnection: { name: '用手机拒绝连接电脑上的账号', kind: 'session', thing: 'person' },
  confirmBinding: { name: '核实是本人', kind: 'rights', thing: 'binding' },
  vouchBinding: { name: '家里人认定', kind: 'rights', thing: 'binding' },
  doubtBinding: { name: '家里人说不认识', kind: 'rights', thing: 'binding' },
  approveBinding: { name: '上级同意绑定', kind: 'rights', thing: 'binding' },
  refuseBinding: { name: '绑定不通过', kind: 'rights', thing: 'binding' },
  revealPerson: { name: '看号码', kind: 'clear', thing: 'person' },
  findByNumber: { name: '按号码找人', kind: 'clear', thing: null },
  openHousehold: { name: '登记一户', kind: 'decision', thing: 'household' },
  changeHousehold: { name: '改门牌、户号', kind: 'decision', thing: 'household' },
  householdEvent: { name: '记家里的变化', kind: 'decision', thing: 'household' },
  addFlag: { name: '登记特殊情况', kind: 'decision', thing: 'household' },
  checkFlag: { name: '核对特殊情况', kind: 'decision', thing: 'household' },
  endFlag: { name: '去掉特殊情况', kind: 'decision', thing: 'household' },
  setHub: { name: '设立或撤销中心户', kind: 'decision', thing: 'household' },
  askToCare: { name: '请求照看', kind: 'decision', thing: 'household' },
  agreeCare: { name: '同意照看', kind: 'decision', thing: 'household' },
  refuseCare: { name: '不同意照看', kind: 'decision', thing: 'household' },
  endCare: { name: '结束照看', kind: 'decision', thing: 'household' },
  addMember: { name: '登记家庭成员', kind: 'decision', thing: 'person' },
  nameGuardian: { name: '登记监护人', kind: 'rights', thing: 'person' },
  changeMember: { name: '更正家庭成员', kind: 'decision', thing: 'person' },
  giveProxy: { name: '记下代办的同意', kind: 'decision', thing: 'person' },
  revokeProxy: { name: '取消代办', kind: 'decision', thing: 'person' },
  uploadRoster: { name: '上传名册检查', kind: 'import', thing: 'import' },
  applyRoster: { name: '导入名册', kind: 'import', thing: 'import' },
  cancelRoster: { name: '取消名册导入', kind: 'import', thing: 'import' },
  exportRosterErrors: { name: '导出名册有错的行', kind: 'export', thing: 'import' },
} as const satisfies Record<string, ActWords>;
export type AuditDeed = keyof typeof auditDeeds;

/** 决定: steps of the lifecycles by which somebody rules over what others have done or may do. */
export const auditedDecisions = {
  order: [
    ...(['decline', 'convert', 'protect', 'correctPerson', 'extend', 'sendBack'] as const),
    ...(['orderRedo', 'closeReview', 'inspect', 'decideAppeal'] as const),
  ],
  commitment: [
    ...(['return', 'approve', 'publish', 'approveChange', 'refuseChange', 'accept', 'reject'] as const),
    ...(['uphold', 'dismiss', 'release', 'showWords', 'hideWords', 'askCorrection', 'correct'] as const),
  ],
  round: [
    ...(['open', 'startDrafting', 'startReview', 'begin', 'lookBack', 'goOn', 'startClosing', 'close'] as const),
    ...(['exempt', 'readmit', 'include'] as const),
  ],
  showcase: ['set', 'change', 'start', 'finish', 'sign', 'cancel'],
} as const satisfies {
  order: readonly OrderAction[];
  commitment: readonly CommitmentAction[];
  round: readonly RoundAction[];
  showcase: readonly ShowcaseAction[];
};
type Decisions = typeof auditedDecisions;
export type AuditDecision = { [Thing in keyof Decisions]: `${Thing}.${Decisions[Thing][number]}` }[keyof Decisions];
export type AuditAct = AuditDeed | AuditDecision;

const actionNames = {
  order: orderLifecycle.actions,
  commitment: commitmentLifecycle.actions,
  round: roundLifecycle.actions,
  showcase: showcaseLifecycle.actions,
} as const satisfies Record<keyof Decisions, Readonly<Record<string, { readonly name: string }>>>;

const decisions = Object.fromEntries(
  (Object.keys(auditedDecisions) as (keyof Decisions)[]).flatMap((thing) => {
    const names: Readonly<Record<string, { readonly name: string }>> = actionNames[thing];
    return auditedDecisions[thing].map((action): [string, ActWords] => [
      `${thing}.${action}`,
      { name: `${auditThings[thing]}：${names[action]?.name ?? action}`, kind: 'decision', thing },
    ]);
  }),
) as Record<AuditDecision, ActWords>;

export const auditActs: Readonly<Record<AuditAct, ActWords>> = { ...auditDeeds, ...decisions };
export const actsOfKind = (kind: AuditKind): AuditAct[] =>
  (Object.keys(auditActs) as AuditAct[]).filter((act) => auditActs[act].kind === kind);
export const isAuditAct = (act: string): act is AuditAct => Object.keys(auditActs).includes(act);

export const auditLimits = {
  /** 至少六个月 (网络安全法 21 条): the setting goes no lower. */
  fewestDays: 180,
  mostDays: 3650,
  keepDays: 365,
  /** 久未登录: days without a sign of life, unless set otherwise. */
  idleDays: 90,
  /** 任期将满: within so many days. */
  endingDays: 30,
  /** 一人多岗: as many posts as this, being a helper not counted. */
  manyPosts: 3,
} as const;
