import { canDo, type Lifecycle } from '@sandan/shared/lifecycle';
import { orderLifecycle, type OrderAction, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { Permission } from '@sandan/shared/access/roles';
import { taskLifecycle, type TaskAction, type TaskState } from '@sandan/shared/orders/task.lifecycle';
import { roleFor, type Caller } from '../foundation/access/caller';
import { maySee, mayAct, type Scene } from '../rooms/orders/act';
import { orderStepOf, type TaskEffectStep, type TaskScene } from '../rooms/orders/act-task';
import { actorOf, basisOf, systemActor, type OrderStep } from '../rooms/orders/advance';
import { clocksOfClaim, stopAll } from '../rooms/orders/clock-changes';
import * as close from '../rooms/orders/close.service';
import { inspect } from '../rooms/orders/inspect.service';
import { startClock } from '../rooms/orders/order-clocks';
import { orderGuards } from '../rooms/orders/orders.guards';
import * as route from '../rooms/orders/route.service';
import * as study from '../rooms/orders/study.service';
import { newTask } from '../rooms/orders/task-rows';
import type { Task } from '../rooms/orders/task.entity';
import { againstTask, mayActOnTask, maySeeTask } from '../rooms/orders/tasks.policy';
import * as tasks from '../rooms/orders/tasks.service';
import * as watch from '../rooms/orders/watch.service';
import type { Inhabitant } from './homes';
import { apply, memoryOf, type Story } from './story';

/** The effects of the orders room itself: what a person does in a story is what the service would have done. */
const effects = {
  ...{ accept: study.accept, ask: study.ask, answer: study.answer, decline: study.decline, open: study.open },
  ...{ settle: study.settle, suspend: study.suspend, resume: study.resume, object: study.object },
  ...{ escalate: route.escalate, sendDown: route.sendDown, convert: route.convert },
  ...{ verify: close.verify, sendBack: close.sendBack, confirm: close.confirm, recordCallback: close.recordCallback },
  ...{ reopen: close.reopen, appealUp: close.appealUp, closeReview: close.closeReview, withdraw: close.withdraw },
  ...{ remind: watch.remind, supervise: watch.supervise, answerSupervision: watch.answerSupervision },
  ...{ meToo: watch.meToo, noteCall: watch.noteCall, inspect },
};
type Effects = typeof effects;
type BodyFor<Action extends keyof Effects> = Omit<Parameters<Effects[Action]>[1], 'actionId'>;

type EffectStep = Omit<OrderStep, 'actionId' | 'actor' | 'action'>;

/** Those that insert answers, parties, supervisions or reminders; the others bind uploads or update what `apply` moves. */
const leavesRows = new Set<OrderAction>(['confirm', 'recordCallback', 'remind', 'supervise', 'meToo']);

const orderTable: Lifecycle<OrderState, OrderAction> = orderLifecycle;
const taskTable: Lifecycle<TaskState, TaskAction> = taskLifecycle;

/** Whether this person could do it now: visible, allowed here, from this state, and nothing stands against it. */
export const may = (story: Story, who: Inhabitant, action: OrderAction): boolean => {
  const caller = story.stage.caller(who, story.at);
  return whyNot(story, caller, action) === null;
};

function whyNot({ record }: Story, caller: Caller, action: OrderAction): string | null {
  if (action !== 'meToo' && !maySee(record, caller)) return 'not visible';
  if (!mayAct(action, record, caller)) return 'not allowed';
  if (!canDo(orderTable, action, record.state)) return `not from ${record.state}`;
  return orderGuards[action]?.(record, caller) ?? null;
}

export function checked(story: Story, who: Inhabitant, action: OrderAction): Scene {
  const caller = story.stage.caller(who, story.at);
  const against = whyNot(story, caller, action);
  if (against) throw new Error(`${caller.name} cannot ${action} ${story.record.categoryId}: ${against}`);
  const actor = actorOf(caller, roleFor(caller, `order.${action}` as Permission, story.record.deskGridId));
  return { db: memoryOf(story), record: story.record, caller, actor, actionId: story.stage.random.id(story.at) };
}

/** An action on the order. Returns the id of its row of history. */
export async function act<Action extends keyof Effects>(
  story: Story,
  who: Inhabitant,
  action: Action,
  body: BodyFor<Action>,
): Promise<string> {
  const scene = checked(story, who, action);
  const effect: (given: Scene, body: never) => Promise<EffectStep> = effects[action];
  const step = await effect(scene, { ...body, actionId: scene.actionId } as never);
  apply(story, { ...step, actionId: scene.actionId, actor: scene.actor, action });
  if (leavesRows.has(action)) await step.beside?.(scene.db);
  return scene.actionId;
}

/** What time does by itself. */
export function lapse(story: Story, action: OrderAction, rest: Omit<Partial<OrderStep>, 'action'>): void {
  const actor = systemActor(story.at, story.stage.reference);
  apply(story, { actionId: story.stage.random.id(story.at), actor, action, ...rest });
}

export type Wanted = Pick<Task, 'mode'> & Partial<Task>;

/** 下单: one task; `replaces` is the returned one that it stands in for. */
export function dispatch(story: Story, who: Inhabitant, wanted: Wanted, replaces?: Task): void {
  const { record, actor, actionId } = checked(story, who, 'dispatch');
  const scopeGridId = record.villageId ?? record.deskGridId;
  const task = newTask(record, actor, { id: story.stage.random.id(story.at), scopeGridId, ...wanted });
  const replaced = replaces
    ? [{ task: replaces, action: 'reassign', to: replaces.state, set: { replaced: 1 }, told: false } as const]
    : [];
  const ownClock = stopAll(record, actor).filter(({ thingId }) => thingId === record.id);
  apply(story, {
    ...{ actionId, actor, action: 'dispatch', offered: [task], tasks: replaced },
    clocks: [...ownClock, startClock('claim', basisOf(record, actor, task.id))],
    words: null,
    facts: { taskIds: [task.id], modes: [task.mode] },
  });
}

export function mayOnTask(story: Story, who: Inhabitant, action: TaskAction, task: Task): boolean {
  const caller = story.stage.caller(who, story.at);
  return taskWhyNot(story, caller, action, task) === null;
}

function taskWhyNot({ record }: Story, caller: Caller, action: TaskAction, task: Task): string | null {
  if (!maySeeTask(record, task, caller) && !maySee(record, caller)) return 'not visible';
  if (!mayActOnTask(action, record, task, caller)) return 'not allowed';
  if (!canDo(taskTable, action, task.state) || task.round !== record.round) return `not from ${task.state}`;
  return againstTask(action, record, task, caller);
}

function checkedTask(story: Story, who: Inhabitant, action: TaskAction, task: Task): TaskScene {
  const caller = story.stage.caller(who, story.at);
  const against = taskWhyNot(story, caller, action, task);
  if (against) throw new Error(`${caller.name} cannot ${action} a task of ${story.record.categoryId}: ${against}`);
  const actor = actorOf(caller, roleFor(caller, `task.${action}` as Permission, task.scopeGridId));
  const { record } = story;
  return { db: memoryOf(story), record, task, caller, actor, actionId: story.stage.random.id(story.at) };
}

/** 接单, or one seat of a team. */
export function claim(story: Story, who: Inhabitant, task: Task, promisedAt: Date): void {
  const { record, actor, actionId } = checkedTask(story, who, 'claim', task);
  const isFull = task.taken + 1 >= task.places;
  const set = {
    taken: task.taken + 1,
    leadId: task.leadId ?? actor.id,
    claimedAt: task.claimedAt ?? actor.now,
    promisedAt: task.promisedAt ?? promisedAt,
  };
  apply(story, {
    ...{ actionId, actor, action: null },
    tasks: [
      {
        task,
        action: 'claim',
        to: isFull ? 'claimed' : 'offered',
        set,
        facts: { promisedAt: promisedAt.toISOString() },
      },
    ],
    seated: [
      {
        taskId: task.id,
        personId: who.row.id,
        orderId: record.id,
        state: 'taken',
        promisedAt,
        at: actor.now,
        endedAt: null,
        tries: 0,
        reason: null,
      },
    ],
    clocks: isFull ? clocksOfClaim(record, actor, task) : [],
  });
}

const taskEffects = {
  contact: tasks.contact,
  note: tasks.note,
  giveBack: tasks.giveBack,
  report: tasks.report,
  askHelp: tasks.askHelp,
};
type TaskEffects = typeof taskEffects;
type TaskBodyFor<Action extends keyof TaskEffects> = Omit<Parameters<TaskEffects[Action]>[1], 'actionId'>;

/** An action on a task. Returns the id of its row of history. */
export async function actOnTask<Action extends keyof TaskEffects>(
  story: Story,
  who: Inhabitant,
  action: Action,
  task: Task,
  body: TaskBodyFor<Action>,
): Promise<string> {
  const scene = checkedTask(story, who, action, task);
  const effect: (given: TaskScene, body: never) => Promise<TaskEffectStep> = taskEffects[action];
  const done = await effect(scene, { ...body, actionId: scene.actionId } as never);
  apply(story, orderStepOf(scene.record, task, action, scene.actor, scene.actionId, done));
  return scene.actionId;
}
