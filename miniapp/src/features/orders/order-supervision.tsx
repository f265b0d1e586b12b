import { View } from '@tarojs/components';
import { dateWords, whenWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Card } from '../../ui/card';
import { Tag } from '../../ui/tags';
import type { Order } from './order';

/** 督办: who asked for it, until when, and whether it was answered. */
export function OrderSupervision({ supervision }: { supervision: Order['supervision'] }) {
  const now = useNow();
  if (supervision.length === 0) return null;
  return (
    <Card title="督办">
      {supervision.map(({ by, words, at, dueOn, answeredAt }) => (
        <View key={`${at}${by.name}`} className="order-supervision">
          <View className="order-result__head">
            <View className="order-result__who">{by.roleName ? `${by.name}（${by.roleName}）` : by.name}</View>
            <Tag colour={answeredAt ? 'done' : 'overdue'} words={answeredAt ? '已回复' : '等回复'} />
          </View>
          <View>{words}</View>
          <View className="order-answer__by">
            {[whenWords(at, now), dueOn && `${dateWords(dueOn, now)}前回复`].filter(Boolean).join('，')}
          </View>
        </View>
      ))}
    </Card>
  );
}
