import type { OrderState } from '@sandan/shared/orders/order.lifecycle';
import { newId } from '../../foundation/ids';
import type { History } from '../../foundation/outbox/history.entity';
import type { OrderStep } from './advance';
import type { OrderRecord } from './order-record';

/** The order's row carries the caller's action id; where only a task moved, the task's row does. */
export function historyRows(record: OrderRecord, step: OrderStep, to: OrderState): Partial<History>[] {
  const { actor } = step;
  const common = {
    aggregateId: record.id,
    seq: record.version + 1,
    townId: record.townId,
    actorId: actor.id,
    actorName: actor.name,
    actorRole: actor.role,
    at: actor.now,
    onBehalfId: actor.onBehalfId,
    fannedOutAt: null,
  };
  const rows: Partial<History>[] = [];
  const nextId = () => (rows.length === 0 ? step.actionId : newId(actor.now));
  const add = (row: Partial<History>) => rows.push({ id: nextId(), ...common, ...row });

  const orderRow = (action: string) =>
    add({
      thing: 'order',
      thingId: record.id,
      action,
      fromState: record.state,
      toState: to,
      words: step.words ?? null,
      facts: step.facts ?? null,
    });
  if (step.action) orderRow(step.action);
  for (const { task, action, to: taskTo, words, facts, told } of step.tasks ?? []) {
    if (told === false) continue;
    add({
      thing: 'task',
      thingId: task.id,
      action,
      fromState: task.state,
      toState: taskTo,
      words: words ?? null,
      facts: facts ?? null,
    });
  }
  if (!step.action && to !== record.state) {
    add({
      thing: 'order',
      thingId: record.id,
      action: 'derive',
      fromState: record.state,
      toState: to,
      words: null,
      facts: null,
    });
  }
  return rows;
}
