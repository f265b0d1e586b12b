import type { QueryOf } from '@sandan/shared/endpoint';
import { stageOf, type Stage } from '@sandan/shared/lifecycle';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import type { Permission } from '@sandan/shared/access/roles';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { gridsWith, tierLists, type TierList } from '../../foundation/access/reach';
import { homeVillageOf } from '../../foundation/access/rule-reach';
import { whereOf, type Where } from '../../foundation/access/rule-where';
import { decodeCursor, encodeCursor } from '../../foundation/database/cursor';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import { likeOf } from '../../foundation/database/like';
import type { GridNode } from '../../foundation/reference/tree';
import { loadPage, type OrderRecord } from './order-record';
import { deskListRule, orderSource, publicRule, searchRule } from './orders.policy';

export type ListQuery = QueryOf<(typeof ordersApi)['list']>;

export interface Listed {
  records: OrderRecord[];
  nextCursor: string | null;
}

/** How a list is ordered: newest placed first, or what is due first. */
interface Order {
  by: 'placed' | 'due';
  sql: string;
}
const newestFirst: Order = { by: 'placed', sql: 'placed_at DESC, id DESC' };
const dueFirst: Order = { by: 'due', sql: 'due_at, id' };

const part = (sql: string, ...values: SqlValue[]): Where => ({ sql, values });

const both = (one: Where, others: readonly Where[]): Where => ({
  sql: [one, ...others].map(({ sql }) => sql).join(' AND '),
  values: [one, ...others].flatMap(({ values }) => values),
});

const fiveDays = 5 * 24 * 60 * 60_000;

/** 待回访: those who have not answered after five days, or cannot tap at all. The badge counts what the list shows. */
export const waitsForCall = ({ now }: Caller): Where =>
  part("o.state = 'reported' AND (o.requester_id IS NULL OR o.reported_at <= ?)", new Date(now.getTime() - fiveDays));

/** Stage, state, category, lateness: filters every scope knows. */
function filtersOf(query: ListQuery, caller: Caller): Where[] {
  return [
    ...(query.stage ? [part('o.stage = ?', query.stage)] : []),
    ...(query.status ? [part('o.state = ?', query.status)] : []),
    ...(query.categoryId ? [part('o.category_id = ?', query.categoryId)] : []),
    ...(query.overdue ? [part("o.due_at < ? AND o.stage IN ('open', 'working')", caller.now)] : []),
    ...(query.toCallBack ? [waitsForCall(caller)] : []),
  ];
}

/** By words, in the columns that the caller reads there: whoever could search the others would read them too. */
const searched = ({ q }: ListQuery, ...columns: ('title' | 'words' | 'public_summary')[]): Where[] =>
  q === undefined
    ? []
    : [part(`(${columns.map((column) => `o.${column} LIKE ?`).join(' OR ')})`, ...columns.map(() => likeOf(q)))];

/** Title and words of what is mine; a title that a person has hidden is read by the desk alone. */
const searchedIn = ({ q }: ListQuery, readable: string): Where[] =>
  q === undefined
    ? []
    : [part(`(o.summary_held < 2 AND o.title LIKE ? OR ${readable} AND o.words LIKE ?)`, likeOf(q), likeOf(q))];

function gridFilter(query: ListQuery, caller: Caller): Where[] {
  if (!query.gridId) return [];
  const grid = caller.reference.tree.grid(query.gridId);
  if (!grid) throw new Problem('grid.not-found');
  return [part(`o.${grid.tier}_id = ?`, grid.id)];
}

/** Written so that the server makes a range of it (decisions.md §2.3). */
function afterCursor(order: Order, key: readonly [Date, string] | undefined): Where[] {
  if (!key) return [];
  const [at, id] = key;
  return order.by === 'placed'
    ? [part('o.placed_at <= ? AND (o.placed_at < ? OR o.id < ?)', at, at, id)]
    : [part('o.due_at >= ? AND (o.due_at > ? OR o.id > ?)', at, at, id)];
}

const identityOf = ({ cursor: _cursor, limit: _limit, ...filters }: ListQuery) => filters;

/**
 * One branch per grant and stage, each walking its own index to the first rows, then the union of their ids; everything
 * else is joined afterwards (decisions.md §2.2). Never OR across two indexes.
 */
