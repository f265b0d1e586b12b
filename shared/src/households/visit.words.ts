/** 走访结果: how a visit went. */
export const visitResults = {
  met: { name: '见到人了', visited: true },
  phone: { name: '打电话问候', visited: true },
  notHome: { name: '没人在家', visited: false },
  declined: { name: '不方便接待', visited: false },
} as const;
export type VisitResult = keyof typeof visitResults;

/** 家里有什么需要: what a visit may find; each may become an order. */
export const visitNeeds = {
  repair: '房屋水电要修',
  medical: '看病买药',
  care: '要人照看',
  documents: '代办证件手续',
  income: '就业和收入',
  farming: '种养和农资',
  dispute: '邻里矛盾',
  safety: '安全隐患',
} as const;
export type VisitNeed = keyof typeof visitNeeds;

/** 联户的来由: why a link began or ended. */
export const linkReasons = {
  roster: '花名册',
  proposed: '统一安排',
  moved: '书记调整',
  asked: '群众要求更换',
  memberLeft: '党员不再联户',
  handover: '换届交接',
  closed: '这一户销户',
} as const;
export type LinkReason = keyof typeof linkReasons;

export const visitLimits = {
  words: 500,
  metWords: 40,
  photos: 9,
  /** An author mends his record this long. */
  editHours: 24,
  /** A record made without a network is sent when there is one; older ones belong on paper. */
  daysBack: 60,
  /** 两次没人在家以后可以打电话。 */
  triesBeforePhone: 2,
  /** Absences longer than this want a stand-in (domain.md §6). */
  awayDays: 30,
  /** Adjustments to one proposal. */
  moves: 300,
} as const;
