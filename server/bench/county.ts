import { ulid } from 'ulid';
import type { Database, Db } from '../src/foundation/database/connect';
import { History } from '../src/foundation/outbox/history.entity';
import { newOrder } from '../src/rooms/orders/order-rows';
import { Order } from '../src/rooms/orders/order.entity';
import { newTask } from '../src/rooms/orders/task-rows';
import { Task } from '../src/rooms/orders/task.entity';
import { systemActor } from '../src/rooms/orders/advance';
import { DueWork } from '../src/foundation/due-work/due-work.entity';
import { startClock } from '../src/rooms/orders/order-clocks';
import type { Reference } from '../src/foundation/reference/reference';
import type { Town } from '../test/town';

const fingerprint = Buffer.alloc(32);

/** Orders whose one task hangs in the hall of village A: material for claims. Returns the ids of their tasks. */
export async function openTasks(
  database: Database,
  reference: Reference,
  town: Town,
  count: number,
): Promise<string[]> {
  const now = new Date();
  const actor = systemActor(now, reference);
  const [category] = reference.categories.filter(({ id }) => id === 'streetLight');
  if (!category) throw new Error('There are no categories');
  const place = {
    placeGridId: town.groups.a1,
    countyId: town.countyId,
    townId: town.townId,
    villageId: town.villageA,
    groupId: town.groups.a1,
  };
  const desk = {
    deskGridId: town.villageA,
    deskCountyId: town.countyId,
    deskTownId: town.townId,
    deskVillageId: town.villageA,
    deskGroupId: null,
  };
  const orders = Array.from({ length: count }, () => ({
    ...newOrder(actor, {
      ...place,
      ...desk,
      id: ulid(),
      source: 'resident',
      categoryId: category.id,
      urgency: 'normal',
      visibility: 'open',
      title: '路灯不亮',
      deskKind: 'desk',
      words: '门口的路灯不亮了',
      requesterId: town.people.resident.id,
      contactPhone: town.people.resident.phone,
      fingerprint,
    }),
    state: 'dispatched' as const,
    acceptedAt: now,
    version: 3,
  }));
  const tasks = orders.map((order) =>
    newTask({ ...order, tasks: [], seats: [] } as never, actor, {
      id: ulid(),
      mode: 'open',
      scopeGridId: town.villageA,
    }),
  );
  const clocks = tasks.map((task) =>
    startClock('claim', {
      thingId: task.id,
      aggregateId: task.orderId,
      townId: town.townId,
      urgency: 'normal',
      category,
      town: reference.town(town.townId),
      now,
    }),
  );
  await database.transaction((db) => inBatches(orders, (rows) => db.insert(Order, rows)));
  await database.transaction((db) => inBatches(tasks, (rows) => db.insert(Task, rows)));
  await database.transaction((db) => inBatches(clocks, (rows) => db.insert(DueWork, rows)));
  await database.transaction((db) =>
    inBatches(
      orders.flatMap((order) => historyOf(order, now)),
      (rows) => db.insert(History, rows),
    ),
  );
  return tasks.map(({ id }) => id);
}

const historyOf = (order: Order, now: Date): Partial<History>[] =>
  (['place', 'accept', 'dispatch'] as const).map((action, index) => ({
    id: ulid(),
    thing: 'order',
    thingId: order.id,
    aggregateId: order.id,
    seq: index + 1,
    townId: order.townId,
    action,
    actorId: order.requesterId,
    actorName: '某某',
    actorRole: 'resident',
    at: now,
    fromState: null,
    toState: null,
    fannedOutAt: now,
  }));

async function inBatches<T>(rows: readonly T[], write: (batch: T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) await write(rows.slice(from, from + 500));
}

/** Ids that sort behind all others, made by the server itself: a million rows do not pass through this process. */
const idSql = (prefix: string) => `CONCAT('${prefix}', LPAD(n, 23, '0'))`;

/**
 * Fills up to `total` orders, spread over twenty towns of which ours is one and over nine months; about 2 % are running,
 * as in Dongcheng's figures. The others' towns are not in our tree: nobody lists them, they only fill the indexes.
 */
export async function fillOrders(db: Db, town: Town, total: number): Promise<void> {
  const [row] = await db.query<{ count: number }>('SELECT COUNT(*) AS count FROM service_order');
  const have = Number(row?.count ?? 0);
  const chunk = 50_000;
  for (let from = have; from < total; from += chunk) {
    const size = Math.min(chunk, total - from);
    await db.write(fillSql(town), [from, size]);
    await db.write('COMMIT');
  }
  await db.query('ANALYZE TABLE service_order');
}

function fillSql(town: Town): string {
  const digits =
    '(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)';
  const numbers = `(SELECT ? + a.d + 10*b.d + 100*c.d + 1000*e.d + 10000*f.d AS n FROM ${digits} a, ${digits} b, ${digits} c, ${digits} e, ${digits} f
    WHERE a.d + 10*b.d + 100*c.d + 1000*e.d + 10000*f.d < ?)`;
  const townId = `IF(n % 20 = 0, '${town.townId}', CONCAT('TOWN', LPAD(n % 20, 22, '0')))`;
  const villageId = `CASE WHEN n % 20 <> 0 THEN CONCAT('VLLG', LPAD(n % 320, 22, '0')) WHEN n % 40 = 0 THEN '${town.villageA}' ELSE '${town.villageB}' END`;
  const groupId = `CASE WHEN n % 20 <> 0 THEN CONCAT('GRP', LPAD(n % 2940, 23, '0')) WHEN n % 40 = 0 THEN '${town.groups.a1}' ELSE '${town.groups.b1}' END`;
  const running = 'n % 51 = 0';
  return `INSERT INTO service_order (id, state, stage, version, source, requester_id, category_id, urgency, visibility, words, title,
      place_grid_id, county_id, town_id, village_id, group_id, desk_grid_id, desk_county_id, desk_town_id, desk_village_id, desk_kind,
      fingerprint, placed_at, accepted_at, due_at)
    SELECT ${idSql('00B')}, IF(${running}, 'placed', 'archived'), IF(${running}, 'open', 'done'), 1, 'resident', CONCAT('PERSN', LPAD(n % 90000, 21, '0')),
      'streetLight', 'normal', 'normal', '门口的路灯不亮了,老人晚上出门不方便', '路灯不亮',
      ${groupId}, '${town.countyId}', ${townId}, ${villageId}, ${groupId}, ${villageId}, '${town.countyId}', ${townId}, ${villageId}, 'desk',
      UNHEX(REPEAT('00', 32)), '2026-01-01' + INTERVAL (n * 23) % 23000000 SECOND, '2026-01-02', IF(${running}, '2026-12-01' + INTERVAL n % 900000 SECOND, NULL)
    FROM ${numbers} numbers`;
}
