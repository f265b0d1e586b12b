import type { z } from 'zod';
import { threeStaff } from '@sandan/shared/access/posts';
import type { NodePage } from '@sandan/shared/trees/tree.schema';
import { rankNames, tierNames, type Rank } from '@sandan/shared/trees/tree.words';
import { Problem } from '@sandan/shared/problems';
import { roleNames } from '@sandan/shared/access/roles';
import type { Caller } from '../../foundation/access/caller';
import { maskPhone } from '../../foundation/access/masking';
import { nodeSeen, type NodeRef } from '../../foundation/access/nodes';
import type { Reading } from '../../foundation/database/connect';
import type { GridNode, OrganizationNode } from '../../foundation/reference/tree';
import { phonesOf, postsOnNodes, type PostRow } from '../posts/posts.queries';
import {
  allowsOn,
  gridVacancies,
  organizationVacancies,
  presentChange,
  presentHolder,
  staffRow,
} from './trees.presenter';
import { changesOf, gridCounts, memberCount } from './trees.queries';

type Page = z.input<typeof NodePage>;

/** Throws `grid.not-found` for what is not there or outside the caller's reach. */
export async function nodePage(db: Reading, caller: Caller, node: NodeRef): Promise<Page> {
  const { tree } = caller.reference;
  if (!nodeSeen(caller, 'tree.read', node)) throw new Problem('grid.not-found');
  if (node.tree === 'grid') return gridPage(db, caller, tree.gridOf(node.nodeId));
  const organization = tree.organization(node.nodeId);
  if (!organization) throw new Problem('grid.not-found');
  return organizationPage(db, caller, organization);
}

async function common(db: Reading, caller: Caller, nodeId: string) {
  const [held, changes] = await Promise.all([postsOnNodes(db, [nodeId], caller.now), changesOf(db, nodeId)]);
  const phones = await phonesOf(
    db,
    held.map(({ personId }) => personId),
  );
  return {
    held,
    // Those who answer for the place first; helpers are many.
    holders: [...held]
      .sort((one, other) => Number(one.role === 'helper') - Number(other.role === 'helper'))
      .map((row) => presentHolder(row, caller, maskPhone(phones.get(row.personId) ?? null))),
    history: changes.map((row) => presentChange(row, caller)),
  };
}

async function gridPage(db: Reading, caller: Caller, grid: GridNode): Promise<Page> {
  const { tree } = caller.reference;
  const [{ held, holders, history }, counts] = await Promise.all([common(db, caller, grid.id), gridCounts(db, grid)]);
  // The three of a small grid may stand above it.
  const above = grid.tier === 'group' ? [grid.village, grid.town].filter((id) => id !== null) : [];
  const staff = (await postsOnNodes(db, above, caller.now)).filter(({ role }) => threeStaff.includes(role));
  const tied = tree.organizations.filter(({ gridIds }) => gridIds.includes(grid.id));
  const line = [grid.county, grid.town, grid.village].filter((id) => id !== null && id !== grid.id);
  return {
    ...{ tree: 'grid', id: grid.id, name: grid.name, tierName: tierNames[grid.tier], rank: null, code: grid.code },
    line: line.map((id) => ({ id: String(id), name: tree.grid(String(id))?.name ?? '' })),
    children: tree.children(grid.id).map(({ id, name }) => ({ id, name })),
    dutyPhone: grid.dutyPhone,
    boundaryPoints: grid.boundary ? grid.boundary.coordinates.flat().length : null,
    centre: grid.lat === null || grid.lng === null ? null : { lat: grid.lat, lng: grid.lng },
    tied: tied.map(({ id, name }) => ({ id, name })),
    counts: { ...counts, members: 0 },
    ...{ holders, history },
    vacancies: gridVacancies(grid, caller, [...held, ...staff]),
    allows: allowsOn(caller, { tree: 'grid', nodeId: grid.id }, grid.tier),
  };
}

async function organizationPage(db: Reading, caller: Caller, organization: OrganizationNode): Promise<Page> {
  const { tree } = caller.reference;
  const { id } = organization;
  const [{ holders, history }, members] = await Promise.all([common(db, caller, id), memberCount(db, id)]);
  const line = tree.organizationLine(id).slice(1).reverse();
  return {
    ...{ tree: 'party', id, name: organization.name, tierName: rankNames[organization.rank as Rank] ?? '' },
    ...{ rank: organization.rank as Rank, code: null, dutyPhone: null, boundaryPoints: null, centre: null },
    line: line.map((each) => ({ id: each, name: tree.organization(each)?.name ?? '' })),
    children: tree.organizationChildren(id).map((child) => ({ id: child.id, name: child.name })),
    tied: organization.gridIds.flatMap((gridId) => {
      const grid = tree.grid(gridId);
      return grid ? [{ id: grid.id, name: grid.name }] : [];
    }),
    counts: { households: 0, people: 0, openOrders: 0, members },
    ...{ holders, history },
    vacancies: organizationVacancies(organization, caller),
    allows: allowsOn(caller, { tree: 'party', nodeId: id }, null),
  };
}

/** 一格三员 of every small grid below, village by village. */
export async function staffOf(db: Reading, caller: Caller, gridId: string) {
  const { tree } = caller.reference;
  const top = tree.grid(gridId);
  if (!top || !nodeSeen(caller, 'tree.read', { tree: 'grid', nodeId: gridId })) throw new Problem('grid.not-found');
  const groups = tree.grids.filter(({ id, tier }) => tier === 'group' && tree.isWithin(id, top.id));
  const nodeIds = [...new Set(groups.flatMap(({ id, village, town }) => [id, village, town]))].filter(
    (id) => id !== null,
  );
  const byNode = new Map<string, PostRow[]>();
  for (const row of await postsOnNodes(db, nodeIds, caller.now)) {
    byNode.set(row.nodeId, [...(byNode.get(row.nodeId) ?? []), row]);
  }
  const villageIds = [...new Set(groups.map(({ village }) => village))].filter((id) => id !== null);
  return {
    villages: villageIds.map((id) => {
      const rows = groups.filter(({ village }) => village === id).map((grid) => staffRow(grid, byNode, caller.now));
      const lacking = (role: 'partyGuide' | 'villageLiaison' | 'gridWorker') =>
        rows.filter(({ missing }) => missing.includes(roleNames[role])).length;
      return {
        ...{ id, name: tree.gridOf(id).name, groups: rows.length },
        complete: rows.filter(({ missing }) => missing.length === 0).length,
        missing: {
          partyGuide: lacking('partyGuide'),
          villageLiaison: lacking('villageLiaison'),
          gridWorker: lacking('gridWorker'),
        },
        rows,
      };
    }),
  };
}
