/** Default data of domain.md §12, as plain constants both sides import: code → what a person reads. */
export const urgencies = { emergency: '特急', urgent: '急', normal: '一般', planned: '可排期' } as const;
export type Urgency = keyof typeof urgencies;

export const visibilities = { open: '可公开', normal: '有关的人可见', confidential: '保密' } as const;
export type Visibility = keyof typeof visibilities;

export const orderSources = {
  resident: '本人点单',
  family: '家人代点',
  proxy: '代点',
  hub: '中心户代点',
  visit: '走访',
  patrol: '巡查',
  sweep: '排查',
  whistle: '吹哨',
  plan: '计划',
  hotline: '12345',
  commitment: '承诺',
} as const;
export type OrderSource = keyof typeof orderSources;

/** §12.7. Only the first counts as solved before the resident speaks. */
export const outcomes = {
  solved: '已解决',
  partlySolved: '部分解决',
  explained: '已解释说明',
  planned: '已列入计划',
  beyondPower: '已转报上级或外单位',
  selfSolved: '已自行解决',
  notFound: '现场未发现',
} as const;
export type Outcome = keyof typeof outcomes;

/** §12.2: reason → [name, ready sentence with where to go]. */
export const declineReasons = {
  outsideScope: ['不属本级职责', '这件事不归村里管，请向主管部门反映，我们可以帮您联系。'],
  emergencyLine: ['紧急事项请打专线', '紧急情况请立即拨打 110、119 或 120。'],
  courtOrPetition: ['已进入诉讼、仲裁、信访程序', '这件事正在诉讼、仲裁或信访程序中，请等待那边的结果。'],
  disciplineMatter: ['纪检监察事项', '这类问题请拨打纪检监察举报电话 12388。'],
  alreadyAnswered: ['同一事项已办结且无新情况', '这件事之前已经办结，如有新情况请再告诉我们。'],
  privateContract: ['民间合同、消费纠纷', '可以申请调解，或拨打 12315 消费维权电话。'],
  noAnswer: ['补充无回应', '我们问的情况没有等到回复，方便时请再点单。'],
  unlawful: ['要求不合法', '这个要求不符合法律规定，不能办理。'],
  notFound: ['核实不存在', '我们到现场看过，没有发现所说的情况。'],
  testOrMistake: ['误点、测试', '这一单像是点错了，已经关闭。'],
  abuse: ['辱骂、骚扰', '内容不文明，不予受理。'],
} as const;
export type DeclineReason = keyof typeof declineReasons;

/** §12.3 */
export const giveBackReasons = {
  timeConflict: '临时有事',
  noSkill: '不会这个',
  tooFar: '太远',
  unwell: '身体不适',
  relative: '是亲戚或当事人，需回避',
  unsafe: '现场不安全',
  needMorePeople: '要更多人手',
  needTools: '缺工具材料',
  wrongPlace: '地点不对',
  cannotReach: '联系不上',
  residentRefused: '对方不需要',
  beyondPower: '超出权限',
  /** Only as the answer of somebody who was asked (换届): no blot on him. */
  handover: '换届交接',
} as const;
export type GiveBackReason = keyof typeof giveBackReasons;

/** 换届: so many working days to say of a task in hand whether one goes on with it, then the desk is told. */
export const answerDays = 3;

/** §12.4 */
export const suspendReasons = {
  waitMaterials: '等材料',
  waitWeather: '等天气',
  waitSeason: '等农时季节',
  waitFunds: '等资金',
  waitOtherUnit: '等外单位答复',
  waitDecision: '等村民会议决议',
  waitResident: '等当事人方便',
  waitInspection: '等鉴定',
  disaster: '灾情期间',
} as const;
export type SuspendReason = keyof typeof suspendReasons;

/** §12.5 */
export const faultKinds = {
  missingEvidence: '证据不足',
  notSolved: '未办好',
  falseReport: '虚假办结',
  lateNoReason: '超时无说明',
  noContact: '未联系群众',
  badAttitude: '态度问题',
  wrongDecline: '不当拒收',
  privacyBreach: '泄露隐私',
  reusedPhoto: '照片重复使用',
} as const;
export type FaultKind = keyof typeof faultKinds;

/** §12.9: a reason instead of a photo is always allowed and is seen by the desk. */
export const noPhotoReasons = {
  insideHome: '在家里',
  child: '涉及孩子',
  patient: '涉及病人',
  papers: '有证件号码',
  dispute: '涉及纠纷',
  refused: '当事人不愿意',
  danger: '现场危险',
  nothingVisible: '没有可拍的',
} as const;
export type NoPhotoReason = keyof typeof noPhotoReasons;

/** Where else an order may go. The other rooms' own records come with those rooms. */
export const channels = {
  petition: '信访',
  mediation: '人民调解',
  serviceCase: '办事服务',
  topic: '村民议事',
  decision: '四议两公开',
  discipline: '纪检监察',
} as const;
export type Channel = keyof typeof channels;

export const taskModes = { open: '抢单', assigned: '派单', team: '组队', external: '转外单位' } as const;
export type TaskMode = keyof typeof taskModes;

export const contactMethods = { phone: '打电话', visit: '上门', notReached: '没联系上' } as const;
export type ContactMethod = keyof typeof contactMethods;

/** §12.6 */
export const skills = {
  electric: '电工',
  plumbing: '水暖',
  masonry: '泥瓦',
  carpentry: '木工',
  welding: '焊工',
  repair: '家电维修',
  driving: '驾驶',
  farmTech: '农技',
  farmMachine: '农机',
  firstAid: '急救',
  nursing: '护理',
  hairdressing: '理发',
  mediation: '调解',
  law: '法律',
  accounting: '财会',
  teaching: '辅导',
  phoneHelp: '手机教学',
  photo: '摄影',
  dialect: '方言翻译',
  swimming: '水性',
  broadcasting: '直播电商',
  cooking: '厨艺',
} as const;
export type Skill = keyof typeof skills;

/** Limits a form needs too. Text lengths count characters. */
export const orderLimits = {
  words: 500,
  title: 40,
  publicSummary: 200,
  address: 80,
  photos: 9,
  openOrders: 5,
  reopens: 2,
  moves: 3,
  claimedTasks: 5,
  seats: 50,
} as const;
