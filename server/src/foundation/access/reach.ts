import type { Permission } from '@sandan/shared/access/roles';
import { Problem } from '@sandan/shared/problems';
import { tiers, type GridNode, type GridTier, type Tree } from '../reference/tree';
import { grantsWith, type Caller } from './caller';

/** The grids where the caller holds the permission by a grant, each with all below it. */
export const gridsWith = (caller: Caller, permission: Permission): GridNode[] =>
  grantsWith(caller, permission).flatMap(({ grids }) => [...grids]);

/** The ids of those grids and of all below them: what a list is narrowed by where rows name a grid alone. */
export function gridIdsWith(caller: Caller, permission: Permission): string[] {
  const { tree } = caller.reference;
  const roots = new Set(gridsWith(caller, permission).map(({ id }) => id));
  return tree.grids
    .filter(({ county, town, village, group }) =>
      [county, town, village, group].some((id) => id !== null && roots.has(id)),
    )
    .map(({ id }) => id);
}

export interface TierList {
  tier: GridTier;
  ids: string[];
}

/**
 * One branch of a list for each of these grids, those below another one of them left out; beyond 16 one per tier
 * (decisions.md §2.2). A branch walks its own index.
 */
export function tierLists(grids: readonly GridNode[], tree: Tree): TierList[] {
  const unique = [...new Map(grids.map((grid) => [grid.id, grid])).values()];
  const highest = unique.filter(
    (grid) => !unique.some((other) => other.id !== grid.id && tree.isWithin(grid.id, other.id)),
  );
  if (highest.length <= 16) return highest.map(({ tier, id }) => ({ tier, ids: [id] }));
  return tiers.flatMap((tier) => {
    const ids = highest.filter((grid) => grid.tier === tier).map(({ id }) => id);
    return ids.length > 0 ? [{ tier, ids }] : [];
  });
}

export const reachesGrid = (caller: Caller, permission: Permission, gridId: string): boolean =>
  gridsWith(caller, permission).some(({ id }) => caller.reference.tree.isWithin(gridId, id));

/** Whoever lives there; somebody without a household is nobody's but the county's. */
export function reachesHome(caller: Caller, permission: Permission, gridId: string | null): boolean {
  if (gridId !== null) return reachesGrid(caller, permission, gridId);
  return gridsWith(caller, permission).some(({ tier }) => tier === 'county');
}

/** The grid, for somebody who holds the permission there. Throws `grid.not-found` (404), `access.forbidden` (403). */
export function gridWithin(caller: Caller, permission: Permission, gridId: string): GridNode {
  const grid = caller.reference.tree.grid(gridId);
  if (!grid) throw new Problem('grid.not-found');
  if (!reachesGrid(caller, permission, gridId)) throw new Problem('access.forbidden');
  return grid;
}
