/** 内容审核: what others see, who sees it and where (wechat.md §6, 13). The table by which screens and inspectors go. */
interface Seen {
  /** As the desk and its author call it. */
  name: string;
  seenBy: string;
  screen: string;
}

export const checkedThings = {
  'order.words': { name: '点单的话', seenBy: '并到这件事的其他群众、照看的人', screen: '单子详情' },
  'order.summary': { name: '可公开的概括', seenBy: '同村群众', screen: '看看村里、附近已有人反映' },
  'order.step': { name: '办理中说的话', seenBy: '点单的人和经办的人', screen: '单子详情' },
  'order.officeStep': { name: '办理中写的话', seenBy: '点单的人和经办的人', screen: '单子详情' },
  'order.photo': { name: '点单的照片', seenBy: '并到这件事的其他群众、照看的人', screen: '单子详情' },
  'order.evidence': { name: '办理的照片', seenBy: '点单的人和经办的人', screen: '单子详情' },
  'order.voice': { name: '点单的录音', seenBy: '并到这件事的其他群众、照看的人', screen: '单子详情' },
  'commitment.deed': { name: '承诺', seenBy: '全镇的人', screen: '承诺墙' },
  'commitment.step': { name: '践诺说明', seenBy: '全镇的人', screen: '承诺详情' },
  'commitment.answer': { name: '对承诺的答复', seenBy: '全镇的人', screen: '承诺详情' },
  'commitment.change': { name: '变更承诺的说明', seenBy: '全镇的人', screen: '承诺详情' },
  'commitment.opinion': { name: '公示期的意见', seenBy: '全镇的人', screen: '承诺详情' },
  'commitment.dispute': { name: '对承诺的异议', seenBy: '全镇的人', screen: '承诺详情' },
  'commitment.rating': { name: '评诺的话', seenBy: '全镇的人', screen: '承诺详情' },
  'commitment.photo': { name: '承诺的照片', seenBy: '全镇的人', screen: '承诺墙、承诺详情' },
  'activity.notice': { name: '活动', seenBy: '附近的群众和党员', screen: '活动' },
  'showcase.notice': { name: '擂台的名称和标准', seenBy: '全镇的人', screen: '打擂比武' },
  'sweep.notice': { name: '排查的名称和用途', seenBy: '上门的人和上过门的住户', screen: '入户排查' },
  'person.card': { name: '公开名片', seenBy: '全镇的人', screen: '党员的公开名片' },
} as const satisfies Readonly<Record<string, Seen>>;
export type CheckedName = keyof typeof checkedThings;

/** waiting: WeChat has not answered yet. unjudged: it could not, so a person looks. withdrawn: nobody else sees it any more. */
export const checkStates = {
  waiting: '等待检查',
  passed: '已通过',
  doubtful: '拿不准',
  risky: '可能违规',
  unjudged: '没有检查到',
  shown: '人工看过，可以显示',
  hidden: '人工看过，已屏蔽',
  withdrawn: '不再公开',
} as const;
export type CheckState = keyof typeof checkStates;

/** What WeChat found (wechat.md §6.1). */
const labels: Readonly<Record<number, string>> = {
  100: '正常',
  10001: '广告',
  20001: '时政',
  20002: '色情',
  20003: '辱骂',
  20006: '违法犯罪',
  20008: '欺诈',
  20012: '低俗',
  20013: '版权',
};
export const labelWords = (label: number): string => labels[label] ?? '其他';

/** Told to the writer, in general words. */
export const hideReasons = {
  insult: '骂人、伤人的话',
  privacy: '写了别人的隐私',
  untrue: '与事实不符、造谣',
  advertising: '广告、无关内容',
  unlawful: '违法违规内容',
  other: '不适合公开',
} as const;
export type HideReason = keyof typeof hideReasons;

export const complaintReasons = {
  insult: '骂人、欺负人',
  privacy: '泄露隐私',
  untrue: '不真实',
  advertising: '广告、骗人',
  unlawful: '违法违规',
  other: '其他',
} as const;
export type ComplaintReason = keyof typeof complaintReasons;

export const reviewLimits = {
  complaintWords: 200,
  /** 投诉 a person may make in a day (China time). */
  complaintsADay: 10,
  /** 抽查: of what has passed, so many of a hundred are looked at by a person, unless set otherwise. */
  samplePercent: 2,
  /** The people of so many houses who complain hide it until a person decides, unless set otherwise. */
  complaintsToHide: 3,
} as const;
