import { roleNames, type Role } from '@sandan/shared/access/roles';
import { stageOf } from '@sandan/shared/lifecycle';
import { orderStateFromTasks, worstOutcome } from '@sandan/shared/orders/derive-order-state';
import {
  derivedOrderStates,
  orderLifecycle,
  type OrderAction,
  type OrderState,
} from '@sandan/shared/orders/order.lifecycle';
import { taskLifecycle, type TaskAction, type TaskState } from '@sandan/shared/orders/task.lifecycle';
import { targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import type { ActingName, Caller } from '../../foundation/access/caller';
import { recordDecisions } from '../../foundation/audit/record-act';
import { SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db, SqlValue } from '../../foundation/database/connect';
import { snakeOf } from '../../foundation/database/rows';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { History, type HistoryFacts } from '../../foundation/outbox/history.entity';
import type { CategoryRule, Reference, TownRule } from '../../foundation/reference/reference';
import type { ClockBasis } from './order-clocks';
import { historyRows } from './history-rows';
import { askAboutStep } from './order-checks';
import type { OrderRecord } from './order-record';
import type { Order } from './order.entity';
import { Task, TaskClaim } from './task.entity';

/** Who acts, as history keeps it: the name and post of that day. */
export interface Actor {
  id: string | null;
  name: string;
  role: Role | 'system';
  /** 代理: for whom he acts; the name says so too. */
  onBehalfId: string | null;
  now: Date;
  reference: Reference;
}

const himself = ({ name: actorName }: Caller): ActingName => ({ actorName, onBehalfId: null });

export const actorOf = (caller: Caller, role: Role, { actorName, onBehalfId } = himself(caller)): Actor => ({
  id: caller.personId,
  name: actorName,
  onBehalfId,
  role,
  now: caller.now,
  reference: caller.reference,
});

export const systemActor = (now: Date, reference: Reference): Actor => ({
  id: null,
  name: '系统',
  onBehalfId: null,
  role: 'system',
  now,
  reference,
});

export const roleNameOf = (role: string): string => (role === 'system' ? '系统' : (roleNames[role as Role] ?? role));

/** A change of one task inside a step of its order. */
export interface TaskStep {
  task: Task;
  action: TaskAction;
  to: TaskState;
  set?: Partial<Task>;
  words?: string | null;
  facts?: HistoryFacts;
  /** A row of history of its own; off where the order's own row says it all. */
  told?: boolean;
}

export interface OrderStep {
  actionId: string;
  actor: Actor;
  /** The order's own action; null where only a task moved and the order at most follows. */
  action: OrderAction | null;
  /** Left out: the state stays, or follows from the tasks where the table says so. */
  to?: OrderState;
  set?: Partial<Order>;
  tasks?: readonly TaskStep[];
  /** Facts of the order that its unfinished tasks carry too (urgency, secrecy): no state moves. */
  retouched?: Partial<Pick<Task, 'urgency' | 'confidential'>>;
  /** New tasks, already as rows, and who sits in them from the start. */
  seated?: readonly Partial<TaskClaim>[];
  offered?: readonly Task[];
  /** What `beside` makes of the record: the reply's `allows` is drawn from it, not read again. */
  known?: Partial<Pick<OrderRecord, 'answeredIds' | 'parties' | 'seats' | 'inspection'>>;
  clocks?: readonly DueWork[];
  words?: string | null;
  facts?: HistoryFacts;
  /** Rows beside the order (answers, parties, photos): written after the root is locked (decisions.md §1.1). */
  beside?: (db: Db) => Promise<void>;
}

export const basisOf = (
  record: OrderRecord,
  actor: Pick<Actor, 'now' | 'reference'>,
  thingId = record.id,
): ClockBasis => ({
  thingId,
  aggregateId: record.id,
  townId: record.townId,
  urgency: record.urgency,
  category: categoryOf(record, actor.reference),
  town: townOf(record, actor.reference),
  now: actor.now,
});

export function categoryOf(record: Pick<Order, 'categoryId'>, reference: Reference): CategoryRule {
  const category = reference.category(record.categoryId);
  if (!category) throw new Error(`Category ${record.categoryId} is gone`);
  return category;
}

export const townOf = (record: Pick<Order, 'townId'>, reference: Reference): TownRule => reference.town(record.townId);

/** The tasks of the present round as they stand after the step. */
const tasksAfter = (record: OrderRecord, step: Pick<OrderStep, 'tasks' | 'offered' | 'set'>): Task[] => {
  const changed = new Map((step.tasks ?? []).map(({ task, to, set }) => [task.id, { ...task, ...set, state: to }]));
  const round = step.set?.round ?? record.round;
  return [...record.tasks.map((task) => changed.get(task.id) ?? task), ...(step.offered ?? [])].filter(
    (task) => task.round === round,
  );
};

/** domain.md §3.3. */
export function derivedState(
  record: OrderRecord,
  step: Pick<OrderStep, 'tasks' | 'offered' | 'set' | 'actor'>,
): OrderState {
  const facts = tasksAfter(record, step).map(({ state, required, replaced }) => ({
    state,
    required: required === 1,
    replaced: replaced === 1,
  }));
  return orderStateFromTasks(facts, categoryOf(record, step.actor.reference).verify);
}

const derivesFrom: readonly OrderState[] = orderLifecycle.actions.derive.from;

function targetOf(record: OrderRecord, step: OrderStep): OrderState {
  if (step.to) return step.to;
  if (step.action === null) return derivesFrom.includes(record.state) ? derivedState(record, step) : record.state;
  const table: Lifecycle<OrderState, OrderAction> = orderLifecycle;
  const { to } = table.actions[step.action];
  if (to === 'derived') return derivedState(record, step);
  if (to === 'same') return record.state;
  if (typeof to === 'string') return to;
  throw new Error(`${step.action} may lead to several states; the step must say which`);
}

function checkTable(record: OrderRecord, action: OrderAction, to: OrderState): void {
  const table: Lifecycle<OrderState, OrderAction> = orderLifecycle;
  if (!table.actions[action].from.includes(record.state))
    throw new Error(`${action} does not start from ${record.state}`);
  if (!targetsOf(table, action, record.state, derivedOrderStates).includes(to)) {
    throw new Error(`${action} does not lead from ${record.state} to ${to}`);
  }
}

function checkTaskTable({ task, action, to }: TaskStep): void {
  const table: Lifecycle<TaskState, TaskAction> = taskLifecycle;
  if (!table.actions[action].from.includes(task.state) || !targetsOf(table, action, task.state, []).includes(to)) {
    throw new Error(`task ${action} does not lead from ${task.state} to ${to}`);
  }
}

const earliest = (dates: (Date | null)[]): Date | null =>
  dates.reduce((first, date) => (date && (!first || date < first) ? date : first), null);

/** What the order is due by: the earliest clock that runs on it or on its tasks. */
function dueAtAfter(record: OrderRecord, clocks: readonly DueWork[]): Date | null {
  const rows = new Map(record.clocks.map((row) => [`${row.thingId} ${row.kind}`, row]));
  for (const row of clocks) rows.set(`${row.thingId} ${row.kind}`, row);
  return earliest([...rows.values()].filter(({ kind }) => kind !== 'window').map(({ dueAt }) => dueAt));
}

/** The `SET` part for the named properties. */
export function assignments(set: Readonly<Record<string, unknown>>, alias = ''): { sql: string; values: SqlValue[] } {
  const entries = Object.entries(set);
  return {
    sql: entries.map(([property]) => `${alias}${snakeOf(property)} = ?`).join(', '),
    values: entries.map(([, value]) => value as SqlValue),
  };
}

/** The order as the step leaves it, before anything is written. */
export function planned(record: OrderRecord, step: OrderStep) {
  const to = targetOf(record, step);
  if (step.action) checkTable(record, step.action, to);
  else if (to !== record.state) checkTable(record, 'derive', to);
  const clocks = step.clocks ?? [];
  const reported = to === 'checking' || to === 'reported';
  const outcome = reported
    ? worstOutcome(
        tasksAfter(record, step)
          .filter(({ required, replaced, state }) => required === 1 && replaced === 0 && state === 'reported')
          .flatMap(({ outcome: each }) => each ?? []),
      )
    : null;
  return {
    to,
    clocks,
    set: {
      ...(outcome ? { outcome } : {}),
      // A call before that was about something else.
      ...(reported && !record.reportedAt ? { reportedAt: step.actor.now, callAttempts: 0 } : {}),
      ...step.set,
      state: to,
      stage: stageOf(orderLifecycle, to),
      dueAt: dueAtAfter(record, clocks),
    } satisfies Partial<Order>,
  };
}

/**
 * The only way an order changes (house.md rule 4): writes on the version that was read, root first and children after,
 * then history (which is the event), then clocks. Throws {@link SomebodyWasQuicker} when the row has moved meanwhile; the
 * door then reads and decides anew. Returns the record as it stands now.
 */
export async function advance(db: Db, record: OrderRecord, step: OrderStep): Promise<OrderRecord> {
  const { to, clocks, set } = planned(record, step);
  const { sql, values } = assignments(set);
  const moved = await db.write(`UPDATE service_order SET ${sql}, version = version + 1 WHERE id = ? AND version = ?`, [
    ...values,
    record.id,
    record.version,
  ]);
  if (moved === 0) throw new SomebodyWasQuicker();
  await step.beside?.(db);
  for (const change of step.tasks ?? []) await writeTask(db, change);
  await releaseSeats(db, step);
  if (step.retouched) await retouch(db, record.id, step.retouched);
  await db.insert(Task, step.offered ?? []);
  await db.insert(TaskClaim, step.seated ?? []);
  const told = historyRows(record, step, to);
  await db.insert(History, told);
  await recordDecisions(db, told);
  await askAboutStep(db, record, { ...record, ...set }, step.actor, told);
  await db.upsert(DueWork, clocks, clockColumns);
  return after(record, step, set);
}

/** Who sat in a task that is cancelled is free again. */
async function releaseSeats(db: Db, { tasks = [], actor }: OrderStep): Promise<void> {
  const cancelled = tasks.filter(({ task, to }) => to === 'cancelled' && task.taken > 0).map(({ task }) => task.id);
  if (cancelled.length === 0) return;
  await db.write("UPDATE task_claim SET state = 'released', ended_at = ? WHERE task_id IN (?) AND state = 'taken'", [
    actor.now,
    cancelled,
  ]);
}

async function retouch(db: Db, orderId: string, set: Partial<Task>): Promise<void> {
  const { sql, values } = assignments(set);
  await db.write(`UPDATE task SET ${sql} WHERE order_id = ? AND state IN ('offered', 'claimed')`, [...values, orderId]);
}

// A clock set anew is nobody's lease any more, or it could not ring for as long as the old lease lasts.
const clockColumns = [
  ...(['clock', 'limitMinutes', 'usedMinutes', 'runningSince', 'dueAt', 'nextAt', 'rung', 'leasedUntil'] as const),
];

export const writeClocks = (db: Db, clocks: readonly DueWork[]): Promise<void> =>
  db.upsert(DueWork, clocks, clockColumns);

async function writeTask(db: Db, change: TaskStep): Promise<void> {
  checkTaskTable(change);
  const { sql, values } = assignments({
    ...change.set,
    state: change.to,
    stage: stageOf(taskLifecycle, change.to),
  });
  const moved = await db.write(`UPDATE task SET ${sql}, version = version + 1 WHERE id = ? AND version = ?`, [
    ...values,
    change.task.id,
    change.task.version,
  ]);
  if (moved === 0) throw new SomebodyWasQuicker();
}

function after(record: OrderRecord, step: OrderStep, set: Partial<Order>): OrderRecord {
  const changed = new Map(
    (step.tasks ?? []).map(({ task, to, set: changes }) => [
      task.id,
      { ...task, ...changes, state: to, stage: stageOf(taskLifecycle, to), version: task.version + 1 },
    ]),
  );
  return {
    ...record,
    ...set,
    ...step.known,
    version: record.version + 1,
    tasks: [...record.tasks.map((task) => changed.get(task.id) ?? task), ...(step.offered ?? [])],
  };
}
