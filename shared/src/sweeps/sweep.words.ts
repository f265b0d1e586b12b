export const sweepKinds = { check: '入户排查', rollCall: '转移安置点名' } as const;
export type SweepKind = keyof typeof sweepKinds;

/** How a household stands: 已见面, 不在家, 不配合, 查无此户. */
export const targetStates = {
  todo: '还没去',
  met: '见到了',
  notHome: '不在家',
  refused: '不配合',
  notFound: '查无此户',
} as const;
export type TargetState = keyof typeof targetStates;
/** What a visit may come to. */
export type VisitResult = Exclude<TargetState, 'todo'>;

/** How one person stands in a roll-call: 已转移, 投亲靠友, 不愿转移, 没找到, 已回家 (回迁). */
export const personStandings = {
  moved: '已转移',
  relatives: '投亲靠友',
  refused: '不愿转移',
  notFound: '没找到',
  returned: '已回家',
} as const;
export type PersonStanding = keyof typeof personStandings;

/** What a household of several persons comes to: somebody was met, somebody said no, or nobody was found. */
export function householdResult(standings: readonly PersonStanding[]): VisitResult {
  if (standings.some((standing) => standing === 'moved' || standing === 'relatives' || standing === 'returned'))
    return 'met';
  return standings.includes('refused') ? 'refused' : 'notFound';
}

/** Whose move cannot wait and who cannot move alone: they stand first on the list of who is not yet moved. */
export const needFirst = ['bedridden', 'livesAlone', 'over80'] as const;

export const selections = { all: '这个网格的所有住户', flags: '有这些特殊情况的住户', list: '按户号名单' } as const;
export type SelectionKind = keyof typeof selections;

export const sweepLimits = {
  title: 40,
  purpose: 200,
  orderedBy: 40,
  questions: 12,
  options: 8,
  ask: 40,
  answer: 200,
  words: 200,
  photos: 3,
  places: 30,
  /** Households of one sweep: a town has some thousands, a county sets one for each of its towns. */
  households: 20_000,
  /** 户号 in one pasted list: a request holds 64 kB. */
  listed: 2_000,
  /** What one holder carries on the phone. */
  round: 300,
  assign: 500,
} as const;
