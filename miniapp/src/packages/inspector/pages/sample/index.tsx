import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { faultKinds, type FaultKind } from '@sandan/shared/orders/order.words';
import { useState } from 'react';
import { placeWords } from '../../../../features/orders/place-words';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';
import { monthWords } from '../draws/month-words';
import './index.scss';

type Sample = ReplyFrom<'inspections.read'>;
type Item = Sample['items'][number];
type Shown = 'todo' | 'appealed' | 'done';

/** Why the lot fell on it. */
const whys: Record<string, string> = {
  sampled: '随机抽到',
  selfHandled: '研判的人自己办的',
  unanswered: '群众没回音',
  reusedPhoto: '照片和别的单子重复',
  outOfReview: '提级核查过',
};

const shownAs = ({ result, appealed, order }: Item): Shown => {
  if (result === null) return 'todo';
  return appealed && order.allows.includes('decideAppeal') ? 'appealed' : 'done';
};

/** The orders that were drawn: to be inspected, appealed against, done. */
export default function SamplePage() {
  const { drawId = '' } = useRouter().params;
  const sample = useCall('inspections.read', { params: { drawId } });
  useFreshOnShow(sample);
  usePullDownRefresh(() => void sample.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="抽到的单子">
      <Await query={sample}>{(read) => <Items sample={read} />}</Await>
    </Page>
  );
}

function Items({ sample }: { sample: Sample }) {
  const [shown, setShown] = useState<Shown>('todo');
  const { draw, items } = sample;
  const count = (kind: Shown) => items.filter((item) => shownAs(item) === kind).length;
  const visible = items.filter((item) => shownAs(item) === shown);
  return (
    <>
      <View className="sample__rule">
        {`${draw.gridName} ${monthWords(draw.month)}：办结 ${draw.population} 件，按 ${draw.rule.percent}% 抽了 ${draw.drawn} 件，查了 ${draw.inspected} 件。`}
      </View>
      <View className="sample__seed">{`抽签号 ${draw.seed}`}</View>
      <Segments
        label="看哪些"
        value={shown}
        onChange={setShown}
        segments={[
          { value: 'todo', words: '还没查', count: count('todo') },
          { value: 'appealed', words: '申诉的', count: count('appealed') },
          { value: 'done', words: '查过的' },
        ]}
      />
      {visible.length === 0 ? (
        <Placard icon="check" title={shown === 'todo' ? '都查过了' : '这里没有单子'} />
      ) : (
        <Card bare>
          {visible.map((item) => (
            <DrawnRow key={item.order.id} item={item} />
          ))}
        </Card>
      )}
    </>
  );
}

function DrawnRow({ item }: { item: Item }) {
  const { order, why, result } = item;
  const open = () =>
    void (order.allows.includes('inspect') && result === null
      ? go('inspect', { orderId: order.id })
      : go('order', { orderId: order.id }));
  return (
    <Row
      title={order.title}
      words={[placeWords(order.place), order.holder, whys[why] ?? why].filter(Boolean).join(' · ')}
      end={<Result item={item} />}
      onPress={open}
    />
  );
}

function Result({ item: { result, fault, appealed } }: { item: Item }) {
  if (result === null) return <Tag colour="open" words="待查" />;
  if (result === 'pass') return <Tag colour="done" words="通过" />;
  const kind = fault !== null && fault in faultKinds ? faultKinds[fault as FaultKind] : '有问题';
  return (
    <Tag
      colour="overdue"
      words={[result === 'redo' ? '退回重办' : kind, appealed && '已申诉'].filter(Boolean).join('，')}
    />
  );
}
