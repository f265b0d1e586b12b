import { Problem } from '@sandan/shared/problems';
import type { Reading } from '../database/connect';
import type { UnitPlan } from './roster';

/** By table: ids of the rows that a plan would write over, in the order in which everybody locks them. */
export type ChangedRows<Work> = Readonly<Record<string, (plan: UnitPlan<Work>) => readonly string[]>>;

/**
 * Plans, locks what would be written over, and plans again from what stands there now. An import is one long transaction:
 * rows that are only looked at stay free, or nobody of the village could place an order until the county is through (an
 * order locks its person). They are locked by their ids and not by what they are found by: a search that finds no index
 * worth while would lock every row it passes.
 *
 * Throws `roster.changed-since`.
 */
export async function planLocked<Work>(
  db: Reading,
  plan: () => Promise<UnitPlan<Work>[]>,
  changed: ChangedRows<Work>,
): Promise<UnitPlan<Work>[]> {
  const seen = await plan();
  const locked = new Map<string, ReadonlySet<string>>();
  for (const [table, idsOf] of Object.entries(changed))
    locked.set(table, await lockRows(db, table, seen.flatMap(idsOf)));
  if ([...locked.values()].every(({ size }) => size === 0)) return seen;
  const again = await plan();
  for (const [table, idsOf] of Object.entries(changed))
    if (!again.flatMap(idsOf).every((id) => locked.get(table)?.has(id))) throw new Problem('roster.changed-since');
  return again;
}

async function lockRows(db: Reading, table: string, given: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = new Set(given);
  if (ids.size > 0)
    await db.query(`SELECT id FROM ${table} FORCE INDEX (PRIMARY) WHERE id IN (?) ORDER BY id FOR UPDATE`, [[...ids]]);
  return ids;
}
