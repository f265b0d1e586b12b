import { Problem } from '@sandan/shared/problems';
import { passPosts, type Answerable } from '../../foundation/access/other-grants';
import type { Db } from '../../foundation/database/connect';
import { passHandovers } from './pass-handovers';
import { gridRow, hangingOnOrganization, organizationRow, type OrganizationRow } from './tree-rows.queries';
import type { Adding, Asked, Done } from './change-grid';

/** Applies a change of the organisation tree; `party_ancestor` stays its closure. The tree's row is locked already. */
export async function changeOrganization(db: Db, id: string, asked: Asked, by: Answerable): Promise<Done> {
  if (asked.kind === 'add') return addOrganization(db, id, asked);
  const organization = await organizationRow(db, id);
  if (!organization || organization.closedAt !== null) throw new Problem('grid.not-found');
  switch (asked.kind) {
    case 'rename':
      return setColumn(db, organization, 'name', asked.name);
    case 'rank':
      return setColumn(db, organization, 'rank', asked.rank);
    case 'move':
      return moveOrganization(db, organization, asked.parentId);
    case 'tie':
      return tie(db, organization, asked.gridId, by.now);
    case 'untie':
      return untie(db, organization, asked.gridId);
    case 'close':
      return closeOrganization(db, organization, asked.successorId, by);
    default:
      throw new Problem('tree.not-here');
  }
}

const columnNames = { name: 'name', rank: 'org_rank' } as const;

async function setColumn(
  db: Db,
  organization: OrganizationRow,
  property: keyof typeof columnNames,
  value: string,
): Promise<Done> {
  if (organization[property] === value) throw new Problem('tree.same');
  await db.write(`UPDATE party_organization SET ${columnNames[property]} = ? WHERE id = ?`, [value, organization.id]);
  return { before: { [property]: organization[property] }, after: { [property]: value }, follow: null };
}

async function livingParent(db: Db, parentId: string): Promise<OrganizationRow> {
  const parent = await organizationRow(db, parentId);
  if (!parent || parent.closedAt !== null) throw new Problem('tree.no-parent');
  return parent;
}

async function addOrganization(db: Db, id: string, { parentId, name, rank }: Adding): Promise<Done> {
  if (rank === undefined) throw new Problem('tree.rank-needed', { fields: { rank: '请选择层级' } });
  await livingParent(db, parentId);
  if (await organizationRow(db, id)) throw new Problem('tree.id-taken');
  await db.write('INSERT INTO party_organization (id, parent_id, org_rank, name) VALUES (?, ?, ?, ?)', [
    ...[id, parentId, rank, name],
  ]);
  await db.write('INSERT INTO party_ancestor (ancestor_id, descendant_id, depth) VALUES (?, ?, 0)', [id, id]);
  await hangUnder(db, id, parentId);
  return { before: null, after: { parentId, name, rank }, follow: null };
}

/** Every ancestor of the parent becomes one of everything in the subtree. */
const hangUnder = (db: Db, id: string, parentId: string): Promise<number> =>
  db.write(
    `INSERT INTO party_ancestor (ancestor_id, descendant_id, depth)
     SELECT up.ancestor_id, down.descendant_id, up.depth + down.depth + 1
     FROM party_ancestor up JOIN party_ancestor down ON down.ancestor_id = ? WHERE up.descendant_id = ?`,
    [id, parentId],
  );

async function moveOrganization(db: Db, organization: OrganizationRow, parentId: string): Promise<Done> {
  const { id } = organization;
  if (organization.parentId === null) throw new Problem('tree.top');
  if (organization.parentId === parentId) throw new Problem('tree.same');
  const [parent, old] = [await livingParent(db, parentId), await organizationRow(db, organization.parentId)];
  const [below] = await db.query('SELECT 1 FROM party_ancestor WHERE ancestor_id = ? AND descendant_id = ?', [
    ...[id, parentId],
  ]);
  if (below) throw new Problem('tree.wrong-parent');
  await leaveAncestors(db, id);
  await db.write('UPDATE party_organization SET parent_id = ? WHERE id = ?', [parentId, id]);
  await hangUnder(db, id, parentId);
  const before = { parentId: organization.parentId, parentName: old?.name ?? '' };
  return { before, after: { parentId, parentName: parent.name }, follow: null };
}

