import type { z } from 'zod';
import type { TreeChangeAsked } from '@sandan/shared/trees/tree.schema';
import { Problem } from '@sandan/shared/problems';
import { passPosts, type Answerable } from '../../foundation/access/other-grants';
import type { Db } from '../../foundation/database/connect';
import type { TierMove } from '../../foundation/reference/tier-tables';
import type { TierColumns } from '../../foundation/reference/tree';
import { centreOf, takeBoundary, type Boundary } from './boundary';
import { passHandovers } from './pass-handovers';
import { gridRow, hangingOnGrid, type GridRow } from './tree-rows.queries';

export type Asked = z.output<typeof TreeChangeAsked> | Adding;
export interface Adding {
  kind: 'add';
  parentId: string;
  name: string;
  code?: string | undefined;
  rank?: string | undefined;
}

/** What a change did: the fields before and after, and what has to follow in the rooms. */
export interface Done {
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
  follow: Omit<TierMove, 'line'> | null;
}

const tiers = ['county', 'town', 'village', 'group'] as const;
const below = (tier: GridRow['tier']): GridRow['tier'] | undefined => tiers[tiers.indexOf(tier) + 1];

const column = (tier: GridRow['tier']): keyof TierColumns => `${tier}Id`;
const lineOf = ({ countyId, townId, villageId, groupId }: TierColumns): TierColumns => ({
  ...{ countyId, townId, villageId, groupId },
});

/** Applies a change of the grid tree in the caller's transaction; the tree's row is locked already. Throws the `tree.…` problems. */
export async function changeGrid(db: Db, gridId: string, asked: Asked, by: Answerable): Promise<Done> {
  if (asked.kind === 'add') return addGrid(db, gridId, asked);
  const grid = await gridRow(db, gridId);
  if (!grid || grid.closedAt !== null) throw new Problem('grid.not-found');
  switch (asked.kind) {
    case 'rename':
      return setColumn(db, grid, 'name', asked.name);
    case 'recode':
      await mustBeFree(db, asked.code);
      return setColumn(db, grid, 'code', asked.code);
    case 'phone':
      return setColumn(db, grid, 'dutyPhone', asked.dutyPhone);
    case 'boundary':
      return setBoundary(db, grid, asked.boundary && takeBoundary(asked.boundary as Boundary, asked.datum));
    case 'move':
      return moveGrid(db, grid, asked.parentId);
    case 'merge':
      return mergeGrid(db, grid, asked.intoId, by);
    case 'close':
      return closeGrid(db, grid, asked.successorId, by);
    default:
      throw new Problem('tree.not-here');
  }
}

const columnNames = { name: 'name', code: 'code', dutyPhone: 'duty_phone' } as const;

async function setColumn(
  db: Db,
  grid: GridRow,
  property: keyof typeof columnNames,
  value: string | null,
): Promise<Done> {
  if (grid[property] === value) throw new Problem('tree.same');
  await db.write(`UPDATE grid SET ${columnNames[property]} = ? WHERE id = ?`, [value, grid.id]);
  return { before: { [property]: grid[property] }, after: { [property]: value }, follow: null };
}

async function mustBeFree(db: Db, code: string | undefined): Promise<void> {
  if (code === undefined) throw new Problem('tree.code-needed', { fields: { code: '请填写编码' } });
  const [taken] = await db.query('SELECT 1 FROM grid WHERE code = ?', [code]);
  if (taken) throw new Problem('tree.code-taken');
}

async function setBoundary(db: Db, grid: GridRow, boundary: Boundary | null): Promise<Done> {
  const centre = boundary && centreOf(boundary);
  await db.write('UPDATE grid SET boundary = ?, lat = COALESCE(?, lat), lng = COALESCE(?, lng) WHERE id = ?', [
    boundary && JSON.stringify(boundary),
    centre && centre.lat,
    centre && centre.lng,
    grid.id,
  ]);
  return { before: { boundary: grid.boundary }, after: { boundary }, follow: null };
}

