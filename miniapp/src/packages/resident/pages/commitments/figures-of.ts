import type { Counts } from '../../../../features/commitments/commitment';
import { shareWords } from '../../../../features/commitments/figure-words';

interface Figure {
  readonly words: string;
  readonly count: number;
}

/** A year under way by where its deeds stand; a closed one by how they ended. */
export const figuresOf = ({ published, delivered, accepted, ...counts }: Counts, isOver: boolean): Figure[] =>
  isOver
    ? [
        { words: '兑现', count: counts.kept },
        { words: '部分兑现', count: counts.partlyKept },
        { words: '没兑现', count: counts.notKept },
      ]
    : [
        { words: '正在办', count: published },
        { words: '等验收', count: delivered },
        { words: '验收了', count: accepted },
      ];

/** What is not as it should be, where something is: 有异议 1，超时 12，终止 9。 */
export function besideWords({ disputed, overdue, abandoned, carriedOver }: Counts): string | null {
  const parts = [
    { words: '有异议', count: disputed },
    { words: '超时', count: overdue },
    { words: '终止', count: abandoned },
    { words: '结转', count: carriedOver },
  ].filter(({ count }) => count > 0);
  return parts.length === 0 ? null : `${parts.map(({ words, count }) => `${words} ${count}`).join('，')}。`;
}

/** 兑现率 98.4%; 大家评了 320 次，平均 4.7 分. While the year runs a share would tell of those that were given up alone. */
export function sharesOf({ keptShare, stars, raters }: Counts, isOver: boolean): string[] {
  return [
    keptShare === null || !isOver ? null : `兑现率 ${shareWords(keptShare)}，没办成的和结转的都算在内。`,
    stars === null ? null : `大家评了 ${raters} 次，平均 ${stars.toFixed(1)} 分。`,
  ].filter((words) => words !== null);
}