const leaveAncestors = (db: Db, id: string): Promise<number> =>
  db.write(
    `DELETE up FROM party_ancestor up JOIN party_ancestor down ON down.descendant_id = up.descendant_id
     WHERE down.ancestor_id = ?
       AND up.ancestor_id NOT IN (SELECT * FROM (SELECT inside.descendant_id FROM party_ancestor inside WHERE inside.ancestor_id = ?) own)`,
    [id, id],
  );

async function tie(db: Db, { id }: OrganizationRow, gridId: string, now: Date): Promise<Done> {
  const grid = await gridRow(db, gridId);
  if (!grid || grid.closedAt !== null) throw new Problem('tree.no-such-target');
  const [known] = await db.query('SELECT 1 FROM party_grid WHERE organization_id = ? AND grid_id = ?', [id, gridId]);
  if (known) throw new Problem('tree.same');
  await db.write('INSERT INTO party_grid (organization_id, grid_id, starts_at) VALUES (?, ?, ?)', [id, gridId, now]);
  return { before: null, after: { gridId, gridName: grid.name }, follow: null };
}

async function untie(db: Db, { id }: OrganizationRow, gridId: string): Promise<Done> {
  const gone = await db.write('DELETE FROM party_grid WHERE organization_id = ? AND grid_id = ?', [id, gridId]);
  if (gone === 0) throw new Problem('tree.same');
  const grid = await gridRow(db, gridId);
  return { before: { gridId, gridName: grid?.name ?? '' }, after: {}, follow: null };
}

/** 撤销支部: its members, posts, ties, the organisations below it and what is still promised go to the one that is named. */
async function closeOrganization(
  db: Db,
  organization: OrganizationRow,
  successorId: string | null,
  by: Answerable,
): Promise<Done> {
  const { id, parentId, name } = organization;
  if (parentId === null) throw new Problem('tree.top');
  if (successorId === null) {
    const hanging = await hangingOnOrganization(db, id, by.now);
    if (Object.values(hanging).some((count) => count > 0)) {
      throw new Problem('tree.still-in-use', { facts: { ...hanging } });
    }
    await db.write('DELETE FROM party_grid WHERE organization_id = ?', [id]);
  } else {
    await passOrganization(db, id, successorId, by);
  }
  await db.write('UPDATE party_organization SET closed_at = ?, successor_id = ? WHERE id = ?', [
    ...[by.now, successorId ?? parentId, id],
  ]);
  return { before: { name }, after: { successorId }, follow: null };
}

async function passOrganization(db: Db, id: string, successorId: string, by: Answerable): Promise<void> {
  const successor = await organizationRow(db, successorId);
  if (!successor || successor.closedAt !== null) throw new Problem('tree.no-such-target');
  const [below] = await db.query('SELECT 1 FROM party_ancestor WHERE ancestor_id = ? AND descendant_id = ?', [
    ...[id, successorId],
  ]);
  if (below) throw new Problem('tree.wrong-target');
  const children = await db.query<{ id: string }>(
    'SELECT id FROM party_organization WHERE parent_id = ? AND closed_at IS NULL',
    [id],
  );
  for (const child of children) {
    await leaveAncestors(db, child.id);
    await db.write('UPDATE party_organization SET parent_id = ? WHERE id = ?', [successorId, child.id]);
    await hangUnder(db, child.id, successorId);
  }
  await db.write('UPDATE person SET home_organization_id = ? WHERE home_organization_id = ?', [successorId, id]);
  await passPosts(db, by, id, successorId);
  await passHandovers(db, id, successorId);
  await db.write(
    'DELETE g FROM party_grid g JOIN party_grid s ON s.grid_id = g.grid_id AND s.organization_id = ? WHERE g.organization_id = ?',
    [successorId, id],
  );
  await db.write('UPDATE party_grid SET organization_id = ? WHERE organization_id = ?', [successorId, id]);
  // Each counted once, where it was published (domain.md §5.1): only what is still open passes on.
  for (const column of ['organization_id', 'review_organization_id', 'dispute_organization_id']) {
    await db.write(`UPDATE commitment SET ${column} = ? WHERE ${column} = ? AND stage IN ('open', 'working')`, [
      successorId,
      id,
    ]);
  }
}
