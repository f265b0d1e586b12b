import { createHash } from 'node:crypto';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { Tree } from '../../foundation/reference/tree';
import type { MadeChange, TreeWriter } from '../../foundation/reference/tree-writer';
import type { Roster, RosterScope, Unit } from '../../foundation/rosters/roster';
import { hangingOnOrganization, type HangingOnOrganization } from '../trees/tree-rows.queries';
import { planOrganization, type FoundForOrganizations, type OrganizationWork } from './organization-roster-plan';
import {
  closedNames,
  countMissingOrganizations,
  deepestFirst,
  missingOrganizations,
  organizationsByName,
  type FoundOrganization,
} from './organization-roster.queries';
import { organizationColumns, readOrganizationRow, type OrganizationRow } from './organization-row';
import { PartyAncestor, PartyGrid, PartyOrganization } from './party-organization.entity';

/** 党组织名册, by name. One that moves takes those below it along: an act of its own, not done by a file. */
export const organizationRoster = (trees: TreeWriter): Roster<OrganizationRow, OrganizationWork> => ({
  kind: 'organizations',
  columns: organizationColumns,
  asOne: 20_000,
  changesTree: true,
  read: readOrganizationRow,
  keyOf: ({ name }) => name && createHash('sha256').update(name).digest('hex'),
  plan: async (db, scope, units, lock) => {
    const found = await findFor(db, units, { lock, now: scope.now });
    return units.map((unit) => planOrganization(unit, found, scope));
  },
  apply: (db, scope, plans) =>
    applyOrganizations(
      db,
      scope,
      plans.map(({ work }) => work),
      trees,
    ),
  missing: missingOrganizations,
  countMissing: countMissingOrganizations,
});

async function findFor(
  db: Reading,
  units: readonly Unit<OrganizationRow>[],
  { lock, now }: { lock: boolean; now: Date },
): Promise<FoundForOrganizations> {
  const values = units.flatMap(({ rows }) => rows.map(({ value }) => value));
  const names = [...new Set(values.flatMap(({ name, parent }) => [name ?? [], parent ?? []].flat()))];
  const byName = new Map<string, FoundOrganization[]>();
  for (const each of await organizationsByName(db, names, lock))
    byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  const inFile = new Map(values.flatMap((value) => (value.name === null ? [] : [[value.name, value] as const])));
  const closing = [...inFile].flatMap(([name, { closes }]) => (closes ? [name] : []));
  const hanging = new Map<string, HangingOnOrganization>();
  for (const { id } of closing.flatMap((name) => byName.get(name) ?? []))
    hanging.set(id, await hangingOnOrganization(db, id, now));
  return { byName, inFile, hanging, closed: await closedNames(db, closing) };
}

async function applyOrganizations(
  db: Db,
  { caller, tree }: RosterScope,
  given: readonly OrganizationWork[],
  trees: TreeWriter,
): Promise<void> {
  const works = given.map((work) => ({ ...work, organizationId: work.id ?? newId() }));
  const added = works.filter(({ id }) => id === null);
  const idByName = new Map(works.map(({ name, organizationId }) => [name, organizationId]));
  const parents = added.flatMap(({ parent }) => parent ?? []);
  for (const { id, name } of await organizationsByName(db, [...new Set(parents)], true)) idByName.set(name, id);
  const parentOf = new Map(
    added.map(({ organizationId, parent }) => [
      organizationId,
      parent === null ? null : (idByName.get(parent) ?? null),
    ]),
  );
  await db.insert(
    PartyOrganization,
    added.map(({ organizationId, name, rank }) => ({
      id: organizationId,
      name,
      rank,
      parentId: parentOf.get(organizationId) ?? null,
    })),
  );
  await addAncestors(db, parentOf);
  await db.insert(
    PartyGrid,
    works.flatMap(({ organizationId, addGrids }) =>
      addGrids.map((gridId) => ({ organizationId, gridId, startsAt: caller.now })),
    ),
  );
  for (const { id, rank, wasRank } of works)
    if (wasRank !== null) await db.write('UPDATE party_organization SET org_rank = ? WHERE id = ?', [rank, id]);
  const changes = works.flatMap((work) => changesOf(work, parentOf.get(work.organizationId) ?? null, tree));
  await trees.noteChanges(db, caller, 'party', changes);
  const closing = works.flatMap(({ id, closes }) => (id !== null && closes ? [id] : []));
  await trees.closeNodes(db, caller, 'party', await deepestFirst(db, closing));
}

/** As the history tells them, each kind apart. */
function changesOf(
  { id, organizationId: nodeId, name, rank, wasRank, addGrids }: OrganizationWork & { organizationId: string },
  parentId: string | null,
  tree: Tree,
): MadeChange[] {
  const added = { nodeId, kind: 'add', before: null, after: { parentId, name, rank } } as const;
  const ranked = { nodeId, kind: 'rank', before: { rank: wasRank }, after: { rank } } as const;
  const ties = addGrids.map((gridId): MadeChange => ({
    ...{ nodeId, kind: 'tie', before: null, after: { gridId, gridName: tree.grid(gridId)?.name ?? '' } },
  }));
  return [...(id === null ? [added] : []), ...(wasRank === null ? [] : [ranked]), ...ties];
}

/** Each new one is its own ancestor, and has its parent's, one step further. */
async function addAncestors(db: Db, parentOf: ReadonlyMap<string, string | null>): Promise<void> {
  const tops = [...new Set([...parentOf.values()])].filter((id) => id !== null && !parentOf.has(id)) as string[];
  const known =
    tops.length === 0
      ? []
      : await db.query<PartyAncestor>(
          'SELECT ancestor_id AS ancestorId, descendant_id AS descendantId, depth FROM party_ancestor WHERE descendant_id IN (?)',
          [tops],
        );
  const lineOf = (id: string): PartyAncestor[] => {
    if (!parentOf.has(id)) return known.filter(({ descendantId }) => descendantId === id);
    const parent = parentOf.get(id) ?? null;
    const above = parent === null ? [] : lineOf(parent);
    return [
      { ancestorId: id, descendantId: id, depth: 0 },
      ...above.map(({ ancestorId, depth }) => ({ ancestorId, descendantId: id, depth: depth + 1 })),
    ];
  };
  await db.insert(PartyAncestor, [...parentOf.keys()].flatMap(lineOf));
}
