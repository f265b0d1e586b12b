import { fromJson, type Reading } from '../../foundation/database/connect';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import { rowOf } from '../../foundation/database/rows';
import type { HistoryFacts } from '../../foundation/outbox/history.entity';
import { titleForOthers } from './orders.queries';

/** An order as it is now, beside the event of which somebody is to be told. */
export interface OrderTold {
  title: string;
  state: string;
  stage: string;
  visibility: string;
  urgency: string;
  townId: string | null;
  dueAt: Date | null;
  categoryName: string;
  villageName: string | null;
  /** Of the event. */
  thing: string;
  thingId: string;
  actorId: string | null;
  actorName: string;
  at: Date;
  facts: HistoryFacts | null;
}

/** By the event; without those of which the event or the order is gone. */
export async function ordersTold(
  reading: Reading,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, OrderTold>> {
  if (eventIds.length === 0) return new Map();
  const rows = await reading.query<OrderTold & { eventId: string }>(
    `SELECT h.id AS eventId, ${titleForOthers} AS title, o.state, o.stage, o.visibility, o.urgency, o.town_id AS townId, o.due_at AS dueAt,
       c.name AS categoryName, v.name AS villageName, h.thing, h.thing_id AS thingId, h.actor_id AS actorId,
       h.actor_name AS actorName, h.at, h.facts
     FROM history h JOIN service_order o ON o.id = h.aggregate_id JOIN category c ON c.id = o.category_id
       LEFT JOIN grid v ON v.id = o.village_id WHERE h.id IN (?)`,
    [[...new Set(eventIds)]],
  );
  return new Map(
    rows.map(({ eventId, ...row }) => [eventId, { ...row, facts: fromJson<HistoryFacts | null>(row.facts) }]),
  );
}

/** A task that still waits for this person: open to whoever claims it, offered or handed over to him, or in his hands. */
export interface TaskWaiting {
  orderId: string;
  personId: string;
  id: string;
  how: 'open' | 'assigned' | 'handOver' | 'held';
}

/** Of these orders, for these people, pair by pair. */
export async function tasksWaitingFor(
  reading: Reading,
  pairs: readonly { readonly orderId: string; readonly personId: string }[],
): Promise<TaskWaiting[]> {
  if (pairs.length === 0) return [];
  const [orderIds, personIds] = [pairs.map(({ orderId }) => orderId), pairs.map(({ personId }) => personId)];
  const rows = await reading.query<TaskWaiting>(
    `SELECT t.order_id AS orderId, p.id AS personId, t.id,
       CASE WHEN t.state = 'claimed' AND t.receiver_id = p.id THEN 'handOver'
         WHEN t.state = 'offered' AND t.assignee_id = p.id THEN 'assigned'
         WHEN EXISTS (SELECT 1 FROM task_claim s WHERE s.task_id = t.id AND s.person_id = p.id AND s.state = 'taken') THEN 'held'
         WHEN t.state = 'offered' AND t.mode IN ('open', 'team') THEN 'open' END AS how
     FROM task t JOIN person p ON p.id IN (?)
     WHERE t.order_id IN (?) AND (t.order_id, p.id) IN (?) AND t.stage IN ('open', 'working') ORDER BY t.id`,
    [personIds, orderIds, pairs.map(({ orderId, personId }) => [orderId, personId])],
  );
  return rows.filter(({ how }) => how !== null);
}

/** Those of these clocks that run or are paused, by their thing. */
export async function clocksOf(
  reading: Reading,
  thingIds: readonly string[],
  kind: string,
): Promise<ReadonlyMap<string, DueWork>> {
  if (thingIds.length === 0) return new Map();
  const rows = await reading.query<Record<string, unknown>>(
    'SELECT * FROM due_work WHERE thing_id IN (?) AND kind = ? AND (running_since IS NULL) = (due_at IS NULL)',
    [thingIds, kind],
  );
  return new Map(rows.map((row) => rowOf<DueWork>(row)).map((clock) => [clock.thingId, clock]));
}

/** 时间过半: of the time for this task, as long as it runs and is not over; null: nobody has been reminded of it yet. */
export async function reminderOf(
  reading: Reading,
  { orderId, taskId, at }: { orderId: string; taskId: string; at: Date },
): Promise<{ eventId: string } | null> {
  const [row] = await reading.query<{ eventId: string }>(
    `SELECT h.id AS eventId FROM due_work d JOIN history h ON h.aggregate_id = ? AND h.thing = 'clock'
       AND h.thing_id = d.thing_id AND h.action = 'halfTime' AND JSON_VALUE(h.facts, '$.clock') = d.kind
     WHERE d.thing_id = ? AND d.kind = 'handle' AND d.rung > 0 AND d.due_at > ? ORDER BY h.at DESC, h.id DESC LIMIT 1`,
    [orderId, taskId, at],
  );
  return row ?? null;
}

export interface Seat {
  readonly taskId: string;
  readonly personId: string;
}

/** Those of these who still have the task in hand. */
export async function seatsHeld(reading: Reading, seats: readonly Seat[]): Promise<readonly Seat[]> {
  if (seats.length === 0) return [];
  return reading.query<Seat>(
    `SELECT task_id AS taskId, person_id AS personId FROM task_claim
     WHERE task_id IN (?) AND (task_id, person_id) IN (?) AND state = 'taken'`,
    [seats.map(({ taskId }) => taskId), seats.map(({ taskId, personId }) => [taskId, personId])],
  );
}
