import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActionButtons, arranged, MoreActions, useRoom, type Arranged } from './action-buttons';
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

/** What is offered at the foot: a sealed order is opened first; whoever sees one as staff does not join it as a neighbour. */
function offeredAt({ allows, sealed, view }: Order, except: readonly OrderAction[] = []) {
  if (sealed) return offeredActions(allows.filter((action) => action === 'open'));
  const left: readonly OrderAction[] = view === 'staff' ? [...except, 'meToo'] : except;
  return offeredActions(allows.filter((action) => !left.includes(action)));
}

/** The actions of an order as they stand at its foot. */
export function useArrangedActions(order: Order, except?: readonly OrderAction[]): Arranged<OrderAction> {
  const room = useRoom();
  const { main, others } = offeredAt(order, except);
  return arranged(main, others, room);
}

/** Is there anything to do? A page without it draws no foot. */
export const hasActions = (order: Order): boolean => {
  const { main, others } = offeredAt(order);
  return main !== null || others.length > 0;
};

/** The foot: the main action filled, the rest as words, what finds no room behind 更多. */
export function OrderActionBar({ order, onOpen, except }: Omit<Acting, 'opened'>) {
  const actions = useArrangedActions(order, except);
  return (
    <View className="action-bar">
      <ActionButtons actions={actions} onOpen={onOpen} />
    </View>
  );
}

/** The form of the action that was chosen. It stands in the page, not in its foot, so that it lies above everything. */
export function OpenedAction({ order, opened, onOpen, except }: Acting) {
  const { hidden } = useArrangedActions(order, except);
  if (opened === null) return null;
  if (opened === 'more') return <MoreActions actions={hidden} onOpen={onOpen} />;
  const entry = orderActions[opened];
  return entry ? <entry.Form key={opened} order={order} onClose={() => onOpen(null)} onInstead={onOpen} /> : null;
}
