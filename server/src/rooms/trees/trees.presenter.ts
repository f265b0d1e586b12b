import type { z } from 'zod';
import { threeStaff } from '@sandan/shared/access/posts';
import { helperKinds, roleNames, type GrantedRole } from '@sandan/shared/access/roles';
import type { Holder, NodePage, OutlineNode, StaffRow, TreeChange } from '@sandan/shared/trees/tree.schema';
import { changeNames, changeStates, rankNames, tierNames, type Rank } from '@sandan/shared/trees/tree.words';
import { problems, type ProblemCode } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { nodeReached, nodeSeen, type NodeRef } from '../../foundation/access/nodes';
import { deskRole } from '../../foundation/reference/offices';
import type { GridNode, OrganizationNode, Tree } from '../../foundation/reference/tree';
import type { PostRow } from '../posts/posts.queries';
import type { TreeChangeRow } from './tree-change.entity';

export type ChangeReply = z.input<typeof TreeChange>;

const textOf = (value: unknown): string => (typeof value === 'string' && value !== '' ? value : '没有');
const pointsOf = (boundary: unknown): string => {
  const rings = (boundary as { coordinates?: unknown[][] } | null)?.coordinates;
  return rings ? `${rings.flat().length} 个点` : '没有边界';
};

const placeOf = (facts: Record<string, unknown> | null): string =>
  typeof facts?.['lng'] === 'number' ? `${facts['lng']}, ${String(facts['lat'])}` : '没有';

/** 碧塘村 → 碧塘社区: what it was and what it became, in the names of that day. */
function wordsOf({ kind, asked, before, after }: TreeChangeRow, tree: Tree): string {
  const nameOf = (id: unknown) => (tree.grid(String(id)) ?? tree.organization(String(id)))?.name ?? '';
  const wanted = { ...asked, ...after };
  switch (kind) {
    case 'add':
      return textOf(asked['name']);
    case 'rename':
      return `${before ? `${textOf(before['name'])} → ` : ''}${textOf(wanted['name'])}`;
    case 'recode':
      return `${before ? `${textOf(before['code'])} → ` : ''}${textOf(wanted['code'])}`;
    case 'phone':
      return `${before ? `${textOf(before['dutyPhone'])} → ` : ''}${textOf(wanted['dutyPhone'])}`;
    case 'boundary':
      return `${before ? `${pointsOf(before['boundary'])} → ` : ''}${pointsOf(wanted['boundary'])}`;
    case 'centre':
      return `${placeOf(before)} → ${placeOf(after)}`;
    case 'rank':
      return `${before ? `${rankNames[before['rank'] as Rank]} → ` : ''}${rankNames[wanted['rank'] as Rank]}`;
    case 'move':
      return `${before ? `从${textOf(before['parentName'])}` : ''}划到${textOf(wanted['parentName'] ?? nameOf(asked['parentId']))}`;
    case 'merge':
      return `${before ? textOf(before['name']) : ''}并入${textOf(wanted['intoName'] ?? nameOf(asked['intoId']))}`;
    case 'close':
      if (!asked['successorId']) return textOf(before?.['name']);
      return `${before ? textOf(before['name']) : ''}并入${textOf(nameOf(asked['successorId']))}`;
    case 'tie':
    case 'untie':
      return textOf(wanted['gridName'] ?? before?.['gridName'] ?? nameOf(asked['gridId']));
  }
}

export function presentChange(row: TreeChangeRow, caller: Caller): ChangeReply {
  const parentId = row.kind === 'add' ? String(row.asked['parentId']) : row.nodeId;
  const mayCancel = row.state === 'planned' && nodeReached(caller, 'tree.change', { tree: row.tree, nodeId: parentId });
  return {
    ...{ id: row.id, kind: row.kind, kindName: changeNames[row.kind], state: row.state },
    ...{ stateName: changeStates[row.state], words: wordsOf(row, caller.reference.tree), reason: row.reason },
    ...{ effectiveAt: row.effectiveAt.toISOString(), sinceDay: row.sinceDay, at: row.at.toISOString() },
    ...{ by: row.byName, byRole: roleNames[row.byRole as GrantedRole] ?? '' },
    trouble: row.trouble && (problems[row.trouble as ProblemCode]?.[1] ?? row.trouble),
    following: row.after?.['follow'] ? { moved: row.moved, done: row.movedAt !== null } : null,
    allows: mayCancel ? ['cancel'] : [],
  };
}

export const presentHolder = (row: PostRow, { now }: Caller, phone: string | null): z.input<typeof Holder> => ({
  ...{ postId: row.id, personId: row.personId, name: row.personName, phone, role: row.role },
  ...{ roleName: roleNames[row.role], kindName: row.kind ? helperKinds[row.kind] : null },
  ...{ until: row.endsAt?.toISOString() ?? null, coming: row.startsAt > now, behalfOf: row.behalfName },
  ...{ away: row.awayUntil !== null && row.awayUntil > now, disabled: row.disabledAt !== null },
});

