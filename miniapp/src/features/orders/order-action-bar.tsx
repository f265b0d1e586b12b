import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActionButtons, arranged, MoreActions, type Arranged } from './action-buttons';
import type { Order } from './order';
import { offeredActions, orderActions } from './order-actions';

export interface Acting {
  readonly order: Order;
  /** The action whose form is open; 'more' is the list of those that found no room. */
  readonly opened: OrderAction | 'more' | null;
  readonly onOpen: (opened: OrderAction | 'more' | null) => void;
  /** Actions that the page itself offers in another way. */
  readonly except?: readonly OrderAction[];
}

/** What is being done to an order: `const acting = useActing()`, given to the bar at the foot and to `OpenedAction`. */
export function useActing(): Pick<Acting, 'opened' | 'onOpen'> {
  const [opened, onOpen] = useState<Acting['opened']>(null);
  return { opened, onOpen };
}

/** The actions of an order as they stand at its foot. Whoever sees it as staff does not join it there as a neighbour. */
export function arrangedActions(order: Order, except: readonly OrderAction[] = []): Arranged<OrderAction> {
  const left: readonly OrderAction[] = order.view === 'staff' ? [...except, 'meToo'] : except;
  const { main, others } = offeredActions(order.allows.filter((action) => !left.includes(action)));
  return arranged(main, others);
}

/** Is there anything to do? A page without it draws no foot. */
export const hasActions = (order: Order): boolean => {
  const { main, shown } = arrangedActions(order);
  return main !== null || shown.length > 0;
};

/** The foot: the main action filled, the rest as words, what finds no room behind 更多. */
export const OrderActionBar = ({ order, onOpen, except }: Omit<Acting, 'opened'>) => (
  <View className="action-bar">
    <ActionButtons actions={arrangedActions(order, except)} onOpen={onOpen} />
  </View>
);

/** The form of the action that was chosen. It stands in the page, not in its foot, so that it lies above everything. */
export function OpenedAction({ order, opened, onOpen, except }: Acting) {
  if (opened === null) return null;
  if (opened === 'more') return <MoreActions actions={arrangedActions(order, except).hidden} onOpen={onOpen} />;
  const entry = orderActions[opened];
  return entry ? <entry.Form key={opened} order={order} onClose={() => onOpen(null)} onInstead={onOpen} /> : null;
}
