import type { ReplyFrom } from '../../../../lib/endpoints';

type Year = ReplyFrom<'cards.member'>['years'][number];

/** 2026 年承诺 4 件，办成 2 件; of a year that is over: 2025 年承诺 4 件，兑现 4 件。 */
export const recordWords = ({ year, isOver, promised, delivered, kept }: Omit<Year, 'roundId'>): string =>
  isOver
    ? `${year} 年承诺 ${promised} 件，兑现 ${kept} 件`
    : `${year} 年承诺 ${promised} 件，${delivered === 0 ? '正在办' : `已办成 ${delivered} 件`}`;
