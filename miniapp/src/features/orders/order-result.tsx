import { noPhotoReasons, outcomes } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { Card } from '../../ui/card';
import { PhotoPair, PhotoRow } from '../../ui/photos';
import { Tag } from '../../ui/tags';
import type { Order, OrderTask } from './order';

/** What came of it in this round, by those who reported. */
export function OrderResult({ order }: { order: Order }) {
  const reported = order.tasks.filter(({ round, reportedAt }) => round === order.round && reportedAt !== null);
  if (reported.length === 0) return null;
  return (
    <Card title="办的结果">
      {reported.map((task) => (
        <Result key={task.id} task={task} before={order.photos[0] ?? null} />
      ))}
    </Card>
  );
}

interface ResultProps {
  readonly task: OrderTask;
  readonly before: Order['photos'][number] | null;
}

function Result({ task, before }: ResultProps) {
  const { outcome, words, external, noPhotoReason, photos } = task;
  const [after, ...more] = photos;
  const who = task.seats.filter(({ state }) => state === 'reported').map(({ name }) => name);
  const unit = external && external.unit;
  return (
    <View className="order-result">
      <View className="order-result__head">
        <View className="order-result__who">{unit ?? (who.length > 0 ? who.join('、') : task.assignee)}</View>
        {outcome && <Tag colour={outcome === 'solved' ? 'done' : 'working'} words={outcomes[outcome]} />}
      </View>
      {words && <View>{words}</View>}
      {external?.answer && <View>{external.answer}</View>}
      {before && after ? <PhotoPair before={before} after={after} /> : <PhotoRow photos={photos} />}
      {before && after && <PhotoRow photos={more} />}
      {photos.length === 0 && noPhotoReason && (
        <View className="order-result__none">{`没有拍照：${noPhotoReasons[noPhotoReason]}`}</View>
      )}
    </View>
  );
}
