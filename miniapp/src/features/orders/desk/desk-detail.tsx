import { View } from '@tarojs/components';
import { useLiveRead } from '../../../lib/live/use-live';
import { useCall } from '../../../lib/use-call';
import { Await } from '../../../ui/await';
import type { Order } from '../order';
import { hasActions, OpenedAction, OrderActionBar, useActing } from '../order-action-bar';
import { OrderView } from '../order-view';
import { isToStudy } from './is-to-study';
import { StudyBar, StudyView, studiedHere } from './study/study-view';
import { useStudy } from './study/use-study';
import './desk-detail.scss';

/** What stands beside the list on a wide screen: the order, and what can be done to it, at its foot. */
export default function DeskDetail({ orderId }: { orderId: string }) {
  const query = useCall('orders.read', { params: { orderId } });
  useLiveRead('orders', query, orderId);
  return (
    <Await query={query}>{(order) => (isToStudy(order) ? <Studied order={order} /> : <Looked order={order} />)}</Await>
  );
}

const stay = (): void => undefined;

function Studied({ order }: { order: Order }) {
  const study = useStudy(order);
  const acting = useActing();
  return (
    <View className="desk-detail">
      <StudyView order={order} study={study} onOpen={acting.onOpen} />
      <View className="two-pane__foot">
        <StudyBar order={order} study={study} onOpen={acting.onOpen} onDone={stay} />
      </View>
      <OpenedAction order={order} {...acting} except={studiedHere} />
    </View>
  );
}

function Looked({ order }: { order: Order }) {
  const acting = useActing();
  return (
    <View className="desk-detail">
      <View className="two-pane__columns">
        <OrderView order={order} />
      </View>
      {hasActions(order) && (
        <View className="two-pane__foot">
          <OrderActionBar order={order} onOpen={acting.onOpen} />
        </View>
      )}
      <OpenedAction order={order} {...acting} />
    </View>
  );
}