async function addGrid(db: Db, id: string, { parentId, name, code }: Adding): Promise<Done> {
  const parent = await gridRow(db, parentId);
  if (!parent || parent.closedAt !== null) throw new Problem('tree.no-parent');
  const tier = below(parent.tier);
  if (tier === undefined) throw new Problem('tree.wrong-parent');
  await mustBeFree(db, code);
  if (await gridRow(db, id)) throw new Problem('tree.id-taken');
  const line = { ...lineOf(parent), [column(tier)]: id };
  await db.write(
    `INSERT INTO grid (id, parent_id, tier, code, name, county_id, town_id, village_id, group_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, parentId, tier, code ?? '', name, line.countyId, line.townId, line.villageId, line.groupId],
  );
  return { before: null, after: { parentId, name, code }, follow: null };
}

/** 划转: with everything below it; its parent is of the tier right above. */
async function moveGrid(db: Db, grid: GridRow, parentId: string): Promise<Done> {
  if (grid.parentId === null || grid.tier === 'county') throw new Problem('tree.top');
  if (grid.parentId === parentId) throw new Problem('tree.same');
  const parent = await gridRow(db, parentId);
  if (!parent || parent.closedAt !== null) throw new Problem('tree.no-parent');
  if (below(parent.tier) !== grid.tier) throw new Problem('tree.wrong-parent');
  await db.write('UPDATE grid SET parent_id = ? WHERE id = ?', [parentId, grid.id]);
  await relineBelow(db, grid, parent);
  const follow = { fromId: grid.id, toId: grid.id, tier: grid.tier, was: lineOf(grid) };
  const old = await gridRow(db, grid.parentId);
  const before = { parentId: grid.parentId, parentName: old?.name ?? '' };
  return { before, after: { parentId, parentName: parent.name }, follow };
}

/** The tiers above `grid` become those of `parent`, for it and for all that lies in it, closed ones too. */
async function relineBelow(db: Db, grid: GridRow, parent: TierColumns): Promise<void> {
  const above = tiers.slice(0, tiers.indexOf(grid.tier));
  await db.write(`UPDATE grid SET ${above.map((tier) => `${tier}_id = ?`).join(', ')} WHERE ${grid.tier}_id = ?`, [
    ...above.map((tier) => parent[column(tier)]),
    grid.id,
  ]);
}

/** 合并: groups, households, posts and ties go to the survivor at once, orders by the job; the old one is closed. */
async function mergeGrid(db: Db, grid: GridRow, intoId: string, by: Answerable): Promise<Done> {
  const { tier } = grid;
  if (tier !== 'village' && tier !== 'group') throw new Problem('tree.not-mergeable');
  const into = await gridRow(db, intoId);
  if (!into || into.closedAt !== null) throw new Problem('tree.no-such-target');
  if (into.tier !== tier || into.id === grid.id) throw new Problem('tree.wrong-target');
  await db.write('UPDATE grid SET parent_id = ? WHERE parent_id = ?', [into.id, grid.id]);
  await db.write('UPDATE grid SET county_id = ?, town_id = ?, village_id = ? WHERE village_id = ? AND id <> ?', [
    into.countyId,
    into.townId,
    into.villageId,
    grid.id,
    grid.id,
  ]);
  await db.write('UPDATE household SET grid_id = ? WHERE grid_id = ?', [into.id, grid.id]);
  await passPosts(db, by, grid.id, into.id);
  await passHandovers(db, grid.id, into.id);
  await passTies(db, grid.id, into.id);
  await db.write('UPDATE grid SET closed_at = ?, successor_id = ? WHERE id = ?', [by.now, into.id, grid.id]);
  const follow = { fromId: grid.id, toId: into.id, tier, was: lineOf(grid) };
  return { before: { name: grid.name }, after: { intoId, intoName: into.name }, follow };
}

async function passTies(db: Db, fromId: string, toId: string): Promise<void> {
  await db.write(
    `DELETE g FROM party_grid g JOIN party_grid s ON s.organization_id = g.organization_id AND s.grid_id = ? WHERE g.grid_id = ?`,
    [toId, fromId],
  );
  await db.write('UPDATE party_grid SET grid_id = ? WHERE grid_id = ?', [toId, fromId]);
}

/** 撤销: only when nothing living hangs on it, or with a successor, which is a merge. */
async function closeGrid(db: Db, grid: GridRow, successorId: string | null, by: Answerable): Promise<Done> {
  if (successorId !== null) return mergeGrid(db, grid, successorId, by);
  if (grid.parentId === null) throw new Problem('tree.top');
  const hanging = await hangingOnGrid(db, grid, by.now);
  if (Object.values(hanging).some((count) => count > 0)) {
    throw new Problem('tree.still-in-use', { facts: { ...hanging } });
  }
  await db.write('DELETE FROM party_grid WHERE grid_id = ?', [grid.id]);
  await db.write('UPDATE grid SET closed_at = ?, successor_id = ? WHERE id = ?', [by.now, grid.parentId, grid.id]);
  return { before: { name: grid.name }, after: { closed: true }, follow: null };
}
