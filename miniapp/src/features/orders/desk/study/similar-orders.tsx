import { View } from '@tarojs/components';
import { go } from '../../../../lib/navigation';
import { agoWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import { StageTag } from '../../../../ui/tags';
import type { Order } from '../../order';
import { placeWords } from '../../place-words';

/** The same kind of thing, near by, of the last 30 days. Quietly nothing where there is none, or where it cannot be read. */
export function useSimilar(order: Order, categoryId: string = order.category.id) {
  const { place, gcj02, id } = order;
  const near = gcj02 === null ? {} : { lat: gcj02.lat, lng: gcj02.lng };
  const query = { categoryId, gridId: place.gridId, exceptId: id, ...near };
  return useCall('orders.similar', { query }).data?.items ?? [];
}

interface SimilarOrdersProps {
  readonly order: Order;
  readonly onMerge: (() => void) | null;
}

/** 附近已有人反映: one thing, one order. */
export function SimilarOrders({ order, onMerge }: SimilarOrdersProps) {
  const similar = useSimilar(order);
  const now = useNow();
  if (similar.length === 0) return null;
  return (
    <Card bare title="附近已有人反映">
      {similar.map((other) => (
        <Row
          key={other.id}
          title={other.title}
          words={`${placeWords(other.place)}，${agoWords(other.placedAt, now)}`}
          end={<StageTag stage={other.stage} words={other.stateName} />}
          onPress={() => void go('order', { orderId: other.id })}
        />
      ))}
      {onMerge && (
        <View className="study__merge">
          <Button look="plain" onPress={onMerge}>
            是同一件事，并过去
          </Button>
        </View>
      )}
    </Card>
  );
}
