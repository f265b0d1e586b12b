import type { QueryOf } from '@sandan/shared/endpoint';
import type { tasksApi } from '@sandan/shared/orders/tasks.contract';
import type { Urgency } from '@sandan/shared/orders/order.words';
import type { Caller } from '../../foundation/access/caller';
import { decodeCursor, encodeCursor } from '../../foundation/database/cursor';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import { whereOf } from '../../foundation/access/rule-where';
import { loadByIds, type OrderRecord, type TaskOfRecord } from './order-record';
import { deskTasksRule, orderSource } from './orders.policy';
import { metresFromHome } from './place.presenter';
import { claimRule, isConcerned, maySeeTask, taskWhere } from './tasks.policy';

type Query = QueryOf<(typeof tasksApi)['list']>;
export interface ListedTasks {
  items: { record: OrderRecord; task: TaskOfRecord }[];
  nextCursor: string | null;
}

const rank: Record<Urgency, number> = { emergency: 0, urgent: 1, normal: 2, planned: 3 };
/** A village has about 15 orders a month: what hangs in its hall at once is a page or two. */
const hallSize = 300;

async function tasksBy(db: Reading, where: string, values: readonly SqlValue[]): Promise<ListedTasks['items']> {
  const rows = await db.query<{ id: string; order_id: string }>(
    `SELECT t.id, t.order_id FROM task t WHERE ${where} LIMIT ${hallSize}`,
    values,
  );
  const records = await loadByIds(db, [...new Set(rows.map(({ order_id: orderId }) => orderId))]);
  const wanted = new Set(rows.map(({ id }) => id));
  return records.flatMap((record) => record.tasks.filter(({ id }) => wanted.has(id)).map((task) => ({ record, task })));
}

/** One page of an already sorted list; the cursor is the last id, so a task that was taken meanwhile does no harm. */
function pageOf(all: ListedTasks['items'], query: Query, filters: unknown): ListedTasks {
  const key = decodeCursor(query.cursor, filters, ['number', 'id']);
  const found = key ? all.findIndex(({ task }) => task.id === key[1]) : -1;
  const from = key && found < 0 ? Math.min(key[0], all.length) : found + 1;
  const items = all.slice(from, from + query.limit);
  const last = items.at(-1);
  const nextCursor =
    last && from + items.length < all.length ? encodeCursor([from + items.length, last.task.id], filters) : null;
  return { items, nextCursor };
}

/** 接单大厅: own village, by urgency, same group, distance of the place from one's own grid; never the live position. */
export async function listClaimable(db: Reading, caller: Caller, query: Query): Promise<ListedTasks> {
  const rule = taskWhere(claimRule, caller);
  const items = await tasksBy(
    db,
    `t.state = 'offered' AND t.taken < t.places AND ${rule.sql}
     AND NOT EXISTS (SELECT 1 FROM task_claim g WHERE g.task_id = t.id AND g.person_id = ?)`,
    [...rule.values, caller.personId],
  );
  const ownGroups = new Set(caller.grants.flatMap(({ grids }) => grids.map(({ id }) => id)));
  const sorted = items
    .filter(({ record }) => !isConcerned(record, caller) && record.state !== 'suspended')
    .map((item) => ({
      item,
      key: [
        rank[item.task.urgency],
        item.record.groupId !== null && ownGroups.has(item.record.groupId) ? 0 : 1,
        metresFromHome(item.record, caller) ?? Number.MAX_SAFE_INTEGER,
        item.task.offeredAt.getTime(),
      ],
    }))
    .sort((one, other) => compare(one.key, other.key));
  return pageOf(
    sorted.map(({ item }) => item),
    query,
    { scope: 'claimable' },
  );
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

/** 我的任务: in hand first by due time, then what is assigned to me, then what I reported in the last 30 days. */
export async function listMyTasks(db: Reading, caller: Caller, query: Query): Promise<ListedTasks> {
  const since = new Date(caller.now.getTime() - 30 * 24 * 60 * 60_000);
  const items = await tasksBy(
    db,
    `(t.id IN (SELECT c.task_id FROM task_claim c WHERE c.person_id = ? AND (c.state = 'taken' OR (c.state = 'reported' AND c.at >= ?)))
      OR (t.state = 'offered' AND t.assignee_id = ?) OR (t.receiver_id = ? AND t.state = 'claimed'))`,
    [caller.personId, since, caller.personId, caller.personId],
  );
  const order: Record<string, number> = { claimed: 0, offered: 1, reported: 2, done: 3 };
  const due = ({ record, task }: ListedTasks['items'][number]) =>
    record.clocks.find(({ thingId, dueAt }) => thingId === task.id && dueAt)?.dueAt?.getTime() ??
    Number.MAX_SAFE_INTEGER;
  const sorted = items
    // Of a confidential order that goes another round nothing is left with whoever handled the one before.
    .filter(({ record, task }) => maySeeTask(record, task, caller))
    .map((item) => ({ item, key: [order[item.task.state] ?? 4, due(item), item.task.offeredAt.getTime()] }))
    .sort((one, other) => compare(one.key, other.key));
  return pageOf(
    sorted.map(({ item }) => item),
    query,
    { scope: 'mine' },
  );
}

/** Running tasks of the orders my desk reaches. */
export async function listDeskTasks(db: Reading, caller: Caller, query: Query): Promise<ListedTasks> {
  const rule = whereOf(deskTasksRule, caller, orderSource);
  const items = await tasksBy(
    db,
    `t.state IN ('offered', 'claimed', 'returned', 'expired') AND t.replaced = 0
     AND EXISTS (SELECT 1 FROM service_order o WHERE o.id = t.order_id AND o.round = t.round
       AND o.stage IN ('open', 'working') AND ${rule.sql})`,
    rule.values,
  );
  const inGrid = query.gridId
    ? items.filter(({ record }) => caller.reference.tree.isWithin(record.placeGridId, query.gridId ?? ''))
    : items;
  const sorted = [...inGrid].sort((one, other) => one.task.offeredAt.getTime() - other.task.offeredAt.getTime());
  return pageOf(sorted, query, { scope: 'desk', gridId: query.gridId });
}
