import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { agoWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Pressable } from '../../ui/pressable';
import { nowWords } from './now-words';
import type { OrderCardItem } from './order';
import { PlainStageTag } from './plain-stage-tag';
import { placeWords } from './place-words';
import './order-card.scss';

/** An order as its own person reads it in a list: what it is, who has it. Stands in a bare card, alone or among others. */
export function OrderCardRow({ order }: { order: OrderCardItem }) {
  const now = useNow();
  const [where, when] = [placeWords(order.place), agoWords(order.placedAt, now)];
  return (
    <Pressable className="order-card" onPress={() => void go('order', { orderId: order.id })}>
      <View className="order-card__head">
        <View className="order-card__title">{order.title}</View>
        <PlainStageTag order={order} />
      </View>
      <View className="order-card__now">{nowWords(order)}</View>
      <View className="order-card__where">{`${where} · ${when}`}</View>
    </Pressable>
  );
}
