import { visitLimits } from '@sandan/shared/households/visit.words';
import type { Reading } from '../../foundation/database/connect';
import { linkNow } from './links.queries';

const longAway = visitLimits.awayDays * 24 * 60 * 60;

/** 外出 30 天以上 (domain.md §6), from the first day to the last: two placeholders, both now. */
const isLongAway = (alias: string): string =>
  `(${alias}.away_until > ? AND TIMESTAMPDIFF(SECOND, COALESCE(${alias}.away_since, ?), ${alias}.away_until) > ${longAway})`;

/** The same of a row that was read. */
export const awayForLong = (
  { awaySince, awayUntil }: { awaySince: Date | null; awayUntil: Date | null },
  now: Date,
): boolean =>
  awayUntil !== null && awayUntil > now && awayUntil.getTime() - (awaySince ?? now).getTime() > longAway * 1000;

/**
 * 要有人代联系: households that had a member and now find nobody: he is away for long without a stand-in who is there, his
 * account is closed, or the link has ended without another. `h` the household, `l` its link, `m` the member, `s` the stand-in.
 */
const uncovered = `(
  (l.id IS NULL AND EXISTS (SELECT 1 FROM household_link w WHERE w.household_id = h.id))
  OR m.disabled_at IS NOT NULL
  OR (${isLongAway('m')} AND (s.id IS NULL OR s.disabled_at IS NOT NULL OR s.away_until > ?)))`;
const joined = `household h LEFT JOIN household_link l ON l.household_id = h.id AND ${linkNow()}
  LEFT JOIN person m ON m.id = l.member_id LEFT JOIN person s ON s.id = l.stand_in_id`;

/** Grids of a large town: in more than these the search begins at the members who are not there. */
const aTown = 150;

/**
 * Of whoever is away or closed out, and of links that have ended without another: in a county a few thousand rows of three
 * indexes, where the households themselves are a hundred thousand. Eight placeholders, all now.
 */
const perhapsUncovered = `(
  SELECT l.household_id AS id FROM person m JOIN household_link l ON l.member_id = m.id AND ${linkNow()}
    WHERE m.away_until > ?
  UNION SELECT l.household_id FROM person m JOIN household_link l ON l.member_id = m.id AND ${linkNow()}
    WHERE m.disabled_at IS NOT NULL
  UNION SELECT w.household_id FROM household_link w WHERE w.ends_at <= ?
    AND NOT EXISTS (SELECT 1 FROM household_link l WHERE l.household_id = w.household_id AND ${linkNow()}))`;

/** In these grids, counted to 99. */
export async function countUncovered(reading: Reading, gridIds: readonly string[], now: Date): Promise<number> {
  if (gridIds.length === 0) return 0;
  const begin = gridIds.length > aTown ? `JOIN ${perhapsUncovered} c ON c.id = h.id` : '';
  const [row] = await reading.query<{ count: number }>(
    `SELECT COUNT(*) AS count FROM (SELECT 1 FROM ${joined} ${begin}
       WHERE h.grid_id IN (?) AND h.closed_at IS NULL AND ${uncovered} LIMIT 99) some`,
    [now, now, ...(begin === '' ? [] : Array<Date>(8).fill(now)), gridIds, now, now, now],
  );
  return Number(row?.count ?? 0);
}

/** Of those to whom these people are linked, or were last, by small grid. */
export async function uncoveredOf(
  reading: Reading,
  personIds: readonly string[],
  now: Date,
): Promise<{ gridId: string; households: number }[]> {
  if (personIds.length === 0) return [];
  const rows = await reading.query<{ gridId: string; households: number }>(
    `SELECT h.grid_id AS gridId, COUNT(*) AS households FROM ${joined}
     WHERE h.id IN (SELECT x.household_id FROM household_link x WHERE x.member_id IN (?)) AND h.closed_at IS NULL
       AND COALESCE(l.member_id, (SELECT w.member_id FROM household_link w WHERE w.household_id = h.id
         ORDER BY w.ends_at DESC, w.id DESC LIMIT 1)) IN (?) AND ${uncovered}
     GROUP BY h.grid_id ORDER BY h.grid_id`,
    [now, now, personIds, personIds, now, now, now],
  );
  return rows.map((row) => ({ ...row, households: Number(row.households) }));
}
