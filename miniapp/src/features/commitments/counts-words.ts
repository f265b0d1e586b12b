import type { ReplyFrom } from '../../lib/endpoints';

type Counts = ReplyFrom<'commitments.counts'>;

const queueWords: readonly (readonly [key: keyof NonNullable<Counts['review']>, words: string])[] = [
  ['submitted', '待审'],
  ['approved', '待公示'],
  ['delivered', '待验收'],
  ['published', '有变更或意见'],
  ['disputed', '有异议'],
];

/** 3 件待审，1 件有异议; null where nothing waits. */
export function reviewWords(review: Counts['review']): string | null {
  if (!review) return null;
  const parts = queueWords.filter(([key]) => review[key] > 0).map(([key, words]) => `${review[key]} 件${words}`);
  return parts.length === 0 ? null : parts.join('，');
}

/** 还差 2 件没写，1 件快到期; null where nothing is to be done. */
export function mineWords(mine: Counts['mine']): string | null {
  if (!mine) return null;
  const parts = [
    mine.toWrite > 0 ? `还差 ${mine.toWrite} 件没写` : null,
    mine.overdue > 0 ? `${mine.overdue} 件超时` : null,
    mine.dueSoon > 0 ? `${mine.dueSoon} 件快到期` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('，');
}
