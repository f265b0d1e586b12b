import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { Correction } from './privacy.entity';

export type CorrectionRow = Omit<Correction, 'before' | 'after'> & {
  before: Sealed | null;
  after: Sealed | null;
  personName: string;
  decidedByName: string | null;
};

/** Where the person lives now: whoever has moved is put right by the desk there, which also has the papers. */
const placeNow = 'COALESCE(h.grid_id, c.grid_id)';
const columns = `c.id, c.person_id AS personId, c.asked_by_id AS askedById, ${placeNow} AS gridId, c.field, c.before_sealed AS \`before\`,
  c.after_sealed AS \`after\`, c.words, c.state, c.asked_at AS askedAt, c.decided_by_id AS decidedById, c.answer,
  c.decided_at AS decidedAt, p.name AS personName, d.name AS decidedByName`;
const from = `FROM correction c JOIN person p ON p.id = c.person_id LEFT JOIN household h ON h.id = p.household_id
  LEFT JOIN person d ON d.id = c.decided_by_id`;

export async function correctionById(reading: Reading, id: string): Promise<CorrectionRow | null> {
  const [row] = await reading.query<CorrectionRow>(`SELECT ${columns} ${from} WHERE c.id = ?`, [id]);
  return row ?? null;
}

export const correctionsOf = (reading: Reading, personId: string): Promise<CorrectionRow[]> =>
  reading.query<CorrectionRow>(
    `SELECT ${columns} ${from} WHERE c.person_id = ? ORDER BY c.asked_at DESC, c.id DESC LIMIT 50`,
    [personId],
  );

export interface CorrectionSearch {
  /** Grids whose people's data the caller puts right. */
  gridIds: readonly string[];
  decided: boolean;
  exceptId: string;
  after: readonly [at: Date, id: string] | undefined;
  limit: number;
}

/** Oldest first while they wait: nobody is forgotten; newest first afterwards. */
export async function correctionsIn(
  reading: Reading,
  { gridIds, decided, exceptId, after, limit }: CorrectionSearch,
): Promise<CorrectionRow[]> {
  if (gridIds.length === 0) return [];
  const [state, order, beyond] = decided ? ["c.state <> 'asked'", 'DESC', '<'] : ["c.state = 'asked'", 'ASC', '>'];
  const page: [sql: string, values: SqlValue[]] = after
    ? [`AND c.asked_at ${beyond}= ? AND (c.asked_at ${beyond} ? OR c.id ${beyond} ?)`, [after[0], after[0], after[1]]]
    : ['', []];
  return reading.query<CorrectionRow>(
    `SELECT ${columns} ${from} WHERE ${state} AND ${decided ? 'c.grid_id' : placeNow} IN (?) AND c.person_id <> ? AND c.asked_by_id <> ? ${page[0]}
     ORDER BY c.asked_at ${order}, c.id ${order} LIMIT ?`,
    [gridIds, exceptId, exceptId, ...page[1], limit],
  );
}

export interface RosterRow {
  name: string;
  phone: Sealed | null;
  bornOn: string | null;
  relation: string | null;
  residence: string | null;
  door: Sealed | null;
  householdId: string | null;
  gridId: string | null;
}

export async function rosterOf(reading: Reading, personId: string): Promise<RosterRow | null> {
  const [row] = await reading.query<RosterRow>(
    `SELECT p.name, p.phone_sealed AS phone, p.born_on AS bornOn, p.relation, p.residence, h.door_sealed AS door,
            p.household_id AS householdId, h.grid_id AS gridId
     FROM person p LEFT JOIN household h ON h.id = p.household_id WHERE p.id = ?`,
    [personId],
  );
  return row ?? null;
}

/** How many wait in these grids for somebody else than whom they are about, counted to 99. */
export async function countCorrections(
  reading: Reading,
  { gridIds, exceptId }: Pick<CorrectionSearch, 'gridIds' | 'exceptId'>,
): Promise<number> {
  if (gridIds.length === 0) return 0;
  const [row] = await reading.query<{ waiting: number }>(
    `SELECT COUNT(*) AS waiting FROM (SELECT 1 ${from}
       WHERE c.state = 'asked' AND ${placeNow} IN (?) AND c.person_id <> ? LIMIT 99) some`,
    [gridIds, exceptId],
  );
  return Number(row?.waiting ?? 0);
}
