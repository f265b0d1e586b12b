import { permissionsOf, type HelperKind, type Permission, type Role } from '@sandan/shared/access/roles';
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
  /** 代理: whose post it is, while he is away. */
  behalfOf: { personId: string; name: string } | null;
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
  /** 照看: the households elsewhere that let him see and order for them. */
  caresFor: readonly string[];
  awayUntil: Date | null;
  largeType: boolean;
  /** YYYY-MM-DD; the last day of the year where the roster knows only that (childhood.ts). */
  bornOn: string | null;
  /** Version of the privacy notice agreed to; 0: none. */
  agreedNotice: number;
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

/** By which grant somebody acts: the first that may do it and reaches the place; own posts stand before borrowed ones. */
function grantFor(caller: Caller, permission: Permission, nodeId?: string): Grant | undefined {
  const fitting = grantsWith(caller, permission);
  if (nodeId === undefined) return fitting[0];
  const { tree } = caller.reference;
  const line = tree.organizationLine(nodeId);
  const isHere = (grant: Grant) =>
    line.length > 0 ? line.includes(grant.nodeId) : grant.grids.some((grid) => tree.isWithin(nodeId, grid.id));
  return fitting.find(isHere) ?? fitting[0];
}

/** In what role somebody acts: that of the grant, else as a resident. */
export const roleFor = (caller: Caller, permission: Permission, nodeId?: string): Role =>
  grantFor(caller, permission, nodeId)?.role ?? 'resident';

/** As whom the record knows him: 李晓峰 代 王国栋 where the post is another's (代理, domain.md §7). */
export function nameFor(caller: Caller, permission: Permission, nodeId?: string): ActingName {
  const behalf = grantFor(caller, permission, nodeId)?.behalfOf ?? null;
  if (behalf === null) return { actorName: caller.name, onBehalfId: null };
  return { actorName: `${caller.name} 代 ${behalf.name}`.slice(0, longestName), onBehalfId: behalf.personId };
}
/** Who did it, as a row of history says: himself, in the post by which he may, or for whom he stands in. */
export const actorOf = (caller: Caller, permission: Permission, nodeId?: string): Actor => ({
  ...{ actorId: caller.personId, actorRole: roleFor(caller, permission, nodeId) },
  ...nameFor(caller, permission, nodeId),
});
export interface Actor extends ActingName {
  actorId: string;
  actorRole: Role;
}

/** As history keeps it. */
const longestName = 40;
export interface ActingName {
  actorName: string;
  onBehalfId: string | null;
}
