import type { TargetState } from '@sandan/shared/sweeps/sweep.words';
import type { Reading } from '../../foundation/database/connect';
import { decodeCursor } from '../../foundation/database/cursor';
import { rowOf } from '../../foundation/database/rows';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { Sweep, SweepTarget } from './sweep.entity';
import { hidesDoors, targetsWithin, type Reach } from './sweeps.policy';

type Row = Record<string, unknown>;

/** A household of a sweep as screens show it; the door is opened, names are still to be masked. */
export type TargetRecord = SweepTarget & {
  door: string | null;
  headName: string | null;
  holderName: string | null;
  /** The member linked to it today. */
  linkedIds: string[];
  /** Of a sweep whose doors say what is noted of them. */
  hidden: boolean;
};

const columns = `t.*, s.selected_by AS selected_by, s.flags_sealed AS sweep_flags, h.door_sealed AS door, head.name AS head_name, holder.name AS holder_name,
  (SELECT GROUP_CONCAT(l.member_id) FROM household_link l WHERE l.household_id = t.household_id AND l.ends_at IS NULL) AS linked`;
const from = `sweep_target t JOIN sweep s ON s.id = t.sweep_id JOIN household h ON h.id = t.household_id
  LEFT JOIN person head ON head.id = h.head_person_id LEFT JOIN person holder ON holder.id = t.holder_id`;

function recordOf(db: Reading, { door, linked, selected_by, sweep_flags, ...row }: Row): TargetRecord {
  const flags = db.vault.open('sweep.flags', sweep_flags as Sealed | null);
  return {
    ...rowOf<TargetRecord>(row),
    hidden: hidesDoors({ selectedBy: selected_by as Sweep['selectedBy'], flags }),
    door: db.vault.open('household.door', door as Sealed | null),
    linkedIds: typeof linked === 'string' ? linked.split(',') : [],
  };
}

export async function targetById(db: Reading, id: string): Promise<TargetRecord | null> {
  const [row] = await db.query<Row>(`SELECT ${columns} FROM ${from} WHERE t.id = ?`, [id]);
  return row ? recordOf(db, row) : null;
}

export interface TargetFilters {
  state?: TargetState | undefined;
  gridId?: string | undefined;
  holderId?: string | undefined;
  unassigned?: boolean | undefined;
  findings?: boolean | undefined;
}

interface TargetsQuery extends TargetFilters {
  cursor?: string | undefined;
  limit: number;
}

/** What a cursor of this list belongs to. */
export const filtersOf = (sweepId: string, { state, gridId, holderId, unassigned, findings }: TargetFilters) => ({
  ...{ sweepId, state, gridId, holderId, unassigned, findings },
});

export async function targetsOf(
  db: Reading,
  sweepId: string,
  reach: Reach,
  query: TargetsQuery,
): Promise<TargetRecord[]> {
  const within = targetsWithin(reach);
  const after = decodeCursor(query.cursor, filtersOf(sweepId, query), ['text', 'id']);
  const conditions: [sql: string, values: (string | number)[]][] = [
    ...(query.state ? [['t.state = ?', [query.state]] as [string, string[]]] : []),
    ...(query.gridId
      ? [['(t.village_id = ? OR t.group_id = ?)', [query.gridId, query.gridId]] as [string, string[]]]
      : []),
    ...(query.holderId ? [['t.holder_id = ?', [query.holderId]] as [string, string[]]] : []),
    ...(query.unassigned ? [["t.holder_id IS NULL AND t.state = 'todo'", []] as [string, string[]]] : []),
    ...(query.findings ? [['t.findings > 0', []] as [string, string[]]] : []),
    ...(after
      ? [['t.grid_id >= ? AND (t.grid_id > ? OR t.id > ?)', [after[0], after[0], after[1]]] as [string, string[]]]
      : []),
  ];
  const rows = await db.query<Row>(
    `SELECT ${columns} FROM ${from} WHERE t.sweep_id = ? AND ${within.sql}
       ${conditions.map(([sql]) => `AND ${sql}`).join(' ')} ORDER BY t.grid_id, t.id LIMIT ?`,
    [sweepId, ...within.values, ...conditions.flatMap(([, values]) => values), query.limit + 1],
  );
  return rows.map((row) => recordOf(db, row));
}

/** Everything one holder has to go to. */
export async function targetsHeldBy(db: Reading, sweepId: string, holderId: string, limit: number) {
  const rows = await db.query<Row>(
    `SELECT ${columns} FROM ${from} WHERE t.holder_id = ? AND t.sweep_id = ? ORDER BY t.grid_id, t.id LIMIT ?`,
    [holderId, sweepId, limit],
  );
  return rows.map((row) => recordOf(db, row));
}

export interface PersonRow {
  personId: string;
  householdId: string;
  name: string;
  standing: string | null;
  placeId: string | null;
}

/** Who lives there by the roster, with where a roll-call has found them. The head comes first. */
export function personsOf(db: Reading, targets: readonly Pick<SweepTarget, 'id'>[]): Promise<PersonRow[]> {
  if (targets.length === 0) return Promise.resolve([]);
  return db.query<PersonRow>(
    `SELECT p.id AS personId, t.household_id AS householdId, p.name, s.standing, s.place_id AS placeId
     FROM sweep_target t JOIN household h ON h.id = t.household_id
       JOIN person p ON p.household_id = t.household_id AND p.disabled_at IS NULL AND p.erased_at IS NULL
       LEFT JOIN sweep_person s ON s.target_id = t.id AND s.person_id = p.id
     WHERE t.id IN (?) ORDER BY p.id <> COALESCE(h.head_person_id, ''), p.id`,
    [targets.map(({ id }) => id)],
  );
}

export interface OrderOfTarget {
  orderId: string;
  questionId: string | null;
  title: string;
  state: string;
  stage: string;
}

export const ordersOfTarget = (db: Reading, targetId: string): Promise<OrderOfTarget[]> =>
  db.query(
    `SELECT o.id AS orderId, k.question_id AS questionId, IF(o.summary_held = 2, c.name, o.title) AS title, o.state, o.stage
     FROM sweep_order k JOIN service_order o ON o.id = k.order_id JOIN category c ON c.id = o.category_id
     WHERE k.target_id = ? ORDER BY k.at, k.order_id`,
    [targetId],
  );
