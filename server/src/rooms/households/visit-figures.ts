import type { ReplyOf } from '@sandan/shared/endpoint';
import type { visitsApi } from '@sandan/shared/households/visits.contract';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import type { GridNode, Tree } from '../../foundation/reference/tree';
import { monthOf, startOfMonth, today } from './due-dates';
import { linkNow } from './links.queries';

type Figures = ReplyOf<typeof visitsApi.figures>;
type Counts = Figures['total'];
interface CountRow extends Record<keyof Counts, number | string> {
  id: string | null;
}

/**
 * How many households were visited this month, by grid or by branch: counts only, in the order of the grids, never a
 * ranking of people (domain.md §2.2). The links carry how each household stands, so no visit is read.
 */
export async function visitFigures(
  reading: Reading,
  caller: Caller,
  { gridId, by }: { gridId: string; by: 'grid' | 'branch' },
): Promise<Figures> {
  const { tree } = caller.reference;
  const grid = gridWithin(caller, 'visit.watch', gridId);
  const within = tree.grids.filter(({ id }) => tree.isWithin(id, grid.id));
  const rows = await countRows(
    reading,
    caller.now,
    within.map(({ id }) => id),
    by,
  );
  return {
    month: monthOf(caller.now),
    total: sumOf(rows),
    rows: by === 'branch' ? branchRows(tree, rows) : gridRows(tree, grid, rows),
  };
}

const countRows = (
  reading: Reading,
  now: Date,
  gridIds: readonly string[],
  by: 'grid' | 'branch',
): Promise<CountRow[]> =>
  reading.query<CountRow>(
    `SELECT ${by === 'grid' ? 'h.grid_id' : 'm.home_organization_id'} AS id, COUNT(*) AS households,
       SUM(l.household_id IS NULL) AS unlinked,
       SUM(COALESCE(l.last_visit_at >= ? AND l.last_visit_result <> 'declined', FALSE)) AS visited,
       SUM(COALESCE(l.last_visit_at >= ? AND l.last_visit_result = 'phone', FALSE)) AS phone,
       SUM(COALESCE(l.last_tried_at >= ? AND (l.last_visit_at IS NULL OR l.last_visit_at < ?), FALSE)) AS notHome,
       SUM(COALESCE(l.last_visit_at >= ? AND l.last_visit_result = 'declined', FALSE)) AS declined,
       SUM(COALESCE(l.due_on < ?, FALSE)) AS overdue
     FROM household h LEFT JOIN household_link l ON l.household_id = h.id AND ${linkNow()}
       ${by === 'grid' ? '' : 'LEFT JOIN person m ON m.id = l.member_id'}
     WHERE h.grid_id IN (?) AND h.closed_at IS NULL GROUP BY id`,
    [...Array.from({ length: 5 }, () => startOfMonth(now)), today(now), now, now, gridIds],
  );

const names = ['households', 'unlinked', 'visited', 'phone', 'notHome', 'declined', 'overdue'] as const;

const sumOf = (rows: readonly CountRow[]): Counts =>
  Object.fromEntries(names.map((name) => [name, rows.reduce((sum, row) => sum + Number(row[name]), 0)])) as Counts;

/** The grids one tier below; of a group, the group itself. */
function gridRows(tree: Tree, grid: GridNode, rows: readonly CountRow[]): Figures['rows'] {
  const children = tree.children(grid.id);
  return (children.length > 0 ? [...children] : [grid])
    .sort((one, other) => (one.code < other.code ? -1 : 1))
    .map(({ id, name }) => ({
      id,
      name,
      ...sumOf(rows.filter((row) => row.id !== null && tree.isWithin(row.id, id))),
    }));
}

function branchRows(tree: Tree, rows: readonly CountRow[]): Figures['rows'] {
  return rows
    .map((row) => ({
      id: row.id,
      name: (row.id === null ? undefined : tree.organization(row.id)?.name) ?? '没有联系党员，或党员不在支部里',
      ...sumOf([row]),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN'));
}
