import type { TargetState } from '@sandan/shared/sweeps/sweep.words';
import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { Said } from './record.service';
import { targetsWithin, type Reach } from './sweeps.policy';
import { openSaid } from './visits.queries';

/** A household as the exported list has it, by the visit that counts. */
export interface PaperRow {
  villageId: string | null;
  groupId: string | null;
  door: string | null;
  headName: string | null;
  people: number;
  state: TargetState;
  tries: number;
  peopleMet: number;
  visitedAt: Date | null;
  byName: string | null;
  said: Said;
}

export async function countTargets(db: Reading, sweepId: string): Promise<number> {
  const [row] = await db.query<{ targets: number }>('SELECT COUNT(*) AS targets FROM sweep_target WHERE sweep_id = ?', [
    sweepId,
  ]);
  return Number(row?.targets);
}

export async function paperRows(db: Reading, sweepId: string, reach: Reach, limit: number): Promise<PaperRow[]> {
  const within = targetsWithin(reach);
  const rows = await db.query<Omit<PaperRow, 'door' | 'said'> & { door: Sealed | null; said: Sealed | null }>(
    `SELECT t.village_id AS villageId, t.group_id AS groupId, h.door_sealed AS door, head.name AS headName, t.people,
            t.state, t.tries, t.people_met AS peopleMet, t.visited_at AS visitedAt, p.name AS byName, v.said_sealed AS said
     FROM sweep_target t JOIN household h ON h.id = t.household_id LEFT JOIN person head ON head.id = h.head_person_id
       LEFT JOIN sweep_visit v ON v.id = t.visit_id LEFT JOIN person p ON p.id = v.by_id
     WHERE t.sweep_id = ? AND ${within.sql} ORDER BY t.village_id, t.grid_id, t.id LIMIT ?`,
    [sweepId, ...within.values, limit],
  );
  return rows.map((row) => ({ ...row, door: db.vault.open('household.door', row.door), said: openSaid(db, row.said) }));
}
