import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Visit } from './visit.entity';

export async function visitById(reading: Reading, id: string): Promise<Visit | undefined> {
  const [row] = await reading.query<Record<string, unknown>>('SELECT * FROM visit WHERE id = ?', [id]);
  return row && rowOf<Visit>(row);
}

/** What the orders room needs to know of the visit in which something was found; null: not his own. */
export async function visitMadeBy(
  reading: Reading,
  personId: string,
  visitId: string,
): Promise<{ householdId: string; gridId: string } | null> {
  const [row] = await reading.query<{ householdId: string; gridId: string }>(
    'SELECT household_id AS householdId, grid_id AS gridId FROM visit WHERE id = ? AND member_id = ?',
    [visitId, personId],
  );
  return row ?? null;
}

/** A visit with what the reply says of others. */
export interface VisitLine extends Visit {
  byName: string;
  metName: string | null;
  headName: string | null;
  door: string | null;
}

const visitColumns = `v.*, p.name AS by_name, met.name AS met_name, head.name AS head_name, h.door_sealed AS door`;
const visitJoins = `JOIN person p ON p.id = v.member_id JOIN household h ON h.id = v.household_id
  LEFT JOIN person met ON met.id = v.met_person_id LEFT JOIN person head ON head.id = h.head_person_id`;

const linesOf = (rows: readonly Record<string, unknown>[]): VisitLine[] => rows.map((row) => rowOf<VisitLine>(row));

export const visitLine = async (reading: Reading, id: string): Promise<VisitLine | undefined> =>
  linesOf(
    await reading.query<Record<string, unknown>>(`SELECT ${visitColumns} FROM visit v ${visitJoins} WHERE v.id = ?`, [
      id,
    ]),
  )[0];

export const visitsOfHousehold = async (reading: Reading, householdId: string, limit: number): Promise<VisitLine[]> =>
  linesOf(
    await reading.query<Record<string, unknown>>(
      `SELECT ${visitColumns} FROM visit v ${visitJoins} WHERE v.household_id = ? ORDER BY v.at DESC, v.id DESC LIMIT ?`,
      [householdId, limit],
    ),
  );

export const visitsByMember = async (
  reading: Reading,
  memberId: string,
  after: readonly [at: Date, id: string] | undefined,
  limit: number,
): Promise<VisitLine[]> =>
  linesOf(
    await reading.query<Record<string, unknown>>(
      `SELECT ${visitColumns} FROM visit v ${visitJoins}
       WHERE v.member_id = ? ${after ? 'AND v.at <= ? AND (v.at < ? OR v.id < ?)' : ''} ORDER BY v.at DESC, v.id DESC LIMIT ?`,
      [memberId, ...(after ? [after[0], after[0], after[1]] : []), limit],
    ),
  );

export async function ordersOfVisits(
  reading: Reading,
  visitIds: readonly string[],
): Promise<{ visitId: string; orderId: string }[]> {
  if (visitIds.length === 0) return [];
  return reading.query(
    'SELECT visit_id AS visitId, order_id AS orderId FROM visit_order WHERE visit_id IN (?) ORDER BY order_id',
    [visitIds],
  );
}

export interface Inhabitant {
  id: string;
  name: string;
  relation: string | null;
}

export const peopleAtHome = (reading: Reading, householdId: string): Promise<Inhabitant[]> =>
  reading.query<Inhabitant>(
    `SELECT id, name, relation FROM person WHERE household_id = ? AND disabled_at IS NULL AND erased_at IS NULL
     ORDER BY relation <> 'head', birth_year, id LIMIT 30`,
    [householdId],
  );

/** The last visit that counts, and how often nobody was at home since; before a moment, if one is given. */
export async function visitStanding(reading: Reading, householdId: string, before?: Date) {
  const until = before ? 'AND at < ?' : '';
  const values = before ? [before] : [];
  const [last] = await reading.query<{ at: Date; result: Visit['result'] }>(
    `SELECT at, result FROM visit WHERE household_id = ? AND result <> 'notHome' ${until} ORDER BY at DESC, id DESC LIMIT 1`,
    [householdId, ...values],
  );
  const [tries] = await reading.query<{ count: number; last: Date | null }>(
    `SELECT COUNT(*) AS count, MAX(at) AS last FROM visit
     WHERE household_id = ? AND result = 'notHome' AND at > ? ${until}`,
    [householdId, last?.at ?? new Date(0), ...values],
  );
  return { last: last ?? null, tries: Number(tries?.count), triedAt: tries?.last ?? null };
}
