import type { Db } from '../../foundation/database/connect';
import type { Roster, RosterScope, UnitPlan } from '../../foundation/rosters/roster';
import { planBoundaries, type BoundaryWork } from './boundary-plan';
import { boundaryColumns, readBoundaryRow, type BoundaryRow } from './boundary-row';
import type { Grid } from './grid.entity';

/** 网格边界: by code, for grids that there are. */
export const boundaryRoster: Roster<BoundaryRow, BoundaryWork> = {
  kind: 'boundaries',
  isMap: true,
  columns: boundaryColumns,
  asOne: 20_000,
  changesTree: true,
  read: readBoundaryRow,
  keyOf: ({ code }) => code,
  plan: async (_db, scope, units) => planBoundaries(units, scope),
  apply: applyBoundaries,
  // A grid without a new boundary keeps the one it has: there is nothing to tell.
  missing: async () => [],
  countMissing: async () => 0,
  countThere: ({ tree, grid }) =>
    tree.grids.filter(({ id, boundary }) => boundary !== null && tree.isWithin(id, grid.id)).length,
};

async function applyBoundaries(db: Db, _scope: RosterScope, plans: readonly UnitPlan<BoundaryWork>[]): Promise<void> {
  for (const { work } of plans) {
    const boundary: Grid['boundary'] = work.rings && { type: 'Polygon', coordinates: work.rings };
    await db.write('UPDATE grid SET boundary = ? WHERE id = ?', [JSON.stringify(boundary), work.id]);
  }
}
