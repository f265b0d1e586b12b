import {
  helperKinds,
  permissionsOf,
  roleNames,
  type HelperKind,
  type Permission,
  type Role,
} from '@sandan/shared/access/roles';
import type { Sealed } from '../personal-data/vault';
import type { Channel } from './access.entity';
import type { GridNode } from '../reference/tree';
import type { Reference } from '../reference/reference';

/** One role over one node, with the grids it reaches (the node itself, or those tied to a party organisation). */
export interface Grant {
  role: Role;
  kind: HelperKind | null;
  tree: 'grid' | 'party';
  nodeId: string;
  grids: readonly GridNode[];
}

/** Who is asking, loaded once per request with the session. Rules are arithmetic on this, they ask no database. */
export interface Caller {
  personId: string;
  /** Empty for whoever opens a signed address: he has no session. */
  sessionId: string;
  channel: Channel | null;
  /** When the session last showed the second factor; null: it never has. */
  provedAt: Date | null;
  name: string;
  sealedPhone: Sealed | null;
  householdId: string | null;
  /** The small grid of the household. */
  homeGridId: string | null;
  awayUntil: Date | null;
  largeType: boolean;
  skills: readonly string[];
  grants: readonly Grant[];
  /** The instant of the request in the village's time. */
  now: Date;
  reference: Reference;
}

const everybody = new Set<Permission>(permissionsOf('resident'));
const permissionSets = new Map<Role, ReadonlySet<Permission>>();
const setOf = (role: Role): ReadonlySet<Permission> => {
  const known = permissionSets.get(role) ?? new Set(permissionsOf(role));
  permissionSets.set(role, known);
  return known;
};

/** Held somewhere? The row rule answers "here?". */
export const holds = (caller: Caller, permission: Permission): boolean =>
  everybody.has(permission) || caller.grants.some((grant) => setOf(grant.role).has(permission));

export const grantsWith = (caller: Caller, permission: Permission): Grant[] =>
  caller.grants.filter((grant) => setOf(grant.role).has(permission));

/** In what role somebody acts: the first granted role that may do it, else as a resident. */
export const roleFor = (caller: Caller, permission: Permission, gridId?: string): Role => {
  const fitting = grantsWith(caller, permission);
  const here = fitting.find(
    (grant) => gridId && grant.grids.some((grid) => caller.reference.tree.isWithin(gridId, grid.id)),
  );
  return here?.role ?? fitting[0]?.role ?? 'resident';
};

export const kindNameOf = (caller: Pick<Caller, 'grants'>): string => {
  const helper = caller.grants.find((grant) => grant.role === 'helper' && grant.kind !== null);
  if (helper?.kind) return helperKinds[helper.kind];
  const first = caller.grants[0];
  return first ? roleNames[first.role] : roleNames.resident;
};
