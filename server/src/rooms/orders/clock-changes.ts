import type { OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import { basisOf, townOf, type Actor } from './advance';
import { resumeClock, startClock, stopClock, type ClockName, type OrderClock } from './order-clocks';
import type { OrderRecord } from './order-record';
import type { Task } from './task.entity';

/** Which clock an order runs while it rests in a state; those of its tasks come beside it. */
const clockOfState: Partial<Record<OrderState, OrderClock>> = {
  placed: 'study',
  asking: 'asking',
  accepted: 'dispatch',
  checking: 'verify',
  reported: 'feedback',
  inReview: 'review',
  confirmed: 'window',
  unanswered: 'window',
};

const isRunning = (row: DueWork): boolean => row.runningSince !== null;

/** Every running clock of the order and its tasks, stopped; what was used is kept. */
export const stopAll = (record: OrderRecord, actor: Actor, except: readonly string[] = []): DueWork[] =>
  record.clocks
    .filter((row) => isRunning(row) && !except.includes(row.thingId))
    .map((row) => stopClock(row, townOf(record, actor.reference), actor.now));

/** Stops the running clocks of one task. */
export const stopTask = (record: OrderRecord, actor: Actor, taskId: string, kinds?: readonly ClockName[]): DueWork[] =>
  record.clocks
    .filter((row) => row.thingId === taskId && isRunning(row) && (!kinds || kinds.includes(row.kind as ClockName)))
    .map((row) => stopClock(row, townOf(record, actor.reference), actor.now));

/** Stops the order's own clock and starts that of the state it goes to. Clocks of tasks are left alone. */
export function clocksInto(record: OrderRecord, actor: Actor, to: OrderState): DueWork[] {
  const next = clockOfState[to];
  const stopped = record.clocks
    .filter((row) => row.thingId === record.id && isRunning(row) && row.kind !== next)
    .map((row) => stopClock(row, townOf(record, actor.reference), actor.now));
  return next ? [...stopped, startClock(next, basisOf(record, actor))] : stopped;
}

/** The same where everything else stops too: the tasks of this round are over. */
export function clocksOnly(record: OrderRecord, actor: Actor, to: OrderState): DueWork[] {
  const next = clockOfState[to];
  const stopped = stopAll(record, actor).filter((row) => !(row.thingId === record.id && row.kind === next));
  return next ? [...stopped, startClock(next, basisOf(record, actor))] : stopped;
}

/** While an order is suspended no clock of its tasks starts; they run from the day it goes on. */
export const pausedIn = (record: OrderRecord, actor: Actor, clocks: readonly DueWork[]): readonly DueWork[] =>
  record.state === 'suspended'
    ? clocks.map((row) => stopClock(row, townOf(record, actor.reference), actor.now))
    : clocks;

/** A clock that was stopped goes on with what was left; it starts whole when it never ran. */
export function goOn(record: OrderRecord, actor: Actor, kind: ClockName, thingId = record.id): DueWork {
  const row = record.clocks.find((each) => each.thingId === thingId && each.kind === kind);
  const basis = basisOf(record, actor, thingId);
  return row ? resumeClock(row, basis) : startClock(kind, basis);
}

/** The clocks of a task that somebody has just taken: to contact and to handle. */
export function clocksOfClaim(record: OrderRecord, actor: Actor, task: Task): DueWork[] {
  const basis = basisOf(record, actor, task.id);
  return [
    ...stopTask(record, actor, task.id, ['claim']),
    ...(task.contactedAt ? [] : [startClock('contact', basis)]),
    startClock('handle', basis),
  ];
}
