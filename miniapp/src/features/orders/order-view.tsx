import { View } from '@tarojs/components';
import { Card } from '../../ui/card';
import { Story } from '../../ui/story';
import type { Order } from './order';
import { OrderAnswers } from './order-answers';
import { OrderResult } from './order-result';
import { OrderSaid } from './order-said';
import { OrderStanding } from './order-standing';
import { OrderSupervision } from './order-supervision';
import { complainableIn } from './complainable';
import { ComplainRow } from '../reviews/complain-row';
import { OrderTasks } from './order-tasks';
import './order-view.scss';

/**
 * An order, for whoever may see it: where it stands, what was said, what came of it, the story. Staff see the six steps,
 * the tasks and what was supervised. The buttons are not in here: `OrderActionBar` and `OpenedAction` stand at the foot
 * of the page, or of a pane.
 */
export const OrderView = ({ order }: { order: Order }) => (
  <View className="order-view">
    <OrderStanding order={order} />
    <OrderResult order={order} />
    <OrderSaid order={order} />
    <OrderAnswers answers={order.answers} />
    {order.view === 'staff' && <OrderTasks tasks={order.tasks} />}
    {order.view === 'staff' && <OrderSupervision supervision={order.supervision} />}
    {order.history.length > 0 && (
      <Card title="经过">
        <Story history={order.history} />
      </Card>
    )}
    <ComplainRow things={complainableIn(order)} />
  </View>
);
