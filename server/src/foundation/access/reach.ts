import type { Permission } from '@sandan/shared/access/roles';
import { Problem } from '@sandan/shared/problems';
import type { GridNode } from '../reference/tree';
import { grantsWith, type Caller } from './caller';

/** The grids where the caller holds the permission by a grant, each with all below it. */
export const gridsWith = (caller: Caller, permission: Permission): GridNode[] =>
  grantsWith(caller, permission).flatMap(({ grids }) => [...grids]);

export const reachesGrid = (caller: Caller, permission: Permission, gridId: string): boolean =>
  gridsWith(caller, permission).some(({ id }) => caller.reference.tree.isWithin(gridId, id));

/** The grid, for somebody who holds the permission there. Throws `grid.not-found` (404), `access.forbidden` (403). */
export function gridWithin(caller: Caller, permission: Permission, gridId: string): GridNode {
  const grid = caller.reference.tree.grid(gridId);
  if (!grid) throw new Problem('grid.not-found');
  if (!reachesGrid(caller, permission, gridId)) throw new Problem('access.forbidden');
  return grid;
}
