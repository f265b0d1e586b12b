import type { Reading } from '../../foundation/database/connect';
import type { GridTier } from '../../foundation/reference/tree';

/** What an order counts as: the bits of `service_order.figure_marks`, lowest first, as its migration defines them. */
const marks = [
  'completed',
  'inTime',
  'answered',
  'solved',
  'content',
  'running',
  'unanswered',
  'onTheSpot',
  'selfHandled',
  'planned',
  'beyondPower',
  'reopened',
  'declined',
  'merged',
  'converted',
  'withdrawn',
  'confidential',
] as const;
type Mark = (typeof marks)[number];

/** Stopped orders stand beside the figures, by the day they were placed; some of them were accepted before that. */
const stopped: readonly Mark[] = ['declined', 'merged', 'converted', 'withdrawn'];
/** What the rates of domain.md §9 are taken of does not hold these. */
const outside: readonly Mark[] = ['merged', 'converted', 'withdrawn'];

export type Figure = 'accepted' | Exclude<Mark, 'confidential'>;
export const figureNames = ['accepted', ...marks.filter((mark) => mark !== 'confidential')] as const;

/** How many, and how many of these are confidential. */
export interface Count {
  all: number;
  confidential: number;
}

/** Orders with the same marks: how many were accepted in the period, and how many placed. */
interface Alike {
  marks: number;
  accepted: number;
  placed: number;
}

/**
 * Counts the orders of a place (where it is, not whose desk has it) in a period; `to` is exclusive. One pass over a
 * narrow index: an order lies in a town (order-places.ts), so a county is counted by its towns.
 */
export async function countOrders(
  reading: Reading,
  place: { tier: GridTier; gridId: string },
  { from, to }: { from: Date; to: Date },
): Promise<Record<Figure, Count>> {
  const here =
    place.tier === 'county'
      ? "o.town_id IN (SELECT g.id FROM grid g WHERE g.county_id = ? AND g.tier = 'town')"
      : `o.${place.tier}_id = ?`;
  const within = (at: string) => `COUNT(CASE WHEN o.${at} >= ? AND o.${at} < ? THEN 1 END)`;
  const part = (where: string, sign = '') =>
    `SELECT o.figure_marks AS marks, ${sign}${within('accepted_at')} AS accepted, ${sign}${within('placed_at')} AS placed
     FROM service_order o WHERE ${where} GROUP BY o.figure_marks`;
  // What lies here now, less what has moved in since it was placed, and what was placed here and has moved on
  // (按下单当天的网格统计, domain.md §7). The few that moved have an index of their own; the many keep the narrow one.
  const moved = [`o.placed_town_id IS NOT NULL AND ${here}`, `o.placed_${place.tier}_id = ?`];
  const parts = place.tier === 'county' ? [part(here)] : [part(here), part(moved[0] ?? '', '-'), part(moved[1] ?? '')];
  const rows = await reading.query<Record<keyof Alike, string>>(
    parts.join(' UNION ALL '),
    parts.flatMap(() => [from, to, from, to, place.gridId]),
  );
  const alike = rows.map((row) => ({
    marks: Number(row.marks),
    accepted: Number(row.accepted),
    placed: Number(row.placed),
  }));
  return Object.fromEntries(figureNames.map((name) => [name, countOf(name, alike)])) as Record<Figure, Count>;
}

const isMarked = ({ marks: bits }: Alike, mark: Mark): boolean => (bits & (1 << marks.indexOf(mark))) !== 0;

function countOf(figure: Figure, rows: readonly Alike[]): Count {
  const beside = stopped.some((each) => each === figure);
  const counted = rows.filter(
    (row) =>
      (figure === 'accepted' || isMarked(row, figure)) && (beside || !outside.some((mark) => isMarked(row, mark))),
  );
  const sumOf = (some: readonly Alike[]): number =>
    some.reduce((sum, { accepted, placed }) => sum + (beside ? placed : accepted), 0);
  return { all: sumOf(counted), confidential: sumOf(counted.filter((row) => isMarked(row, 'confidential'))) };
}
