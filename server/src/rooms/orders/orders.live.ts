import type { Caller } from '../../foundation/access/caller';
import { collectConcerned, isConcerned, standingOf, type Concerned } from '../../foundation/access/standing';
import type { LiveEvent, LiveSource } from '../../foundation/live/history-stream';
import type { Hearing, Notice } from '../../foundation/live/live-stream';
import { maySee, maySeePublicly } from './act';
import { loadByIds, type OrderRecord } from './order-record';
import { orderPolicy, orderSource, publicRule, readRule } from './orders.policy';
import type { Task } from './task.entity';
import { maySeeTask, taskIn, taskReadRule, taskSource } from './tasks.policy';

/**
 * 接单大厅 and 工作台: an order's id is told to whoever would be shown the order, a task's to whoever would be shown the
 * task. What a confidential order does is known to those alone who may read it.
 */
export const orderLive: LiveSource = {
  topics: ['orders', 'tasks'],
  things: ['order', 'task'],
  hearing: async (reading, events) => {
    const records = await loadByIds(reading, [...new Set(events.map(({ aggregateId }) => aggregateId))]);
    const each = records.map((record) => {
      const those = events.filter(({ aggregateId }) => aggregateId === record.id);
      return oncePerStanding(record, (caller) => noticesOf(record, those, caller));
    });
    return (caller) => each.flatMap((hearing) => hearing(caller));
  },
};

/** Two thousand look on, and nearly all of them are some village's members: what one of them hears, they all do. */
function oncePerStanding(record: OrderRecord, hearing: Hearing): Hearing {
  const concerned = concernedBy(record);
  const known = new Map<string, readonly Notice[]>();
  return (caller) => {
    if (isConcerned(concerned, caller)) return hearing(caller);
    const standing = standingOf(caller);
    const notices = known.get(standing) ?? hearing(caller);
    known.set(standing, notices);
    return notices;
  };
}

/** By the very rules that are asked below; and whoever has had a seat hears that it is gone. */
function concernedBy(record: OrderRecord): Concerned {
  const concerned: Concerned = { people: new Set(), households: new Set() };
  const row = record as unknown as Record<string, unknown>;
  for (const rule of [readRule, publicRule, orderPolicy.open]) collectConcerned(rule, row, orderSource, concerned);
  for (const task of record.tasks) {
    const taskRow = taskIn(record, task) as unknown as Record<string, unknown>;
    collectConcerned(taskReadRule, taskRow, taskSource, concerned);
  }
  for (const { personId } of record.seats) concerned.people.add(personId);
  return concerned;
}

export function noticesOf(record: OrderRecord, events: readonly LiveEvent[], caller: Caller): Notice[] {
  const seen = seenBy(record, caller);
  if (seen.length > 0) return seen;
  const before = asItWas(record, events);
  // It goes from their lists; its id goes with it.
  const topics = new Set(before ? seenBy(before, caller).map(({ topic }) => topic) : []);
  if (hasLostTask(record, events, caller)) topics.add('tasks');
  return [...topics].map((topic) => ({ topic, id: null }));
}

function seenBy(record: OrderRecord, caller: Caller): Notice[] {
  const order: Notice[] =
    maySee(record, caller) || maySeePublicly(record, caller) ? [{ topic: 'orders', id: record.id }] : [];
  const tasks = record.tasks.filter((task) => maySeeTask(record, task, caller));
  return [...order, ...tasks.map(({ id }): Notice => ({ topic: 'tasks', id }))];
}

/** By these an order leaves somebody's sight: it becomes another desk's. */
const moving: ReadonlySet<string> = new Set(['redirect', 'escalate', 'sendDown', 'orderRedo']);

/**
 * The order as those saw it who lose it: nothing confidential, at the desk of its place. What was confidential before, or
 * never was a village's (作风反映), nobody has lost, but for the desk whose sealed order one of them has opened.
 */
function asItWas(record: OrderRecord, events: readonly LiveEvent[]): OrderRecord | null {
  const acts = events.filter(({ thing }) => thing === 'order');
  const isSecret = record.visibility === 'confidential';
  const becomesSecret = events.some(({ conceals }) => conceals === 1);
  if (isSecret && !becomesSecret)
    return acts.some(({ action }) => action === 'open') ? { ...record, deskPersonId: null } : null;
  const moves = acts.some(({ action }) => moving.has(action));
  if (record.deskKind !== 'desk' || !(becomesSecret || moves)) return null;
  const { countyId, townId, villageId, groupId } = record;
  return {
    ...record,
    ...{ visibility: 'normal', deskPersonId: null, publicSummary: becomesSecret ? '' : record.publicSummary },
    ...{ deskCountyId: countyId, deskTownId: townId, deskVillageId: villageId, deskGroupId: groupId },
    tasks: record.tasks.map(openToAll),
  };
}

/** As it hung in the hall, if it ever did. */
const openToAll = (task: Task): Task => ({ ...task, confidential: 0 });

/**
 * A task that hung in the hall is somebody's now, or somebody has been let go: of an order that is no secret, or has just
 * become one.
 */
function hasLostTask(record: OrderRecord, events: readonly LiveEvent[], caller: Caller): boolean {
  if (record.visibility === 'confidential' && !events.some(({ conceals }) => conceals === 1)) return false;
  const hung = { ...record, visibility: 'normal' as const };
  return events.some(({ thing, thingId, action }) => {
    const task = thing === 'task' && record.tasks.find(({ id }) => id === thingId);
    if (!task) return false;
    if (record.seats.some((seat) => seat.taskId === thingId && seat.personId === caller.personId)) return true;
    return action === 'reassign' && maySeeTask(hung, { ...openToAll(task), mode: 'open', assigneeId: null }, caller);
  });
}
