import type { Db } from '../../foundation/database/connect';
import type { DueHandler } from '../../foundation/due-work/due-work';
import type { Reference } from '../../foundation/reference/reference';
import { moveRows, type TierMove, type TierTable } from '../../foundation/reference/tier-tables';
import { gridRow } from './tree-rows.queries';
import { applyPlanned } from './trees.service';
import { changeById } from './trees.queries';

/** Rows in one transaction: short enough that nobody waits for a lock (measured in decisions.md §2.4). */
const batch = 500;
/** A request that read the old tree has ended by then: whatever it still wrote follows too. */
const stragglers = 2 * 60_000;

/**
 * A change of the trees on its day, then the rows that follow it: batch by batch, what is under way first, and once more
 * for those who were placing an order meanwhile. Each batch finds its rows by what is wrong with them, so the job may be
 * killed and taken up anywhere.
 */
export const treeDueWork = (tables: readonly TierTable[]): Readonly<Record<string, DueHandler>> => ({
  treeChange: async (db, row, now, reference) => {
    const change = await changeById(db, row.thingId);
    if (!change || change.state === 'cancelled' || change.state === 'failed') return null;
    const again = { at: now, rung: row.rung + 1 };
    if (change.state === 'planned') {
      const done = await applyPlanned(db, change, { now, townId: row.townId, reference });
      return done?.follow ? again : null;
    }
    const follow = change.after?.['follow'] as Omit<TierMove, 'line'> | undefined;
    if (!follow) return null;
    const moved = await nextBatch(db, tables, follow, { reference, now });
    if (moved > 0) {
      await db.write('UPDATE tree_change SET moved = moved + ? WHERE id = ?', [moved, change.id]);
      return again;
    }
    if (change.movedAt !== null) return null;
    await db.write('UPDATE tree_change SET moved_at = ? WHERE id = ?', [now, change.id]);
    return { at: new Date(now.getTime() + stragglers), rung: row.rung + 1 };
  },
});

async function nextBatch(
  db: Db,
  tables: readonly TierTable[],
  follow: Omit<TierMove, 'line'>,
  { reference, now }: { reference: Reference; now: Date },
): Promise<number> {
  const to = await gridRow(db, follow.toId);
  // Merged on, or closed, since: the change that did so has a job of its own.
  if (!to) return 0;
  const { countyId, townId, villageId, groupId } = to;
  const move: TierMove = { ...follow, line: { countyId, townId, villageId, groupId } };
  let left = batch;
  for (const onlyOpen of [true, false]) {
    for (const table of tables) {
      if (left <= 0) return batch - left;
      left -= await moveRows(db, table, move, { onlyOpen, limit: left });
      if (onlyOpen && left > 0) left -= (await table.alongside?.(db, move, reference, now)) ?? 0;
    }
  }
  return batch - left;
}
