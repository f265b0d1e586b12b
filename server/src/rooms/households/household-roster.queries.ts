import type { HouseholdFlagName } from '@sandan/shared/households/household.words';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { GridNode } from '../../foundation/reference/tree';

export interface FoundHousehold {
  readonly id: string;
  readonly code: string;
  readonly gridId: string;
  readonly door: string | null;
  readonly isHub: boolean;
  readonly headPersonId: string | null;
  readonly isClosed: boolean;
}

/**
 * Households with these codes, closed ones as well: whoever died as the last of his house is still found there. A code may
 * stand in several counties. Here and below the index is named for the reason that `roster-people.queries` tells.
 */
export async function householdsByCodes(db: Reading, codes: readonly string[]): Promise<FoundHousehold[]> {
  if (codes.length === 0) return [];
  type Row = Omit<FoundHousehold, 'door' | 'isHub' | 'isClosed'>;
  const rows = await db.query<Row & { door: Sealed | null; is_hub: number; is_closed: number }>(
    `SELECT id, code, grid_id AS gridId, door_sealed AS door, is_hub, head_person_id AS headPersonId,
            closed_at IS NOT NULL AS is_closed
     FROM household FORCE INDEX (household_code) WHERE code IN (?) ORDER BY id`,
    [codes],
  );
  return rows.map(({ is_hub, is_closed, door, ...row }) => ({
    ...row,
    isHub: is_hub === 1,
    isClosed: Number(is_closed) === 1,
    door: db.vault.open('household.door', door),
  }));
}

/** How long the codes are that begin with 0. */
export async function lengthsOfZeroCodes(db: Reading): Promise<number[]> {
  const rows = await db.query<{ length: number }>(
    "SELECT DISTINCT CHAR_LENGTH(code) AS length FROM household WHERE code LIKE '0%' AND closed_at IS NULL",
  );
  return rows.map(({ length }) => Number(length));
}

export interface PlacedCode {
  readonly code: string;
  readonly gridId: string;
}

/** Open households with one of these codes that the file itself does not name. */
export const householdsBeside = (db: Reading, codes: readonly string[], importId: string): Promise<PlacedCode[]> =>
  db.query<PlacedCode>(
    `SELECT h.code, h.grid_id AS gridId FROM household h WHERE h.code IN (?) AND h.closed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM roster_row r WHERE r.import_id = ? AND r.unit_key = h.code) ORDER BY h.code`,
    [codes, importId],
  );

export interface FoundFlag {
  readonly id: string;
  readonly householdId: string;
  readonly personId: string | null;
  readonly flag: HouseholdFlagName;
  readonly source: string;
}

export async function flagsOfHouseholds(db: Reading, ids: readonly string[]): Promise<FoundFlag[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<Omit<FoundFlag, 'flag'> & { flag: Sealed }>(
    `SELECT id, household_id AS householdId, person_id AS personId, flag_sealed AS flag, source
     FROM household_flag FORCE INDEX (household_flag_household) WHERE household_id IN (?) AND ended_at IS NULL ORDER BY id`,
    [ids],
  );
  return rows.map((row) => ({ ...row, flag: db.vault.open('householdFlag.flag', row.flag) as HouseholdFlagName }));
}

export interface FoundLink {
  readonly id: string;
  readonly householdId: string;
  readonly memberId: string;
  readonly memberName: string;
}

export async function linksOfHouseholds(db: Reading, ids: readonly string[], now: Date): Promise<FoundLink[]> {
  if (ids.length === 0) return [];
  return db.query<FoundLink>(
    `SELECT l.id, l.household_id AS householdId, l.member_id AS memberId, p.name AS memberName
     FROM household_link l FORCE INDEX (household_link_household) JOIN person p ON p.id = l.member_id
     WHERE l.household_id IN (?) AND l.starts_at <= ? AND (l.ends_at IS NULL OR l.ends_at > ?) ORDER BY l.id`,
    [ids, now, now],
  );
}

const withinGrid = ({ tier }: GridNode): string => `g.${tier}_id = ?`;

/** Open households of the roster (those with a code) within the grid that the file does not name. */
const notInFile = (grid: GridNode, importId: string): { sql: string; values: SqlValue[] } => ({
  sql: `FROM household h JOIN grid g ON g.id = h.grid_id
        WHERE ${withinGrid(grid)} AND h.closed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM roster_unit u WHERE u.import_id = ? AND u.thing_id = h.id)`,
  values: [grid.id, importId],
});

export async function countMissingHouseholds(db: Reading, grid: GridNode, importId: string): Promise<number> {
  const { sql, values } = notInFile(grid, importId);
  const [row] = await db.query<{ n: number }>(`SELECT COUNT(*) AS n ${sql}`, values);
  return Number(row?.n ?? 0);
}

export async function missingHouseholds(
  db: Reading,
  grid: GridNode,
  importId: string,
  { after, limit }: { after: string; limit: number },
): Promise<{ id: string; gridId: string; code: string | null; head: string | null }[]> {
  const { sql, values } = notInFile(grid, importId);
  return db.query(
    `SELECT h.id, h.grid_id AS gridId, h.code, (SELECT p.name FROM person p WHERE p.id = h.head_person_id) AS head
     ${sql} AND h.id > ? ORDER BY h.id LIMIT ?`,
    [...values, after, limit],
  );
}

/** Of these households those that the file itself still changes, in a later batch: units are written in the order of their codes. */
export async function householdsAfter(
  db: Reading,
  importId: string,
  ids: readonly string[],
  lastCode: string,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: string }>(
    `SELECT thing_id AS id FROM roster_unit FORCE INDEX (roster_unit_thing)
     WHERE import_id = ? AND thing_id IN (?) AND unit_key > ? AND standing IN ('changed', 'ended')`,
    [importId, ids, lastCode],
  );
  return new Set(rows.map(({ id }) => id));
}

/** 户号 under which the rows of an import stand that carry these marks (of identity numbers); by the mark in hex. */
export async function codesByMarks(
  db: Reading,
  importId: string,
  marks: readonly Buffer[],
): Promise<Map<string, string>> {
  if (marks.length === 0) return new Map();
  const rows = await db.query<{ mark: Buffer; code: string }>(
    `SELECT mark, unit_key AS code FROM roster_row FORCE INDEX (roster_row_mark)
     WHERE import_id = ? AND mark IN (?)`,
    [importId, marks],
  );
  return new Map(rows.map(({ mark, code }) => [mark.toString('hex'), code]));
}
