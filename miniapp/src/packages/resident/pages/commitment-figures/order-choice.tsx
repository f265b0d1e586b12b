import { View } from '@tarojs/components';
import { Segments } from '../../../../ui/segments';

export type Order = 'name' | 'share';

const orders = [
  { value: 'name', words: '按名字排' },
  { value: 'share', words: '按办成多少排' },
] as const;

export interface OrderProps {
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}

/** How organisations stand below each other. */
export const OrderChoice = ({ order, onOrder }: OrderProps) => (
  <View className="figures-order">
    <Segments label="怎么排" segments={orders} value={order} onChange={onOrder} />
  </View>
);
