/** Rights of the person (个人信息权益): the words of the room, for both sides. */
export interface NoticeSection {
  readonly title: string;
  readonly words: string;
}

/**
 * What is asked for, each by itself (个人信息保护法 14, 16, 23, 25, 29 条). Only `basic` stands before a service, and even
 * without it one reads what is public and calls for help in an emergency.
 */
export const consentPurposes = {
  basic: {
    name: '点单办事',
    words: '用您的姓名、电话、住址和您说的话，把您点的事办好、答复您。',
    without: '不同意也可以看公开的内容、报紧急的事；点一般的单子、提意见、评星要先同意。',
    sensitive: false,
  },
  sensitive: {
    name: '记下家里的特殊情况',
    words: '记下健康、孩子、生活困难等情况（敏感个人信息），只给联系您家的党员和网格员看，好上门帮忙。',
    without: '不同意就不记；凭您同意记下的，马上停用。法律规定要登记的不受影响。',
    sensitive: true,
  },
  shownName: {
    name: '意见旁边写上我的姓',
    words: '您给承诺提的意见、异议，全村都看得到。同意后旁边写“王*英”这样遮住的姓名。',
    without: '不同意就写“一位群众”；以前说过的也一起改成“一位群众”。',
    sensitive: false,
  },
  publishedPhone: {
    name: '公开我的电话',
    words: '您有接单等职责时，让联系的住户直接看到您的电话。',
    without: '不同意就不显示您的电话，住户改打值班电话。',
    sensitive: false,
  },
} as const;
export type ConsentPurpose = keyof typeof consentPurposes;

/** What can be put right on request. Values are words; the desk sees them, nobody else. */
export const correctionFields = {
  name: '姓名',
  phone: '手机号',
  bornOn: '出生日期',
  relation: '与户主关系',
  residence: '居住情况',
  door: '门牌',
} as const;
export type CorrectionField = keyof typeof correctionFields;

export const correctionStates = { asked: '等村里核对', applied: '已改好', refused: '没有改' } as const;

export const closingReasons = {
  own: '本人注销',
  death: '本人去世',
  written: '本人书面申请',
  guardian: '监护人替未成年人申请',
  wechat: '本人注销了微信账号',
} as const;
export type ClosingReason = keyof typeof closingReasons;

/** Acts by which a list leaves the house: they count together. */
export const listExportActs = [
  'exportPaper',
  'exportAudit',
  'exportSweep',
  'exportToday',
  'exportRosterErrors',
  'exportDoorPlates',
  'exportActivity',
] as const;
export type ListExportAct = (typeof listExportActs)[number];

/** What stands against closing an account, in words that say what to do. */
export const closingBlocks = {
  tasksInHand: '手里还有接了没办完的单子，请先办完或退单',
  ownOrders: '自己点的单子还没办完，可以先撤回',
  posts: '还担任着职务或接单资格，请先请上级结束任职',
  commitments: '还有自己负责的承诺没有兑现，请先和书记商量移交',
} as const;
export type ClosingBlock = keyof typeof closingBlocks;

/** The same, for the administrator who closes it for somebody else. */
export const closingBlocksOfAnother: Record<ClosingBlock, string> = {
  tasksInHand: '手里还有接了没办完的单子，请先办完或转给别人',
  ownOrders: '点的单子还没办完，请等办完了再来',
  posts: '还担任着职务或接单资格，请先免去',
  commitments: '还有负责的承诺没有兑现，请先和书记商量移交',
};

/** Shown before anybody closes an account. */
export const whatGoes = [
  '姓名、手机号、身份证号、出生日期、住址、所在户，技能和家里的特殊情况',
  '微信账号和所有登录',
  '收到的消息、录的话、点单时拍的照片',
  '单子里留的联系人、电话、详细地址，别人文字里写到的您的姓名和号码',
] as const;
export const whatStays = [
  '单子办了什么、什么时候办的、评了几星（看不出是谁的）',
  '任职和办事的记录，名字改成“已注销用户”',
  '谁看过、改过信息的日志（只有编号，没有姓名和电话）',
] as const;

export const erasedName = '已注销用户';
