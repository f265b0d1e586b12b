import type { PostTree } from '@sandan/shared/access/posts';
import type { Permission } from '@sandan/shared/access/roles';
import type { GridNode, Tree } from '../reference/tree';
import { grantsWith, type Caller, type Grant } from './caller';

/** A place in one of the two trees. */
export interface NodeRef {
  tree: PostTree;
  nodeId: string;
}

/** A post that is borrowed (代理) gives nothing on. */
export const ownGrants = (caller: Caller, permission: Permission): Grant[] =>
  grantsWith(caller, permission).filter(({ behalfOf }) => behalfOf === null);

/** Is the node within what this grant stands over, or strictly below it? */
export function grantReaches(grant: Grant, { tree, nodeId }: NodeRef, trees: Tree, strictly: boolean): boolean {
  if (tree === 'grid') return grant.grids.some((grid) => isUnder(trees, nodeId, grid, strictly));
  if (grant.tree === 'party') {
    const line = trees.organizationLine(nodeId);
    return line.includes(grant.nodeId) && !(strictly && line[0] === grant.nodeId);
  }
  // Whoever stands over grids stands over the organisations that are tied to nothing else.
  const tied = gridsOfLine(trees, nodeId);
  return tied.length > 0 && tied.every((each) => grant.grids.some((grid) => isUnder(trees, each.id, grid, strictly)));
}

const isUnder = (tree: Tree, id: string, { id: ancestorId }: GridNode, strictly: boolean): boolean =>
  tree.isWithin(id, ancestorId) && !(strictly && tree.grid(id)?.id === ancestorId);

/** The grids of the organisation, or of the nearest one above it that has any. */
function gridsOfLine(tree: Tree, organizationId: string): readonly GridNode[] {
  for (const id of tree.organizationLine(organizationId)) {
    const grids = tree.gridsOfOrganization(id);
    if (grids.length > 0) return grids;
  }
  return [];
}

/** By a post of one's own: what changes something for others. */
export const nodeReached = (caller: Caller, permission: Permission, node: NodeRef, strictly = false): boolean =>
  ownGrants(caller, permission).some((grant) => grantReaches(grant, node, caller.reference.tree, strictly));

/** Read, not changed: a stand-in sees what he stands in for. */
export const nodeSeen = (caller: Caller, permission: Permission, node: NodeRef): boolean =>
  grantsWith(caller, permission).some((grant) => grantReaches(grant, node, caller.reference.tree, false));

/** '' where there is no such node. */
export const nodeName = (tree: Tree, node: NodeRef): string =>
  (node.tree === 'grid' ? tree.grid(node.nodeId) : tree.organization(node.nodeId))?.name ?? '';

/** 碧塘村三组, 碧塘村党支部 */
export function placeName(tree: Tree, node: NodeRef): string {
  const grid = node.tree === 'grid' ? tree.grid(node.nodeId) : undefined;
  const village = grid?.tier === 'group' && grid.village ? tree.grid(grid.village)?.name : undefined;
  return `${village ?? ''}${nodeName(tree, node)}`;
}

/** The node and what is above it, from below. */
export function lineOf(tree: Tree, node: NodeRef): string[] {
  if (node.tree === 'party') return [...tree.organizationLine(node.nodeId)];
  const grid = tree.grid(node.nodeId);
  return grid ? [grid.group, grid.village, grid.town, grid.county].filter((id) => id !== null) : [];
}

/** The town whose settings hold there. */
export const townOfNode = (tree: Tree, node: NodeRef): string | null =>
  (node.tree === 'grid' ? tree.grid(node.nodeId) : tree.gridsOfOrganization(node.nodeId)[0])?.town ?? null;
