import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { Sheet } from '../../ui/sheet';
import type { Order } from './order';
import { offeredActions, orderActions } from './order-actions';
import './order-action-bar.scss';

export interface Acting {
  readonly order: Order;
  /** The action whose form is open; 'more' is the list of those that found no room. */
  readonly opened: OrderAction | 'more' | null;
  readonly onOpen: (opened: OrderAction | 'more' | null) => void;
}

/** What is being done to an order: `const acting = useActing()`, given to the bar at the foot and to `OpenedAction`. */
export function useActing(): Pick<Acting, 'opened' | 'onOpen'> {
  const [opened, onOpen] = useState<Acting['opened']>(null);
  return { opened, onOpen };
}

const roomFor = 3;

/** What has room beside the main button, and what is put away behind 更多. */
export function shared<Action>(others: readonly Action[]): { shown: readonly Action[]; more: boolean } {
  if (others.length <= roomFor) return { shown: others, more: false };
  return { shown: others.slice(0, roomFor - 1), more: true };
}

/** Is there anything to do? A page without it draws no foot. */
export const hasActions = (order: Order): boolean => {
  const { main, others } = offeredActions(order.allows);
  return main !== null || others.length > 0;
};

/** The foot: the main action filled, the rest as words, what finds no room behind 更多. */
export function OrderActionBar({ order, onOpen }: Omit<Acting, 'opened'>) {
  const { main, others } = offeredActions(order.allows);
  const { shown, more } = shared(others);
  return (
    <View className="action-bar">
      {main && (
        <Button look="main" onPress={() => onOpen(main.action)}>
          {main.label}
        </Button>
      )}
      {shown.length > 0 && (
        <View className="action-bar__others">
          {shown.map(({ action, label }) => (
            <Button key={action} short look="text" onPress={() => onOpen(action)}>
              {label}
            </Button>
          ))}
          {more && (
            <Button short look="text" onPress={() => onOpen('more')}>
              更多
            </Button>
          )}
        </View>
      )}
    </View>
  );
}

/** The form of the action that was chosen. It stands in the page, not in its foot, so that it lies above everything. */
export function OpenedAction({ order, opened, onOpen }: Acting) {
  const close = () => onOpen(null);
  if (opened === null) return null;
  if (opened === 'more') return <MoreActions order={order} onOpen={onOpen} />;
  const entry = orderActions[opened];
  return entry ? <entry.Form key={opened} order={order} onClose={close} onInstead={onOpen} /> : null;
}

const MoreActions = ({ order, onOpen }: Omit<Acting, 'opened'>) => {
  const { others } = offeredActions(order.allows);
  const { shown } = shared(others);
  return (
    <Sheet title="还可以" open onClose={() => onOpen(null)}>
      <Card bare>
        {others.slice(shown.length).map(({ action, label }) => (
          <Row key={action} title={label} onPress={() => onOpen(action)} />
        ))}
      </Card>
    </Sheet>
  );
};
