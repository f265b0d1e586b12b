import { View } from '@tarojs/components';
import { nowWords } from '../../../../features/orders/now-words';
import type { OrderCardItem } from '../../../../features/orders/order';
import { go, goInstead } from '../../../../lib/navigation';
import { agoWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Pressable } from '../../../../ui/pressable';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';

interface SimilarOrdersProps {
  readonly categoryId: string;
  readonly gridId: string;
  readonly gcj02: { readonly lat: number; readonly lng: number } | null;
}

const shown = 2;

/** 附近已有人反映, and what the person has running himself: a hint, never in the way; without network there is none. */
export function SimilarOrders({ categoryId, gridId, gcj02 }: SimilarOrdersProps) {
  const { data } = useCall('orders.similar', { query: { categoryId, gridId, ...gcj02 } });
  const items = data?.items ?? [];
  return (
    <>
      <Hints title="您点过这样的单子" orders={items.filter(({ mine }) => mine)} />
      <Hints title="附近已有人反映" orders={items.filter(({ mine }) => !mine)} />
    </>
  );
}

function Hints({ title, orders }: { title: string; orders: readonly OrderCardItem[] }) {
  if (orders.length === 0) return null;
  return (
    <Card title={title}>
      {orders.slice(0, shown).map((order) => (
        <Similar key={order.id} order={order} />
      ))}
    </Card>
  );
}

function Similar({ order }: { order: OrderCardItem }) {
  const now = useNow();
  const act = useAct('orders.meToo', { orderId: order.id });
  const joined = () => {
    toast('记上了，不用再点一单');
    void goInstead('order', { orderId: order.id });
  };
  const others = order.meToo > 0 ? `，${order.meToo} 人也是` : '';
  return (
    <View className="similar">
      <Pressable label={`${order.title}，点开看详细`} onPress={() => void go('order', { orderId: order.id })}>
        <View className="similar__title">{order.title}</View>
        <View className="similar__words">{`${agoWords(order.placedAt, now)}，${nowWords(order)}${others}`}</View>
      </Pressable>
      {act.error && <View className="field__error">{troubleWords(act.error)}</View>}
      {order.allows.includes('meToo') && (
        <Button look="plain" busy={act.isPending} onPress={() => act.mutate({}, { onSuccess: joined })}>
          我也是
        </Button>
      )}
    </View>
  );
}
