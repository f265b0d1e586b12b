import type { Reading, SqlValue } from '../../foundation/database/connect';
import { linkNow, presentMember } from './links.queries';

/** Circumstances of a town whose check fell due on one of these days ('YYYY-MM-DD'); `from` null: ever before. */
export interface CheckWindow {
  townId: string;
  from: string | null;
  before: string;
}

const flagged = `household_flag f JOIN household h ON h.id = f.household_id AND h.closed_at IS NULL
  JOIN grid g ON g.id = h.grid_id`;
const due = "g.town_id = ? AND f.ended_at IS NULL AND f.checked_until < ? AND f.checked_until >= COALESCE(?, '')";
const valuesOf = ({ townId, before, from }: CheckWindow): SqlValue[] => [townId, before, from];

export async function anyCheckDue(reading: Reading, window: CheckWindow): Promise<boolean> {
  const rows = await reading.query(`SELECT 1 FROM ${flagged} WHERE ${due} LIMIT 1`, valuesOf(window));
  return rows.length > 0;
}

export interface Checker {
  personId: string;
  households: number;
  /** The linked member, or who serves the group; nobody else sees what is noted of a house (domain.md §12.8). */
  isLinked: boolean;
}

/** Whose it is to look again, with how many households; whoever is both is told as the linked member. */
export async function checkersOf(reading: Reading, window: CheckWindow, now: Date): Promise<Checker[]> {
  const [linked, serving] = await Promise.all([
    reading.query<{ personId: string; households: number }>(
      `SELECT ${presentMember} AS personId, COUNT(DISTINCT h.id) AS households
       FROM ${flagged} JOIN household_link l ON l.household_id = h.id AND ${linkNow()} JOIN person m ON m.id = l.member_id
       WHERE ${due} GROUP BY personId ORDER BY personId`,
      [now, now, now, ...valuesOf(window)],
    ),
    reading.query<{ personId: string; households: number }>(
      `SELECT r.person_id AS personId, COUNT(DISTINCT h.id) AS households
       FROM ${flagged} JOIN role_grant r ON r.node_id = h.grid_id AND r.role IN ('gridWorker', 'smallGridLead')
         AND r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?)
       WHERE ${due} GROUP BY r.person_id ORDER BY r.person_id`,
      [now, now, ...valuesOf(window)],
    ),
  ]);
  const both = [
    ...linked.map((row) => ({ ...row, isLinked: true })),
    ...serving
      .filter(({ personId }) => !linked.some((each) => each.personId === personId))
      .map((row) => ({ ...row, isLinked: false })),
  ];
  return both.map((row) => ({ ...row, households: Number(row.households) }));
}

/** How many circumstances of each of these households wait to be looked at again. */
export async function checksDueOf(
  reading: Reading,
  householdIds: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, number>> {
  if (householdIds.length === 0) return new Map();
  const rows = await reading.query<{ id: string; count: number }>(
    `SELECT household_id AS id, COUNT(*) AS count FROM household_flag
     WHERE household_id IN (?) AND ended_at IS NULL AND checked_until < ? GROUP BY household_id`,
    [householdIds, today],
  );
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}
