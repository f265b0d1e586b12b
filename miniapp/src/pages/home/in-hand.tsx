import { OrderCardRow } from '../../features/orders/order-card';
import { go } from '../../lib/navigation';
import { useCall } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { SectionTrouble } from './section-trouble';

const shown = 2;

/** 正在办: at most two of my own orders, newest first. Nothing while there is none. */
export function InHand() {
  const open = useCall('orders.list', { query: { scope: 'mine', stage: 'open', limit: shown } });
  const working = useCall('orders.list', { query: { scope: 'mine', stage: 'working', limit: shown } });
  const error = open.error ?? working.error;
  if (!open.data || !working.data) {
    const again = () => void Promise.all([open.refetch(), working.refetch()]);
    return error ? <SectionTrouble title="正在办" error={error} onRetry={again} /> : null;
  }
  const orders = [...open.data.items, ...working.data.items]
    .sort((one, other) => Date.parse(other.placedAt) - Date.parse(one.placedAt))
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

const All = () => (
  <Button short look="text" label="看我全部的单子" onPress={() => void go('orders')}>
    全部
  </Button>
);
