import type { Caller } from '../../foundation/access/caller';
import { gridsWith } from '../../foundation/access/reach';
import { fromJson, type Reading, type SqlValue } from '../../foundation/database/connect';
import { decodeCursor } from '../../foundation/database/cursor';
import { rowOf } from '../../foundation/database/rows';
import { mayRecord } from './sweeps.policy';
import { shownToOthers } from './sweep-checks';
import { targetById } from './targets.queries';
import type { Sweep } from './sweep.entity';

type Row = Record<string, unknown>;

/** A sweep with who set it up; its flags are opened. */
export type SweepRecord = Sweep & { setBy: string };

const columns = 's.*, (SELECT p.name FROM person p WHERE p.id = s.set_by_id) AS set_by';

export function sweepOf(db: Reading, { flags_sealed: flags, ...row }: Row): SweepRecord {
  return {
    ...rowOf<SweepRecord>(row),
    flags: db.vault.open('sweep.flags', (flags ?? null) as Parameters<typeof db.vault.open>[1]),
    listed: fromJson<string[]>(row['listed']),
    questions: fromJson<Sweep['questions']>(row['questions']),
    places: fromJson<Sweep['places']>(row['places']),
  };
}

export async function sweepById(db: Reading, id: string): Promise<SweepRecord | null> {
  const [row] = await db.query<Row>(`SELECT ${columns} FROM sweep s WHERE s.id = ?`, [id]);
  return row ? sweepOf(db, row) : null;
}

/** As those whom it sends out hear of it. */
export async function sweepTold(db: Reading, id: string): Promise<SweepRecord | null> {
  const sweep = await sweepById(db, id);
  return sweep && shownToOthers(sweep);
}

const within = (grids: readonly { id: string; tier: string }[]): { sql: string; values: SqlValue[] } => ({
  sql: grids.map(({ tier }) => `s.${tier}_id = ?`).join(' OR ') || 'FALSE',
  values: grids.map(({ id }) => id),
});

interface ListQuery {
  cursor?: string | undefined;
  limit: number;
}

export const listKey = (sweep: Pick<Sweep, 'setAt' | 'id'>) => [sweep.setAt, sweep.id] as const;

/** What runs or ran in, below or over the grids the caller looks after; drafts of whoever may change them. Newest first. */
export async function sweepsSeen(db: Reading, caller: Caller, { cursor, limit }: ListQuery): Promise<SweepRecord[]> {
  const { tree } = caller.reference;
  const read = gridsWith(caller, 'sweep.read');
  const over = [
    ...new Set(read.flatMap(({ county, town, village }) => [county, town, village].flatMap((id) => id ?? []))),
  ];
  const [seen, drafts] = [within(read), within(gridsWith(caller, 'sweep.change'))];
  const after = decodeCursor(cursor, 'sweeps', ['time', 'id']);
  const rows = await db.query<Row>(
    `SELECT ${columns} FROM sweep s
     WHERE ((s.state <> 'draft' AND (${seen.sql} OR s.grid_id IN (?))) OR (s.state = 'draft' AND (${drafts.sql})))
       ${after ? 'AND s.set_at <= ? AND (s.set_at < ? OR s.id < ?)' : ''}
     ORDER BY s.set_at DESC, s.id DESC LIMIT ?`,
    [
      ...[...seen.values, over.length > 0 ? over.filter((id) => tree.grid(id)) : [''], ...drafts.values],
      ...(after ? [after[0], after[0], after[1]] : []),
      limit + 1,
    ],
  );
  return rows.map((row) => sweepOf(db, row));
}

/** What runs and sends the caller to doors. */
export async function sweepsHeldBy(db: Reading, personId: string): Promise<SweepRecord[]> {
  const rows = await db.query<Row>(
    `SELECT ${columns} FROM sweep s WHERE s.state = 'running'
       AND s.id IN (SELECT t.sweep_id FROM sweep_target t WHERE t.holder_id = ?)
     ORDER BY s.deadline, s.id LIMIT 50`,
    [personId],
  );
  return rows.map((row) => sweepOf(db, row));
}

/** For orders (发现的问题转点单): the household, where the caller may record it and the sweep has begun. */
export async function householdOfTarget(db: Reading, caller: Caller, targetId: string): Promise<string | null> {
  const target = await targetById(db, targetId);
  return target && mayRecord(caller, target) ? target.householdId : null;
}

/** For messages: who goes to how many doors, those that are still to do apart. */
export async function holdersOf(
  db: Reading,
  sweepId: string,
  { only }: { only?: readonly string[] } = {},
): Promise<{ personId: string; households: number; todo: number }[]> {
  const rows = await db.query<{ personId: string; households: number; todo: number }>(
    `SELECT holder_id AS personId, COUNT(*) AS households, SUM(state = 'todo') AS todo FROM sweep_target
     WHERE sweep_id = ? AND holder_id IS NOT NULL ${only ? 'AND holder_id IN (?)' : ''} GROUP BY holder_id`,
    [sweepId, ...(only ? [only.length > 0 ? only : ['']] : [])],
  );
  return rows.map((row) => ({ ...row, households: Number(row.households), todo: Number(row.todo) }));
}

export const remindedBy = async (db: Reading, eventId: string): Promise<{ personId: string; missing: number }[]> =>
  db.query('SELECT holder_id AS personId, missing FROM sweep_reminder WHERE event_id = ?', [eventId]);

/** For "my data" of a resident: that somebody came to his own household, when, and what for. No answers, no flags. */
export const visitsToHousehold = (
  db: Reading,
  householdId: string,
): Promise<{ sweepId: string; title: string; visitedAt: Date; by: string; result: string }[]> =>
  db.query(
    `SELECT s.id AS sweepId, IF(s.held = 0, s.title, '入户排查') AS title, v.visited_at AS visitedAt, p.name AS \`by\`, v.result
     FROM sweep_target t JOIN sweep s ON s.id = t.sweep_id JOIN sweep_visit v ON v.target_id = t.id
       JOIN person p ON p.id = v.by_id
     WHERE t.household_id = ? ORDER BY v.visited_at DESC, v.id DESC LIMIT 200`,
    [householdId],
  );