type Vacancy = z.input<typeof NodePage>['vacancies'][number];

/** 空缺 of a grid: its desk, and of a small grid its lead and the three of 一格三员. */
export function gridVacancies(grid: GridNode, { reference, now }: Caller, held: readonly PostRow[]): Vacancy[] {
  const { tree, offices } = reference;
  if (grid.tier === 'group') {
    const isHeld = (role: GrantedRole) => held.some((row) => row.role === role && isServing(row, now));
    const lead: GrantedRole[] = isHeld('smallGridLead') ? [] : ['smallGridLead'];
    return [...lead, ...threeStaff.filter((role) => !isHeld(role))].map((role) => ({
      ...{ roleName: roleNames[role], servedBy: null },
    }));
  }
  const kinds = grid.tier === 'town' ? (['desk', 'discipline'] as const) : (['desk'] as const);
  return kinds.flatMap((kind) => {
    const role = deskRole(grid.tier, kind);
    if (grid.tier === 'county' || offices.isManned(grid.id, role, now)) return [];
    const serving = offices.deskServing(grid.id, kind, now);
    return [{ roleName: roleNames[role], servedBy: serving === grid.id ? null : (tree.grid(serving)?.name ?? null) }];
  });
}

export function organizationVacancies({ id }: OrganizationNode, { reference, now }: Caller): Vacancy[] {
  if (reference.offices.isManned(id, 'partySecretary', now)) return [];
  const serving = reference.offices.secretaryServing(id, now);
  const servedBy = serving === id ? null : (reference.tree.organization(serving)?.name ?? null);
  return [{ roleName: roleNames.partySecretary, servedBy }];
}

const isServing = ({ startsAt, endsAt, disabledAt }: PostRow, now: Date): boolean =>
  disabledAt === null && startsAt <= now && (endsAt === null || endsAt > now);

type Allowed = z.input<typeof NodePage>['allows'];

/** What may be done with the node at all; the server judges each again. */
export function allowsOn(caller: Caller, node: NodeRef, tier: GridNode['tier'] | null): Allowed {
  const changes = nodeReached(caller, 'tree.change', node);
  const above = nodeReached(caller, 'tree.change', node, true);
  const giving = nodeReached(caller, 'post.give', node) ? (['give'] as const) : [];
  const handing = nodeReached(caller, 'handover.prepare', node) ? (['handOver'] as const) : [];
  if (!changes) return [...giving, ...handing];
  const isGrid = tier !== null;
  const here: Allowed = isGrid
    ? [...(tier === 'group' ? [] : (['add'] as const)), 'rename', 'phone', 'boundary']
    : ['add', 'rename', 'rank', 'tie', 'untie'];
  const mergeable = tier === 'village' || tier === 'group';
  const fromAbove: Allowed = isGrid
    ? ['recode', 'move', ...(mergeable ? (['merge'] as const) : []), 'close']
    : ['move', 'close'];
  return [...here, ...(above ? fromAbove : []), ...giving, ...handing];
}

/** The grids and organisations that the caller reads, each with its mark of 空缺. */
export function outlineOf(caller: Caller, which: 'grid' | 'party'): z.input<typeof OutlineNode>[] {
  const { tree, offices } = caller.reference;
  const { now } = caller;
  if (which === 'party') {
    return tree.organizations
      .filter(({ id }) => nodeSeen(caller, 'tree.read', { tree: which, nodeId: id }))
      .map(({ id, parentId, name, rank }) => ({
        ...{ id, parentId, name, tierName: rankNames[rank as Rank] ?? '', code: null },
        vacant: !offices.isManned(id, 'partySecretary', now),
      }));
  }
  return tree.grids
    .filter(({ id }) => nodeSeen(caller, 'tree.read', { tree: which, nodeId: id }))
    .map(({ id, parentId, name, tier, code }) => ({
      ...{ id, parentId, name, tierName: tierNames[tier], code },
      vacant: (tier === 'village' || tier === 'town') && !offices.isManned(id, deskRole(tier, 'desk'), now),
    }));
}

/** One small grid's three: the guide and the official may stand above it and serve several. */
export function staffRow(
  grid: GridNode,
  byNode: ReadonlyMap<string, readonly PostRow[]>,
  now: Date,
): z.input<typeof StaffRow> {
  const line = [grid.id, grid.village, grid.town].filter((id) => id !== null);
  const names = (role: GrantedRole, nodes: readonly string[]): string[] => {
    const held = nodes.flatMap((id) => byNode.get(id) ?? []).filter((row) => row.role === role && isServing(row, now));
    return [...new Set(held.map(({ personName }) => personName))];
  };
  const found = {
    partyGuide: names('partyGuide', line),
    villageLiaison: names('villageLiaison', line),
    gridWorker: names('gridWorker', [grid.id]),
  };
  const missing = threeStaff.filter((role) => found[role as keyof typeof found].length === 0);
  return {
    gridId: grid.id,
    name: grid.name,
    code: grid.code,
    ...found,
    missing: missing.map((role) => roleNames[role]),
  };
}
