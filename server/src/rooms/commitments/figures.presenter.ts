import type { z } from 'zod';
import type { FigureRow } from '@sandan/shared/commitments/figures.schema';
import { commitmentLimits, figureLimits } from '@sandan/shared/commitments/commitment.words';
import type { Tally } from './figures.queries';

export type FigureReply = z.input<typeof FigureRow>;
type Named = Pick<FigureReply, 'kind' | 'id' | 'name' | 'roundId' | 'organizationId' | 'opens'>;

/** A share only of enough deeds, stars only of enough raters, who is short and what is in drafts only for whoever watches over them. */
export function presentFigures(named: Named, tally: Readonly<Tally>, watches: boolean): FigureReply {
  const { short, drafted, stars, raters, ...counts } = tally;
  return {
    ...named,
    ...counts,
    share: counts.promised >= figureLimits.base ? counts.done / counts.promised : null,
    drafted: watches ? drafted : null,
    underMinimum: watches ? short : null,
    raters,
    stars: raters >= commitmentLimits.ratersShown ? stars / raters : null,
  };
}

const byName = new Intl.Collator('zh', { numeric: true });

/** By share: the best first; what has too few deeds for a share stands after them, by name. */
export const inOrder = (rows: readonly FigureReply[], order: 'name' | 'share'): FigureReply[] =>
  [...rows].sort(
    (one, other) =>
      Number(other.kind === 'alone') - Number(one.kind === 'alone') ||
      (order === 'share' ? (other.share ?? -1) - (one.share ?? -1) : 0) ||
      byName.compare(one.name, other.name) ||
      (one.id < other.id ? -1 : 1),
  );
