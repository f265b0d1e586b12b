import type { ReplyFrom, SentTo } from '../../../lib/endpoints';

type Counts = ReplyFrom<'orders.counts'>;
type Query = Omit<NonNullable<SentTo<'orders.list'>['query']>, 'scope' | 'cursor' | 'limit'>;

interface DeskFilter {
  readonly words: string;
  readonly query: Query;
  readonly count?: keyof Counts;
  /** There even when nothing waits in it. */
  readonly always?: true;
  /** Why it is empty, and what that means. */
  readonly empty: readonly [title: string, words?: string];
}

/** What a desk looks at, in the order of the work. */
export const deskFilters = {
  toStudy: {
    words: '待研判',
    query: { status: 'placed' },
    count: 'toStudy',
    always: true,
    empty: ['没有等着研判的单子', '新来的单子会在这里出现，也会发消息。'],
  },
  toDispatch: {
    words: '待派单',
    query: { status: 'accepted' },
    count: 'toDispatch',
    always: true,
    empty: ['没有等着派的单子'],
  },
  overdue: {
    words: '超时',
    query: { overdue: 'true' },
    count: 'overdue',
    always: true,
    empty: ['没有超时的单子', '都在时限里，很好。'],
  },
  toVerify: {
    words: '待核实',
    query: { status: 'checking' },
    count: 'toVerify',
    empty: ['没有等着核实的单子'],
  },
  toCallBack: {
    words: '待回访',
    query: { status: 'reported', toCallBack: 'true' },
    count: 'toCallBack',
    empty: ['没有等着回访的单子', '五天没答复的、没有账号的，会在这里出现。'],
  },
  inReview: {
    words: '提级核查',
    query: { status: 'inReview' },
    count: 'inReview',
    empty: ['没有提级核查的单子'],
  },
  all: {
    words: '全部',
    query: {},
    always: true,
    empty: ['这里没有单子', '您管的地方眼下没有这样的单子。'],
  },
} as const satisfies Record<string, DeskFilter>;

export type DeskFilterName = keyof typeof deskFilters;

/** 全部, by where they stand. */
export const deskStages = {
  running: { words: '在办的', query: {} },
  done: { words: '办结的', query: { stage: 'done' } },
  stopped: { words: '停下的', query: { stage: 'stopped' } },
} as const satisfies Record<string, { words: string; query: Query }>;

export type DeskStage = keyof typeof deskStages;

/** The filters to show: the constant ones, whatever has something waiting, and the one in use. */
export function shownFilters(counts: Counts | undefined, chosen: DeskFilterName) {
  const names = Object.keys(deskFilters) as DeskFilterName[];
  return names.flatMap((name) => {
    const filter: DeskFilter = deskFilters[name];
    const count = filter.count && counts?.[filter.count];
    const shown = filter.always || name === chosen || (count ?? 0) > 0;
    return shown ? [{ value: name, words: filter.words, count }] : [];
  });
}
