import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { OrderDeeds } from '../../../../features/commitments/order-deeds';
import { hasActions, OpenedAction, OrderActionBar, useActing } from '../../../../features/orders/order-action-bar';
import { OrderView } from '../../../../features/orders/order-view';
import type { PageParams } from '../../../../lib/page-table';
import { useLiveRead } from '../../../../lib/live/use-live';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';

/** One order, for whoever may see it: what can be done stands at the foot. */
export default function OrderPage() {
  const { orderId = '' } = useRouter().params as Partial<PageParams['order']>;
  const query = useCall('orders.read', { params: { orderId } });
  useLiveRead('orders', query, orderId);
  const acting = useActing();
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  const order = query.data;
  const bottom = order && hasActions(order) ? <OrderActionBar order={order} onOpen={acting.onOpen} /> : undefined;
  return (
    <Page title="单子" bottom={bottom}>
      <Await query={query}>
        {(read) => (
          <>
            <OrderView order={read} />
            <OrderDeeds order={read} />
          </>
        )}
      </Await>
      {bottom !== undefined && <View className="action-bar__room" />}
      {order && <OpenedAction order={order} {...acting} />}
    </Page>
  );
}
