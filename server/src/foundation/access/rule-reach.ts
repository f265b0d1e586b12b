import type { Permission } from '@sandan/shared/access/roles';
import type { DeskKind } from '../reference/offices';
import type { GridNode, GridTier } from '../reference/tree';
import { grantsWith, type Caller, type Grant } from './caller';

/** From the smallest. */
export const tiersUp: readonly GridTier[] = ['group', 'village', 'town', 'county'];
export const tierColumn = (prefix: string, tier: GridTier): string =>
  prefix === '' ? `${tier}Id` : `${prefix}${tier[0]?.toUpperCase()}${tier.slice(1)}Id`;

/** One grid that a grant of the caller reaches. */
export interface Reach {
  id: string;
  tier: GridTier;
  line: Partial<Record<GridTier, string | null>>;
}

const reachesOfCaller = new WeakMap<Caller, Map<string, readonly Reach[]>>();

interface Within {
  permission: Permission;
  role?: string;
  notRole?: string;
  servesFor?: DeskKind;
}

/** Asked again for every action of every row: worked out once per request. */
export function reaches(caller: Caller, within: Within): readonly Reach[] {
  const known = reachesOfCaller.get(caller) ?? new Map<string, readonly Reach[]>();
  reachesOfCaller.set(caller, known);
  const { permission, role = '', notRole = '', servesFor = '' } = within;
  const key = `${permission} ${role} ${notRole} ${servesFor}`;
  const found = known.get(key) ?? workOutReaches(caller, within);
  known.set(key, found);
  return found;
}

function workOutReaches(caller: Caller, { permission, role, notRole, servesFor }: Within): Reach[] {
  const { tree, offices } = caller.reference;
  const own = grantsWith(caller, permission)
    .filter((grant) => (role === undefined || grant.role === role) && grant.role !== notRole)
    .flatMap((grant) => grant.grids);
  const served: readonly GridNode[] = servesFor
    ? own.flatMap(({ id }) => offices.desksServed(id, servesFor, caller.now).map((desk) => tree.gridOf(desk)))
    : [];
  return [...own, ...served].map((grid) => ({
    id: grid.id,
    tier: grid.tier,
    line: { county: grid.county, town: grid.town, village: grid.village, group: grid.group },
  }));
}

/** Where the caller holds the permission by a grant on the tree of the party itself. */
export const partyGrants = (caller: Caller, permission: Permission): Grant[] =>
  grantsWith(caller, permission).filter(({ tree }) => tree === 'party');

/** Towns the caller lives or serves in; a grant above the towns reaches them all. */
export function townsOf(caller: Caller): 'all' | string[] {
  const home = caller.homeGridId === null ? undefined : caller.reference.tree.grid(caller.homeGridId);
  const grids = [...(home ? [home] : []), ...caller.grants.flatMap((grant) => grant.grids)];
  if (grids.some(({ tier }) => tier === 'county')) return 'all';
  return [...new Set(grids.flatMap(({ town }) => town ?? []))];
}

export const homeVillageOf = (caller: Caller): string | null =>
  caller.homeGridId === null ? null : (caller.reference.tree.grid(caller.homeGridId)?.village ?? null);

export const below = (tier: GridTier): readonly GridTier[] => tiersUp.slice(0, tiersUp.indexOf(tier));
