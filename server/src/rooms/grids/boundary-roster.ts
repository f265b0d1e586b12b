import { fromJson, type Db } from '../../foundation/database/connect';
import type { Caller } from '../../foundation/access/caller';
import type { MadeChange, TreeWriter } from '../../foundation/reference/tree-writer';
import { slicesOf } from '../../foundation/rosters/job';
import type { Roster } from '../../foundation/rosters/roster';
import { planBoundaries, type BoundaryWork } from './boundary-plan';
import { boundaryColumns, readBoundaryRow, type BoundaryRow } from './boundary-row';

/** 网格边界: by code, for grids that there are. */
export const boundaryRoster = (trees: TreeWriter): Roster<BoundaryRow, BoundaryWork> => ({
  kind: 'boundaries',
  isMap: true,
  columns: boundaryColumns,
  asOne: 20_000,
  changesTree: true,
  read: readBoundaryRow,
  keyOf: ({ code }) => code,
  plan: (_db, scope, units, lock) => planBoundaries(units, scope, !lock),
  apply: async (db, { caller }, plans) => {
    for (const some of slicesOf(plans, slice))
      await applyBoundaries(
        db,
        caller,
        some.map(({ work }) => work),
        trees,
      );
  },
  // A grid without a new boundary keeps the one it has: there is nothing to tell.
  missing: async () => [],
  countMissing: async () => 0,
  countThere: ({ tree, grid }) =>
    tree.grids.filter(({ id, boundary }) => boundary !== null && tree.isWithin(id, grid.id)).length,
});

/** Written and noted together: two shapes of each are in memory then. */
const slice = 20;

async function applyBoundaries(
  db: Db,
  caller: Caller,
  works: readonly BoundaryWork[],
  trees: TreeWriter,
): Promise<void> {
  const ids = works.flatMap(({ id }) => id ?? []);
  const rows = await db.query<{ id: string; boundary: unknown }>(
    'SELECT id, boundary FROM grid WHERE id IN (?) ORDER BY id FOR UPDATE',
    [ids],
  );
  const before = new Map(rows.map(({ id, boundary }) => [id, fromJson<unknown>(boundary)]));
  const changes: MadeChange[] = [];
  for (const { id, coordinates } of works) {
    if (id === null || coordinates === null) throw new Error('a boundary of no grid, or none for it');
    const boundary = `{"type":"Polygon","coordinates":${coordinates}}`;
    await db.write('UPDATE grid SET boundary = ? WHERE id = ?', [boundary, id]);
    const was = { boundary: before.get(id) ?? null };
    changes.push({ nodeId: id, kind: 'boundary', before: was, after: { boundary: JSON.parse(boundary) as unknown } });
  }
  await trees.noteChanges(db, caller, 'grid', changes);
}
