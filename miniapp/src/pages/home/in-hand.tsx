import type { OrderCardItem } from '../../features/orders/order';
import { OrderCardRow } from '../../features/orders/order-card';
import { waitsForMe } from '../../features/orders/plain-stage-tag';
import { go } from '../../lib/navigation';
import { useCall } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { SectionTrouble } from './section-trouble';

const shown = 2;
/** Enough to find among them what waits for me, however old it is. */
const read = 20;

/** 正在办: at most two of my own orders, first what waits for me, then the newest. Nothing while there is none. */
export function InHand() {
  const open = useCall('orders.list', { query: { scope: 'mine', stage: 'open', limit: read } });
  const working = useCall('orders.list', { query: { scope: 'mine', stage: 'working', limit: read } });
  const error = open.error ?? working.error;
  if (!open.data || !working.data) {
    const again = () => void Promise.all([open.refetch(), working.refetch()]);
    return error ? <SectionTrouble title="正在办" error={error} onRetry={again} /> : null;
  }
  const orders = [...open.data.items, ...working.data.items]
    .sort((one, other) => turn(one) - turn(other) || Date.parse(other.placedAt) - Date.parse(one.placedAt))
    .slice(0, shown);
  if (orders.length === 0) return null;
  return (
    <Card bare title="正在办" aside={<All />}>
      {orders.map((order) => (
        <OrderCardRow key={order.id} order={order} />
      ))}
    </Card>
  );
}

const turn = (order: OrderCardItem): number => (waitsForMe(order) ? 0 : 1);

const All = () => (
  <Button short look="text" label="看我全部的单子" onPress={() => void go('orders')}>
    全部
  </Button>
);