async function page(db: Reading, query: ListQuery, branches: Where[], shared: Where[], order: Order): Promise<Listed> {
  if (branches.length === 0) return { records: [], nextCursor: null };
  const key = decodeCursor(query.cursor, identityOf(query), ['time', 'id']);
  const common = [...shared, ...afterCursor(order, key)];
  const limit = query.limit + 1;
  const sortColumn = order.by === 'placed' ? 'placed_at' : 'due_at';
  const branchSql = branches.map(({ sql }) => {
    const where = [sql, ...common.map((each) => each.sql)].join(' AND ');
    const orderBy = order.by === 'placed' ? 'o.placed_at DESC, o.id DESC' : 'o.due_at, o.id';
    return `(SELECT o.id, o.${sortColumn} FROM service_order o WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit})`;
  });
  const values = branches.flatMap((branch) => [...branch.values, ...common.flatMap((each) => each.values)]);
  const union = `${branchSql.join(' UNION DISTINCT ')} ORDER BY ${order.sql} LIMIT ${limit}`;
  const found = await loadPage(db, union, values);
  const records = found.slice(0, query.limit);
  const last = records.at(-1);
  const more = found.length > query.limit && last !== undefined;
  const lastAt = last && (order.by === 'placed' ? last.placedAt : last.dueAt);
  return { records, nextCursor: more && lastAt ? encodeCursor([lastAt, last.id], identityOf(query)) : null };
}

const joinedAs = (kind: 'merged' | 'meToo', { personId }: Caller): Where =>
  part('o.id IN (SELECT y.order_id FROM order_party y WHERE y.person_id = ? AND y.kind = ?)', personId, kind);

/** 我的单子: placed by me, for me, of a house I care for, with mine merged into it; and where I said 我也是, as long as the village reads of it. */
export function listMine(db: Reading, caller: Caller, query: ListQuery): Promise<Listed> {
  const inMine = searchedIn(query, 'TRUE');
  // 正在审核: whoever could search what he does not read yet would read it too.
  const inOthers = searchedIn(query, 'o.words_held = 0');
  const inPublic = searched(query, 'public_summary');
  const open = part("o.visibility <> 'confidential'");
  const branches = [
    both(part('o.requester_id = ?', caller.personId), inMine),
    both(part('o.beneficiary_id = ?', caller.personId), [open, ...inOthers]),
    ...(caller.caresFor.length === 0
      ? []
      : [both(part('o.household_id IN (?)', caller.caresFor), [open, ...inOthers])]),
    both(joinedAs('merged', caller), [open, ...inOthers]),
    both(joinedAs('meToo', caller), [whereOf(publicRule, caller, orderSource), ...inPublic]),
  ];
  return page(db, query, branches, [...filtersOf(query, caller), ...gridFilter(query, caller)], newestFirst);
}

/** Grants below another grant with the same permission say nothing new; beyond 16 they become one list per tier. */
export function reachOf(caller: Caller, under?: GridNode): TierList[] {
  const { tree } = caller.reference;
  const reading: Permission[] = ['order.desk', 'order.read', 'order.readAffairs'];
  const grids = reading.flatMap((permission) => gridsWith(caller, permission));
  return tierLists(under === undefined ? grids : narrowed(grids, under, caller), tree);
}

function narrowed(grids: GridNode[], under: GridNode, caller: Caller): GridNode[] {
  const { tree } = caller.reference;
  if (grids.some((grid) => tree.isWithin(under.id, grid.id))) return [under];
  return grids.filter((grid) => tree.isWithin(grid.id, under.id));
}

const runningStages: Stage[] = ['open', 'working'];

/**
 * 工作台: what my desks and posts reach. Running orders by due time, on the desk's grid; ended ones newest first, by
 * place. The row rule keeps confidential orders and one's own affairs out, in SQL.
 */
