import { OrderCardRow } from '../../features/orders/order-card';
import type { Me } from '../../lib/session';
import { useCall } from '../../lib/use-call';
import { Skeleton } from '../../ui/await';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { SectionTrouble } from './section-trouble';

const title = '村里的事';

/** What neighbours ordered and the desk has put into words for everybody: one may say 我也是. */
export const VillageNews = ({ me }: { me: Me }) => (me.home ? <News /> : null);

function News() {
  const query = useCall('orders.list', { query: { scope: 'public', limit: 4 } });
  if (query.error && !query.data) {
    return <SectionTrouble title={title} error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Skeleton rows={1} />;
  const { items } = query.data;
  return (
    <Card bare title={title}>
      {items.length === 0 && <Row title="这阵子没有公开的事" words="村里正在办的、大家都用得着的事会写在这里。" />}
      {items.map((order) => (
        <OrderCardRow key={order.id} order={order} />
      ))}
    </Card>
  );
}
