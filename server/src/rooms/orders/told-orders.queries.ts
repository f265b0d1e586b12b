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

/** Null where either is gone. */
export async function orderTold(reading: Reading, eventId: string): Promise<OrderTold | null> {
  const [row] = await reading.query<OrderTold>(
    `SELECT ${titleForOthers} AS title, o.state, o.stage, o.visibility, o.urgency, o.town_id AS townId, o.due_at AS dueAt,
       c.name AS categoryName, v.name AS villageName, h.thing, h.thing_id AS thingId, h.actor_id AS actorId,
       h.actor_name AS actorName, h.at, h.facts
     FROM history h JOIN service_order o ON o.id = h.aggregate_id JOIN category c ON c.id = o.category_id
       LEFT JOIN grid v ON v.id = o.village_id WHERE h.id = ?`,
    [eventId],
  );
  return row ? { ...row, facts: fromJson<HistoryFacts | null>(row.facts) } : null;
}

/** A task that still waits for this person: open to whoever claims it, offered or handed over to him, or in his hands. */
export interface TaskWaiting {
  id: string;
  how: 'open' | 'assigned' | 'handOver' | 'held';
}

export async function tasksWaitingFor(reading: Reading, orderId: string, personId: string): Promise<TaskWaiting[]> {
  const rows = await reading.query<TaskWaiting>(
    `SELECT t.id, CASE WHEN t.state = 'claimed' AND t.receiver_id = ? THEN 'handOver'
         WHEN t.state = 'offered' AND t.assignee_id = ? THEN 'assigned'
         WHEN EXISTS (SELECT 1 FROM task_claim s WHERE s.task_id = t.id AND s.person_id = ? AND s.state = 'taken') THEN 'held'
         WHEN t.state = 'offered' AND t.mode IN ('open', 'team') THEN 'open' END AS how
     FROM task t WHERE t.order_id = ? AND t.stage IN ('open', 'working') ORDER BY t.id`,
    [personId, personId, personId, orderId],
  );
  return rows.filter(({ how }) => how !== null);
}

/** Whether a clock still runs, and how. */
export async function clockOf(reading: Reading, thingId: string, kind: string): Promise<DueWork | null> {
  const [row] = await reading.query<Record<string, unknown>>(
    'SELECT * FROM due_work WHERE thing_id = ? AND kind = ? AND running_since IS NOT NULL AND due_at IS NOT NULL',
    [thingId, kind],
  );
  return row ? rowOf<DueWork>(row) : null;
}

/** Whether somebody still has such a task in hand. */
export async function holdsTask(reading: Reading, taskId: string, personId: string): Promise<boolean> {
  const [row] = await reading.query<{ held: number }>(
    "SELECT EXISTS (SELECT 1 FROM task_claim WHERE task_id = ? AND person_id = ? AND state = 'taken') AS held",
    [taskId, personId],
  );
  return Number(row?.held) === 1;
}