export function listDesk(db: Reading, caller: Caller, query: ListQuery): Promise<Listed> {
  const under = query.gridId ? caller.reference.tree.grid(query.gridId) : undefined;
  if (query.gridId && !under) throw new Problem('grid.not-found');
  const stages = stagesOf(query);
  const running = stages.every((stage) => runningStages.includes(stage));
  const reach = reachOf(caller, under);
  const branches = reach.flatMap(({ tier, ids }) => {
    const list = ids.map(() => '?').join(', ');
    if (query.status) return branchesFor(running, tier, list, 'state', [query.status], ids);
    return branchesFor(running, tier, list, 'stage', stages, ids);
  });
  const rule = whereOf(deskListRule, caller, orderSource);
  const { stage: _stage, status: _status, gridId: _gridId, ...others } = query;
  const found = query.q ? [...searched(query, 'title', 'words'), whereOf(searchRule, caller, orderSource)] : [];
  const shared = [...filtersOf({ ...others, limit: query.limit }, caller), ...found, rule];
  return page(db, query, branches, shared, running ? dueFirst : newestFirst);
}

function stagesOf(query: ListQuery): Stage[] {
  if (query.status) return [stageOf<OrderState>(orderLifecycle, query.status)];
  return query.stage ? [query.stage] : runningStages;
}

/** The desk's own grid and, for posts that watch a place (小网格长, 驻村), the grid where it is. */
function branchesFor(
  running: boolean,
  tier: string,
  list: string,
  column: 'stage' | 'state',
  wanted: readonly string[],
  ids: string[],
): Where[] {
  return wanted.flatMap((each) => [
    ...(running ? [part(`o.desk_${tier}_id IN (${list}) AND o.${column} = ?`, ...ids, each)] : []),
    ...(!running || tier === 'group' ? [part(`o.${tier}_id IN (${list}) AND o.${column} = ?`, ...ids, each)] : []),
  ]);
}

/** 看看村里: summaries shown in the own village, newest first. */
export function listPublic(db: Reading, caller: Caller, query: ListQuery): Promise<Listed> {
  const village = homeVillageOf(caller);
  if (village === null) return Promise.resolve({ records: [], nextCursor: null });
  const stages: Stage[] = query.stage ? [query.stage] : ['open', 'working', 'done'];
  const branches = stages.map((stage) => part('o.village_id = ? AND o.stage = ?', village, stage));
  const { stage: _stage, ...others } = query;
  const shared = [
    ...filtersOf({ ...others, limit: query.limit }, caller),
    ...searched(query, 'public_summary'),
    ...gridFilter(query, caller),
    whereOf(publicRule, caller, orderSource),
  ];
  return page(db, query, branches, shared, newestFirst);
}

/** 附近: a box of about 3 km, at most 200 rows, no cursor. The presenter sorts them by distance. */
export async function listNearby(db: Reading, caller: Caller, query: ListQuery): Promise<Listed> {
  if (query.cursor !== undefined) throw new Problem('request.bad-cursor');
  const { lat, lng } = query;
  if (lat === undefined || lng === undefined) {
    throw new Problem('request.bad-input', { fields: { lat: '请给出位置', lng: '请给出位置' } });
  }
  const rule = whereOf(publicRule, caller, orderSource);
  const near = part(
    'o.lat BETWEEN ? AND ? AND o.lng BETWEEN ? AND ?',
    lat - 0.027,
    lat + 0.027,
    lng - 0.03,
    lng + 0.03,
  );
  const running = part("o.stage IN ('open', 'working')");
  const where = [near, running, rule, ...filtersOf(query, caller), ...searched(query, 'public_summary')];
  const records = await loadPage(
    db,
    `SELECT o.id FROM service_order o WHERE ${where.map(({ sql }) => sql).join(' AND ')} ORDER BY o.placed_at DESC, o.id DESC LIMIT 200`,
    where.flatMap(({ values }) => values),
  );
  return { records, nextCursor: null };
}

/** 附近已有人反映: same category, same village, the last 30 days, still running. */
export async function listSimilar(
  db: Reading,
  rule: Where,
  wanted: { categoryId: string; villageId: string; exceptId: string | null; since: Date },
): Promise<OrderRecord[]> {
  return loadPage(
    db,
    `SELECT o.id FROM service_order o WHERE o.village_id = ? AND o.category_id = ? AND o.stage IN ('open', 'working')
       AND o.placed_at >= ? AND o.id <> ? AND o.visibility <> 'confidential' AND ${rule.sql}
     ORDER BY o.placed_at DESC, o.id DESC LIMIT 20`,
    [wanted.villageId, wanted.categoryId, wanted.since, wanted.exceptId ?? '', ...rule.values],
  );
}
