import type { Endpoint } from '@sandan/shared/endpoint';
import type { Permission } from '@sandan/shared/access/roles';
import { actionsFrom, canDo, type Lifecycle } from '@sandan/shared/lifecycle';
import { taskLifecycle, type TaskAction, type TaskState } from '@sandan/shared/orders/task.lifecycle';
import { Problem } from '@sandan/shared/problems';
import { nameFor, roleFor, type Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import type { Call } from '../../foundation/http/implement';
import { isOwnRepeat } from './act';
import { actorOf, advance, derivedState, type Actor, type OrderStep, type TaskStep } from './advance';
import { clocksInto, pausedIn } from './clock-changes';
import { loadRecordOfTask, type OrderRecord } from './order-record';
import type { Task } from './task.entity';
import { againstTask, isLimited, maxClaimed, mayActOnTask, maySeeTask } from './tasks.policy';

const table: Lifecycle<TaskState, TaskAction> = taskLifecycle;

export const taskAllows = (record: OrderRecord, task: Task, caller: Caller): TaskAction[] =>
  task.round !== record.round
    ? []
    : actionsFrom(table, task.state).filter(
        (action) => mayActOnTask(action, record, task, caller) && !againstTask(action, record, task, caller),
      );

export interface TaskScene {
  db: Db;
  record: OrderRecord;
  task: Task;
  caller: Caller;
  actor: Actor;
  actionId: string;
}

/** What an effect changes: this task, others beside it, clocks, facts of the order. */
export interface TaskEffectStep extends Omit<OrderStep, 'actionId' | 'actor' | 'action' | 'tasks' | 'to'> {
  to?: TaskState;
  taskSet?: Partial<Task>;
  others?: readonly TaskStep[];
}

export type TaskEffect<Body> = (scene: TaskScene, body: Body) => Promise<TaskEffectStep>;
type TaskCall<E extends Endpoint> = Call<E> & { db: Db; caller: Caller; params: { taskId: string } };

/** Finds the task as the caller may see it, answers a repeat, and refuses what may not be done (decisions.md §2.6). */
export async function taskSceneOf<E extends Endpoint>(
  call: TaskCall<E>,
  action: TaskAction,
): Promise<{ record: OrderRecord; task: Task; repeat: boolean }> {
  const { db, caller, params, actionId } = call;
  const record = await loadRecordOfTask(db, params.taskId, actionId, caller.personId);
  const task = record?.tasks.find(({ id }) => id === params.taskId);
  if (record && task && isOwnRepeat(record, action, task.id, caller)) return { record, task, repeat: true };
  if (!record || !task || !maySeeTask(record, task, caller)) throw new Problem('task.not-found');
  if (record.repeat) throw new Problem('action.repeated-differently');
  if (!mayActOnTask(action, record, task, caller)) throw new Problem('access.forbidden');
  if (!canDo(table, action, task.state) || task.round !== record.round) throw notNow(action, record, task);
  const against = againstTask(action, record, task, caller);
  if (against) throw new Problem(against, { facts: factsOf(record, task) });
  if (action === 'claim' && record.load >= maxClaimed && isLimited(task, caller))
    throw new Problem('task.too-many-claimed');
  return { record, task, repeat: false };
}

const factsOf = (record: OrderRecord, task: Task) => ({
  state: task.state,
  stateName: table.states[task.state].name,
  by:
    record.seats.find(({ taskId, state }) => taskId === task.id && (state === 'taken' || state === 'reported'))?.name ??
    null,
});

function notNow(action: TaskAction, record: OrderRecord, task: Task): Problem {
  const facts = factsOf(record, task);
  if (action !== 'claim' || task.taken < task.places) return new Problem('task.wrong-state', { facts });
  return new Problem(task.mode === 'team' ? 'task.full' : 'task.already-claimed', { facts });
}

export async function actOnTask<E extends Endpoint, Body extends { actionId: string }>(
  call: TaskCall<E>,
  action: TaskAction,
  body: () => Body,
  effect: TaskEffect<Body>,
) {
  const { record, task, repeat } = await taskSceneOf(call, action);
  const { db, caller } = call;
  if (repeat) return taskReply(record, task.id, caller);
  const given = body();
  const permission = `task.${action}` as Permission;
  const { scopeGridId } = task;
  const actor = actorOf(caller, roleFor(caller, permission, scopeGridId), nameFor(caller, permission, scopeGridId));
  const done = await effect({ db, record, task, caller, actor, actionId: given.actionId }, given);
  const after = await advance(db, record, orderStepOf(record, task, action, actor, given.actionId, done));
  return taskReply(after, task.id, caller);
}

/** The order follows from its tasks, with the clock of the state it comes to. */
export function orderStepOf(
  record: OrderRecord,
  task: Task,
  action: TaskAction,
  actor: Actor,
  actionId: string,
  done: TaskEffectStep,
): OrderStep {
  const { to = task.state, taskSet, others = [], words, facts, clocks = [], ...rest } = done;
  const tasks: TaskStep[] = [
    { task, action, to, set: taskSet ?? {}, words: words ?? null, ...(facts ? { facts } : {}) },
    ...others,
  ];
  const step: OrderStep = { ...rest, actionId, actor, action: null, tasks };
  const follows = ['accepted', 'dispatched', 'handling'].includes(record.state);
  const orderTo = follows ? derivedState(record, step) : record.state;
  const own = orderTo === record.state ? [] : clocksInto(record, actor, orderTo);
  return { ...step, clocks: pausedIn(record, actor, [...clocks, ...own]) };
}

export function taskReply(record: OrderRecord, taskId: string, caller: Caller) {
  const task = record.tasks.find(({ id }) => id === taskId);
  if (!task) throw new Problem('task.not-found');
  return {
    taskId,
    state: task.state,
    stateName: table.states[task.state].name,
    orderId: record.id,
    orderState: record.state,
    allows: taskAllows(record, task, caller),
  };
}
