import { canDo, type Lifecycle } from '@sandan/shared/lifecycle';
import { orderLifecycle, type OrderAction, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import { derivedState, type Actor, type TaskStep } from './advance';
import { clocksInto, stopTask } from './clock-changes';
import type { OrderRecord } from './order-record';

const table: Lifecycle<OrderState, OrderAction> = orderLifecycle;

/** Said by the act that makes an order confidential: whoever looks on loses it from his screen. */
export const concealing = { concealed: true } as const;

/**
 * An order becomes confidential: what hangs in the hall is taken down, what somebody has in hand becomes his alone
 * (domain.md §3.2 `protect`). The order follows from what is left.
 */
export function concealed(record: OrderRecord, actor: Actor) {
  const tasks = record.tasks.flatMap((task): TaskStep[] => {
    if (task.state === 'offered' && (task.mode === 'open' || task.mode === 'team')) {
      return [{ task, action: 'cancel', to: 'cancelled' }];
    }
    if (task.state !== 'claimed' || task.mode === 'external') return [];
    return [{ task, action: 'note', to: 'claimed', set: { mode: 'assigned', assigneeId: task.leadId }, told: false }];
  });
  const to = canDo(table, 'derive', record.state) ? derivedState(record, { tasks, actor }) : record.state;
  const stopped = tasks
    .filter((change) => change.to === 'cancelled')
    .flatMap(({ task }) => stopTask(record, actor, task.id));
  return {
    to,
    tasks,
    clocks: [...stopped, ...(to === record.state ? [] : clocksInto(record, actor, to))],
    retouched: { confidential: 1 },
  };
}
