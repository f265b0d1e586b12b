import { isQuiet, nextQuietEnd } from '@sandan/shared/china-time';
import type { MessageKind } from '@sandan/shared/subscriptions/subscription.words';
import { addMinutes, minutesBetween, type ClockKind } from '@sandan/shared/working-time';
import type { Reading } from '../../foundation/database/connect';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import type { Reference } from '../../foundation/reference/reference';
import type { WechatMessage } from '../../foundation/subscribe/subscribe.entity';
import {
  clocksOf,
  seatsHeld,
  tasksWaitingFor,
  type OrderTold,
  type Seat,
  type TaskWaiting,
} from '../orders/told-orders.queries';

/** What a tap opens. */
export interface Opens {
  readonly what: 'order' | 'task';
  readonly thingId: string;
}

/** Whether a message is still true, and from when on it may be sent. */
export type Standing =
  { readonly holds: false } | { readonly holds: true; readonly opens: Opens; readonly from?: Date };

export interface Told {
  readonly message: WechatMessage & { readonly orderId: string; readonly kind: MessageKind };
  readonly order: OrderTold;
}

interface At {
  readonly now: Date;
  readonly reference: Reference;
}

/** Whatever has to be known of many messages to say which of them still hold, read together. */
export interface Facts {
  readonly holds: (seat: Seat) => boolean;
  readonly waiting: (message: Told['message']) => readonly TaskWaiting[];
  readonly clock: (taskId: string) => DueWork | undefined;
}

const asksForTask: ReadonlySet<MessageKind> = new Set(['open', 'assigned', 'handOver', 'sentBack'] as const);
const nameOf = (...ids: readonly string[]): string => ids.join(' ');

export async function factsOf(reading: Reading, told: readonly Told[]): Promise<Facts> {
  const soon = told.filter(({ message }) => message.kind === 'dueSoon');
  const seats = [...told.flatMap(claimantOf), ...soon.map(holderOf)];
  const held = new Set((await seatsHeld(reading, seats)).map(({ taskId, personId }) => nameOf(taskId, personId)));
  const asking = told.map(({ message }) => message).filter(({ kind }) => asksForTask.has(kind));
  const tasks = await tasksWaitingFor(reading, asking);
  const clocks = await clocksOf(
    reading,
    soon.map(({ order }) => order.thingId),
    'handle',
  );
  return {
    holds: ({ taskId, personId }) => held.has(nameOf(taskId, personId)),
    waiting: ({ orderId, personId }) => tasks.filter((each) => each.orderId === orderId && each.personId === personId),
    clock: (taskId) => clocks.get(taskId),
  };
}

/** Who claimed the task of which the resident is told. */
const claimantOf = ({ message, order: { thingId, actorId } }: Told): Seat[] =>
  message.kind === 'claimed' && actorId !== null ? [{ taskId: thingId, personId: actorId }] : [];
const holderOf = ({ message, order }: Told): Seat => ({ taskId: order.thingId, personId: message.personId });

const gone: Standing = { holds: false };

/** The order may have moved on since: whoever opens a message finds what it says (domain.md §8). */
export function standingOf(told: Told, facts: Facts, at: At): Standing {
  const { message, order } = told;
  const onOrder: Standing = { holds: true, opens: { what: 'order', thingId: message.orderId } };
  const while_ = (isTrue: boolean): Standing => (isTrue ? onOrder : gone);
  switch (message.kind) {
    case 'claimed':
      return while_(claimantOf(told).some(facts.holds));
    case 'newOrder':
      return while_(order.state === 'placed');
    case 'asking':
    case 'declined':
    case 'reported':
    case 'inReview':
      return while_(order.state === message.kind);
    case 'supervised':
      return while_(order.stage === 'open' || order.stage === 'working');
    case 'fault':
      return onOrder;
    case 'open':
    case 'assigned':
    case 'handOver':
    case 'sentBack':
      return onTask(facts.waiting(message), message.kind === 'sentBack' ? 'held' : message.kind);
    case 'dueSoon':
      return lastQuarter(told, facts, at);
  }
}

function onTask(waiting: readonly TaskWaiting[], how: string): Standing {
  const task = waiting.find((each) => each.how === how);
  return task ? { holds: true, opens: { what: 'task', thingId: task.id } } : gone;
}

/** 挂起: the clock may go on at any moment; so often it is asked whether it does. */
const whilePaused = 3 * 60 * 60_000;

/** 快到期: from when a quarter of the limit is left on, and as long as there is time and the task is in his hands. */
function lastQuarter(told: Told, facts: Facts, { now, reference }: At): Standing {
  const { order } = told;
  const clock = facts.clock(order.thingId);
  if (!clock || !facts.holds(holderOf(told))) return gone;
  const opens = { what: 'task', thingId: order.thingId } as const;
  if (!clock.dueAt) return { holds: true, opens, from: new Date(now.getTime() + whilePaused) };
  if (clock.dueAt <= now) return gone;
  const { calendar } = reference.town(order.townId);
  const left = minutesBetween(calendar, clock.clock as ClockKind, now.getTime(), clock.dueAt.getTime());
  const early = left - clock.limitMinutes / 4;
  if (early < 1) return { holds: true, opens };
  return { holds: true, opens, from: new Date(addMinutes(calendar, clock.clock as ClockKind, now.getTime(), early)) };
}

/** 免打扰: until the morning, but for emergencies; null: now. */
export function quietUntil({ urgency, townId }: OrderTold, now: Date, reference: Reference): Date | null {
  const { quiet } = reference.town(townId);
  if (urgency === 'emergency' || !isQuiet(now.getTime(), quiet)) return null;
  return new Date(nextQuietEnd(now.getTime(), quiet));
}
