import { isQuiet, nextQuietEnd } from '@sandan/shared/china-time';
import type { MessageKind } from '@sandan/shared/subscriptions/subscription.words';
import { addMinutes, minutesBetween, type ClockKind } from '@sandan/shared/working-time';
import type { Reading } from '../../foundation/database/connect';
import type { Reference } from '../../foundation/reference/reference';
import type { WechatMessage } from '../../foundation/subscribe/subscribe.entity';
import { clockOf, holdsTask, tasksWaitingFor, type OrderTold } from '../orders/told-orders.queries';

/** What a tap opens. */
export interface Opens {
  readonly what: 'order' | 'task';
  readonly thingId: string;
}

/** Whether a message is still true, and from when on it may be sent. */
export type Standing =
  { readonly holds: false } | { readonly holds: true; readonly opens: Opens; readonly from?: Date };

interface Asked {
  readonly reading: Reading;
  readonly message: WechatMessage & { readonly orderId: string; readonly kind: MessageKind };
  readonly order: OrderTold;
  readonly at: { readonly now: Date; readonly reference: Reference };
}

const gone: Standing = { holds: false };

/** The order may have moved on since: whoever opens a message finds what it says (domain.md §8). */
export async function standingOf(asked: Asked): Promise<Standing> {
  const { reading, message, order } = asked;
  const onOrder: Standing = { holds: true, opens: { what: 'order', thingId: message.orderId } };
  const while_ = (isTrue: boolean): Standing => (isTrue ? onOrder : gone);
  switch (message.kind) {
    case 'claimed':
      return while_(order.actorId !== null && (await holdsTask(reading, order.thingId, order.actorId)));
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
      return onTask(asked, message.kind === 'sentBack' ? 'held' : message.kind);
    case 'dueSoon':
      return lastQuarter(asked);
  }
}

async function onTask({ reading, message }: Asked, how: string): Promise<Standing> {
  const waiting = await tasksWaitingFor(reading, message.orderId, message.personId);
  const task = waiting.find((each) => each.how === how);
  return task ? { holds: true, opens: { what: 'task', thingId: task.id } } : gone;
}

/** 快到期: from when a quarter of the limit is left on, and as long as the clock runs and the task is in his hands. */
async function lastQuarter({ reading, message, order, at: { now, reference } }: Asked): Promise<Standing> {
  const clock = await clockOf(reading, order.thingId, 'handle');
  if (!clock?.runningSince || !clock.dueAt || clock.dueAt <= now) return gone;
  if (!(await holdsTask(reading, order.thingId, message.personId))) return gone;
  const { calendar } = reference.town(order.townId);
  const left = minutesBetween(calendar, clock.clock as ClockKind, now.getTime(), clock.dueAt.getTime());
  const early = left - clock.limitMinutes / 4;
  const opens = { what: 'task', thingId: order.thingId } as const;
  if (early < 1) return { holds: true, opens };
  return { holds: true, opens, from: new Date(addMinutes(calendar, clock.clock as ClockKind, now.getTime(), early)) };
}

/** 免打扰: until the morning, but for emergencies; null: now. */
export function quietUntil({ urgency, townId }: OrderTold, now: Date, reference: Reference): Date | null {
  const { quiet } = reference.town(townId);
  if (urgency === 'emergency' || !isQuiet(now.getTime(), quiet)) return null;
  return new Date(nextQuietEnd(now.getTime(), quiet));
}
