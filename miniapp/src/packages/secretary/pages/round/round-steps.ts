import type { Round } from '../../../../features/commitments/commitment';

/** 承诺年度 as one tells it: the look at half time is a part of 践诺. */
export const yearSteps = ['筹备', '拟诺', '审诺', '践诺', '评诺', '结束'] as const;

const stepOf: Readonly<Record<Round['state'], number>> = {
  ...{ preparing: 1, drafting: 2, reviewing: 3, underWay: 4, midYear: 4, closing: 5, closed: 6 },
};
export const stepAt = ({ state }: Pick<Round, 'state'>): number => stepOf[state];

interface MoveWords {
  readonly label: string;
  /** What the press brings about, said before it. */
  readonly then: string;
  readonly done: string;
}

/** The steps of the year in their order; which of them may be taken is said by `allows` alone. */
export const moves = {
  startDrafting: {
    label: '开始拟诺',
    then: '在册的党组织和党员今天定为应诺名单，每名党员都会收到消息，知道要写几件。',
    done: '开始拟诺了',
  },
  startReview: {
    label: '开始审诺',
    then: '拟诺的时间到了。再写的要说明为什么补报；各级书记抓紧审。',
    done: '开始审诺了',
  },
  begin: { label: '开始践诺', then: '公示了的开始办，谁办的谁记进展。还不够数的仍可补报。', done: '开始践诺了' },
  startClosing: {
    label: '开始年终评诺',
    then: '应诺名单不能再改。办成的抓紧兑现、验收，有异议的公开答复。',
    done: '开始年终评诺了',
  },
  close: {
    label: '结束年度',
    then: '验收了的记“兑现”或“部分兑现”，没办成的记“未兑现”，批准结转的记“结转”，没公示的撤回。结束以后不能再改，只能两个人一起更正。',
    done: '这一年结束了',
  },
  lookBack: { label: '年中回头看', then: '请各支部对照承诺看一看办了多少，承诺本身不变。', done: '开始回头看了' },
  goOn: { label: '继续践诺', then: '回头看结束，接着办。', done: '接着践诺' },
} as const satisfies Record<string, MoveWords>;

export type RoundMove = keyof typeof moves;

/** What may be done next, the way forward first. */
export const movesOf = ({ allows }: Pick<Round, 'allows'>): RoundMove[] =>
  (Object.keys(moves) as RoundMove[]).filter((move) => allows.includes(move));
