import { rolesThatExclude } from '@sandan/shared/access/exclusive-roles';
import { delegable, givingRules, postPlaces } from '@sandan/shared/access/posts';
import type { GrantedRole, HelperKind, Role } from '@sandan/shared/access/roles';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from './caller';
import { grantReaches, ownGrants, type NodeRef } from './nodes';
import type { Tree } from '../reference/tree';

/*
 * The rules by which posts are given: by hand, by a handover and by a roster alike (shared/access/posts.ts).
 */

/** May this post be given, and so ended, by the caller? As access/posts.ts says. */
export const mayGive = (caller: Caller, role: GrantedRole, node: NodeRef): boolean =>
  ownGrants(caller, 'post.give').some((grant) =>
    (givingRules[grant.role as Role] ?? []).some(
      ({ roles, where }) => roles.includes(role) && grantReaches(grant, node, caller.reference.tree, where === 'below'),
    ),
  );

/** The posts that stand on such a node at all, and that the caller may give there. */
export function rolesToGive(caller: Caller, node: NodeRef): GrantedRole[] {
  const roles = Object.keys(postPlaces) as GrantedRole[];
  return roles.filter((role) => standsOn(caller.reference.tree, role, node) && mayGive(caller, role, node));
}

export function standsOn(trees: Tree, role: GrantedRole, { tree, nodeId }: NodeRef): boolean {
  const place = postPlaces[role];
  if (place.tree !== tree) return false;
  if (tree === 'party') return trees.organization(nodeId) !== undefined;
  const grid = trees.grid(nodeId);
  return grid !== undefined && place.tiers.includes(grid.tier);
}

/** What a person holds, as far as it stands in the way of another post. */
export interface HeldPost extends Pick<NodeRef, 'nodeId'> {
  role: GrantedRole;
  kind: HelperKind | null;
}

/** Throws `post.held-already`, `post.apart`. */
export function mustFit(held: readonly HeldPost[], wanted: HeldPost): void {
  const same = ({ role, kind, nodeId }: HeldPost) =>
    role === wanted.role && kind === wanted.kind && nodeId === wanted.nodeId;
  if (held.some(same)) throw new Problem('post.held-already');
  const not = rolesThatExclude(wanted.role);
  if (held.some(({ role }) => not.includes(role))) throw new Problem('post.apart');
}

export const mayDelegate = (role: Role): boolean => (delegable as readonly Role[]).includes(role);
