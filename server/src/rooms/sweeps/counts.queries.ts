import type { z } from 'zod';
import type { SweepCounts } from '@sandan/shared/sweeps/sweep.schema';
import type { Reading } from '../../foundation/database/connect';
import { targetsWithin, type Reach } from './sweeps.policy';

export type Counts = z.output<typeof SweepCounts>;

const sums: Readonly<Record<keyof Counts, string>> = {
  households: 'COUNT(*)',
  people: 'SUM(t.people)',
  todo: "SUM(t.state = 'todo')",
  met: "SUM(t.state = 'met')",
  notHome: "SUM(t.state = 'notHome')",
  refused: "SUM(t.state = 'refused')",
  notFound: "SUM(t.state = 'notFound')",
  peopleMet: 'SUM(t.people_met)',
  withFindings: 'SUM(t.findings > 0)',
  orders: 'SUM(t.orders)',
  late: 'SUM(t.late)',
  unassigned: "SUM(t.holder_id IS NULL AND t.state = 'todo')",
  additions: 'SUM(t.additions)',
};
const selected = Object.entries(sums)
  .map(([name, sql]) => `${sql} AS ${name}`)
  .join(', ');

type SummedRow = Record<keyof Counts, number | string | null>;
const countsOf = (row: SummedRow): Counts =>
  Object.fromEntries(Object.keys(sums).map((name) => [name, Number(row[name as keyof Counts] ?? 0)])) as Counts;

/** How far a sweep is, within a reach. */
export async function countTargets(db: Reading, sweepId: string, reach: Reach): Promise<Counts> {
  const { sql, values } = targetsWithin(reach);
  const [row] = await db.query<SummedRow>(`SELECT ${selected} FROM sweep_target t WHERE t.sweep_id = ? AND ${sql}`, [
    sweepId,
    ...values,
  ]);
  return countsOf(row as SummedRow);
}

export type ProgressBy = 'village' | 'group' | 'holder';
const groupColumns: Readonly<Record<ProgressBy, string>> = {
  village: 't.village_id',
  group: 't.group_id',
  holder: 't.holder_id',
};

/** The same by village, group or holder; whoever has most to do comes first, then by name as given. */
export async function progressBy(
  db: Reading,
  { sweepId, reach, by }: { sweepId: string; reach: Reach; by: ProgressBy },
): Promise<(Counts & { id: string | null; person: string | null })[]> {
  const { sql, values } = targetsWithin(reach);
  const column = groupColumns[by];
  const rows = await db.query<SummedRow & { id: string | null; person: string | null }>(
    `SELECT ${column} AS id, MAX(p.name) AS person, ${selected}
     FROM sweep_target t LEFT JOIN person p ON p.id = ${by === 'holder' ? 't.holder_id' : 'NULL'}
     WHERE t.sweep_id = ? AND ${sql} GROUP BY ${column}`,
    [sweepId, ...values],
  );
  return rows.map((row) => ({ ...countsOf(row), id: row.id, person: row.person }));
}

/** Households and how many are through, of many sweeps at once; `holderId`: his own only. */
export async function doneOf(
  db: Reading,
  sweepIds: readonly string[],
  holderId?: string,
): Promise<Map<string, { households: number; done: number }>> {
  if (sweepIds.length === 0) return new Map();
  const rows = await db.query<{ id: string; households: number; done: number }>(
    `SELECT sweep_id AS id, COUNT(*) AS households, SUM(state <> 'todo') AS done FROM sweep_target
     WHERE sweep_id IN (?) ${holderId === undefined ? '' : 'AND holder_id = ?'} GROUP BY sweep_id`,
    [sweepIds, ...(holderId === undefined ? [] : [holderId])],
  );
  return new Map(rows.map((row) => [row.id, { households: Number(row.households), done: Number(row.done) }]));
}

/** Who has been reminded today. */
export async function remindedOn(db: Reading, sweepId: string, day: string): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    'SELECT holder_id AS id FROM sweep_reminder WHERE sweep_id = ? AND day = ?',
    [sweepId, day],
  );
  return new Set(rows.map(({ id }) => id));
}
