import type { Reading } from '../../foundation/database/connect';
import type { GridTier } from '../../foundation/reference/tree';

/** Each figure as the condition of an order that counts. `accepted` and the rates of domain.md §9 first. */
const base = `accepted_at >= :from AND accepted_at < :to AND state NOT IN ('merged', 'converted', 'withdrawn')`;
const placed = 'placed_at >= :from AND placed_at < :to';
const answered = `${base} AND answered_solved IS NOT NULL`;

const conditions = {
  accepted: base,
  completed: `${base} AND state IN ('confirmed', 'unanswered', 'archived')`,
  inTime: `${base} AND contact_in_time = 1 AND COALESCE(answered_contacted, 1) = 1`,
  answered,
  solved: `${answered} AND answered_solved = 1`,
  content: `${answered} AND answered_stars >= 4`,
  running: `${base} AND stage IN ('open', 'working')`,
  unanswered: `${base} AND closed_how = 'silent'`,
  onTheSpot: `${base} AND on_the_spot = 1`,
  selfHandled: `${base} AND self_handled = 1`,
  planned: `${base} AND outcome = 'planned'`,
  beyondPower: `${base} AND outcome = 'beyondPower'`,
  reopened: `${base} AND reopens > 0`,
  declined: `${placed} AND state = 'declined'`,
  merged: `${placed} AND state = 'merged'`,
  converted: `${placed} AND state = 'converted'`,
  withdrawn: `${placed} AND state = 'withdrawn'`,
} as const;

export type Figure = keyof typeof conditions;
export const figureNames = Object.keys(conditions) as Figure[];

/** How many, and how many of these are confidential. */
export interface Count {
  all: number;
  confidential: number;
}

/**
 * Counts the orders of a place (where it is, not whose desk has it) in a period; `to` is exclusive. One pass over the
 * orders placed there before `to`.
 */
export async function countOrders(
  reading: Reading,
  place: { tier: GridTier; gridId: string },
  { from, to }: { from: Date; to: Date },
): Promise<Record<Figure, Count>> {
  const columns = figureNames.flatMap((name) => [
    `COUNT(CASE WHEN ${conditions[name]} THEN 1 END) AS ${name}`,
    `COUNT(CASE WHEN visibility = 'confidential' AND ${conditions[name]} THEN 1 END) AS ${name}_confidential`,
  ]);
  const sql = `SELECT ${columns.join(', ')} FROM service_order WHERE ${place.tier}_id = :gridId AND placed_at < :to`;
  const { text, values } = positional(sql, { from, to, gridId: place.gridId });
  const [row = {}] = await reading.query<Record<string, string>>(text, values);
  const countOf = (name: Figure): Count => ({
    all: Number(row[name]),
    confidential: Number(row[`${name}_confidential`]),
  });
  return Object.fromEntries(figureNames.map((name) => [name, countOf(name)])) as Record<Figure, Count>;
}

/** `:from` → `?`, as often as it stands there. */
function positional<T>(sql: string, named: Readonly<Record<string, T>>): { text: string; values: T[] } {
  const values: T[] = [];
  const text = sql.replace(/:(\w+)/g, (_, name: string) => {
    values.push(named[name] as T);
    return '?';
  });
  return { text, values };
}
