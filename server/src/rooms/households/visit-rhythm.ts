import type { Db, Reading } from '../../foundation/database/connect';
import { endOfMonth } from './due-dates';
import { visitSettingsOf } from './visit-settings';
import { visitStanding } from './visits.queries';

interface Renewing {
  householdId: string;
  townId: string | null;
  /** When the visit was that is written down, or mended. */
  at: Date;
}

/** How the household's visits stand is counted anew from the records, so that a mended one counts as it now reads. */
export async function renewLinks(db: Db, { householdId, townId, at }: Renewing): Promise<void> {
  const { last, tries, triedAt } = await visitStanding(db, householdId);
  const months = (await monthsBetweenVisits(db, townId, [householdId]))(householdId);
  const dueOn = last ? endOfMonth(last.at, months) : null;
  // A link that began after the last visit keeps its own first date; a mended record that leaves no visit is due this
  // month. Assignments run from left to right, so the date is set while the old visit still stands there.
  await db.write(
    `UPDATE household_link SET
       next_due_on = IF(? IS NULL, IF(last_visit_at IS NULL, next_due_on, ?), IF(? >= starts_at, ?, next_due_on)),
       last_visit_at = ?, last_visit_result = ?, last_tried_at = ?, tries = ?
     WHERE household_id = ? AND ends_at IS NULL`,
    [
      ...[dueOn, endOfMonth(at), last?.at ?? null, dueOn],
      ...[last?.at ?? null, last?.result ?? null, triedAt, tries, householdId],
    ],
  );
}

/** 每几个月一次; households with one of the town's close flags every month. */
async function monthsBetweenVisits(
  db: Reading,
  townId: string | null,
  householdIds: readonly string[],
): Promise<(householdId: string) => number> {
  const { everyMonths, closeFlags } = await visitSettingsOf(db, townId);
  if (everyMonths === 1 || closeFlags.length === 0) return () => everyMonths;
  const indexes = closeFlags.flatMap((flag) => db.vault.indexes('householdFlag.flag', flag));
  const close = await db.query<{ id: string }>(
    `SELECT DISTINCT household_id AS id FROM household_flag
     WHERE household_id IN (?) AND ended_at IS NULL AND flag_index IN (?)`,
    [householdIds, indexes],
  );
  const ids = new Set(close.map(({ id }) => id));
  return (householdId) => (ids.has(householdId) ? 1 : everyMonths);
}

const batch = 500;

/**
 * 特殊情况 came or went: from this moment the household is visited as often as the town's setting says. Nobody becomes
 * late by it: what moves into the past is due by the end of this month.
 */
export async function followFlags(db: Db, householdIds: readonly string[], now: Date): Promise<void> {
  const ids = [...new Set(householdIds)].sort();
  for (let from = 0; from < ids.length; from += batch) await followIn(db, ids.slice(from, from + batch), now);
}

async function followIn(db: Db, householdIds: readonly string[], now: Date): Promise<void> {
  const homes = await db.query<{ id: string; townId: string | null }>(
    'SELECT h.id, g.town_id AS townId FROM household h JOIN grid g ON g.id = h.grid_id WHERE h.id IN (?)',
    [householdIds],
  );
  for (const townId of new Set(homes.map((home) => home.townId))) {
    const ids = homes.filter((home) => home.townId === townId).map(({ id }) => id);
    const { everyMonths } = await visitSettingsOf(db, townId);
    if (everyMonths > 1) await followInTown(db, townId, ids, now);
  }
}

async function followInTown(db: Db, townId: string | null, ids: readonly string[], now: Date): Promise<void> {
  const months = await monthsBetweenVisits(db, townId, ids);
  // Not visited by the one who is linked now: his first visit has its own date.
  const links = await db.query<{ id: string; householdId: string; lastVisitAt: Date; dueOn: string }>(
    `SELECT id, household_id AS householdId, last_visit_at AS lastVisitAt, CAST(due_on AS CHAR) AS dueOn
     FROM household_link WHERE household_id IN (?) AND ends_at IS NULL AND last_visit_at >= starts_at
     ORDER BY id FOR UPDATE`,
    [ids],
  );
  const moved = new Map<string, string[]>();
  for (const { id, householdId, lastVisitAt, dueOn } of links) {
    const wanted = dueAfter(endOfMonth(lastVisitAt, months(householdId)), dueOn, now);
    if (wanted !== dueOn) moved.set(wanted, [...(moved.get(wanted) ?? []), id]);
  }
  for (const [dueOn, linkIds] of moved)
    await db.write('UPDATE household_link SET next_due_on = ? WHERE id IN (?)', [dueOn, linkIds]);
}

/** Sooner than it was, but not before this month ends; later as it is. Days as 'YYYY-MM-DD' sort as text. */
function dueAfter(wanted: string, present: string, now: Date): string {
  if (wanted >= present) return wanted;
  const [soonest = wanted] = [wanted, endOfMonth(now)].sort().reverse();
  return soonest < present ? soonest : present;
}
