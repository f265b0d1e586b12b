import type { Caller } from '../../foundation/access/caller';
import type { LiveEvent } from '../../foundation/live/feed';
import type { LiveSource, Notice } from '../../foundation/live/live-source';
import { maySee, maySeePublicly } from './act';
import { loadByIds, type OrderRecord } from './order-record';
import { maySeeTask } from './tasks.policy';

/**
 * 接单大厅 and 工作台: an order's id is told to whoever would be shown the order, a task's to whoever would be shown the
 * task. What a confidential order does is known to those alone who may read it.
 */
export const orderLive: LiveSource = {
  things: ['order', 'task'],
  hearing: async (reading, events) => {
    const records = await loadByIds(reading, [...new Set(events.map(({ aggregateId }) => aggregateId))]);
    const told = records.map((record) => ({ record, before: seenBefore(record, events) }));
    return (caller) => told.flatMap(({ record, before }) => noticesOf(record, before, caller));
  },
};

export function noticesOf(record: OrderRecord, before: OrderRecord | null, caller: Caller): Notice[] {
  const notices: Notice[] = [];
  if (maySee(record, caller) || maySeePublicly(record, caller)) notices.push({ topic: 'orders', id: record.id });
  for (const task of record.tasks) if (maySeeTask(record, task, caller)) notices.push({ topic: 'tasks', id: task.id });
  if (notices.length > 0 || before === null) return notices;
  // It goes from their lists; its id goes with it.
  return noticesOf(before, null, caller).map(({ topic }) => ({ topic, id: null }));
}

/** By these an order leaves somebody's sight: it becomes confidential, or another desk's. */
const leaving: ReadonlySet<string> = new Set(['protect', 'redirect', 'escalate', 'sendDown', 'orderRedo']);

/**
 * The order as those saw it who lose it: nothing protected, at the desk of its place. What was confidential before, or never
 * was a village's (作风反映), nobody has lost.
 */
function seenBefore(record: OrderRecord, events: readonly LiveEvent[]): OrderRecord | null {
  const acts = events.filter(({ aggregateId, thing }) => aggregateId === record.id && thing === 'order');
  if (record.deskKind !== 'desk' || !acts.some(({ action }) => leaving.has(action))) return null;
  const confidential = record.visibility === 'confidential';
  if (confidential && !acts.some(({ action }) => action === 'protect')) return null;
  const { countyId, townId, villageId, groupId } = record;
  return {
    ...record,
    ...{ visibility: 'normal', deskPersonId: null },
    ...{ deskCountyId: countyId, deskTownId: townId, deskVillageId: villageId, deskGroupId: groupId },
    tasks: record.tasks.map((task) => ({ ...task, confidential: 0 })),
  };
}
