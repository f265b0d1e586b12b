import { View } from '@tarojs/components';
import type { Target } from '../../../../features/sweeps/sweep';
import { newId } from '../../../../lib/ids';
import { go } from '../../../../lib/navigation';
import { useKeptCall } from '../../../../lib/use-kept-call';
import { useSubmit } from '../../../../lib/use-submit';
import { useRef } from 'react';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Row } from '../../../../ui/row';
import { StageTag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';

/** 发现的问题: one press makes an order of the household of it; those that were made show how they stand. */
export function Mend({ target }: { target: Target }) {
  const { mend, orders, allows } = target;
  if (mend.length + orders.length === 0) return null;
  return (
    <Card title="发现的问题" bare>
      {orders.map(({ orderId, title, stage, stateName }) => (
        <Row
          key={orderId}
          title={title}
          end={<StageTag stage={stage} words={stateName} />}
          onPress={() => void go('order', { orderId })}
        />
      ))}
      {allows.includes('order') &&
        mend.map((found) => <MendRow key={found.questionId} target={target} found={found} />)}
    </Card>
  );
}

interface MendRowProps {
  readonly target: Target;
  readonly found: Target['mend'][number];
}

function MendRow({ target, found }: MendRowProps) {
  const categories = useKeptCall('categories.list').data?.categories ?? [];
  const category = categories.find(({ id }) => id === (found.categoryId ?? 'other'));
  const orderId = useRef(newId());
  const { busy, refusal, send } = useSubmit();
  const place = async () => {
    if (!category) return toast('类别还没有读到，请有网时再点');
    const words = [category.notice, `${placeName(target)}，类别“${category.name}”。`].filter(Boolean).join('\n');
    if (!(await confirm({ title: '转成单子？', words, yes: '转成单子', no: '先不转' }))) return;
    const body = {
      ...{ categoryId: category.id, words: `${target.title}发现：${found.ask}`, gridId: target.place.gridId },
      ...{ source: 'sweep' as const, sweepTargetId: target.id, sweepQuestionId: found.questionId },
      ...{ noticeRead: true },
      ...(target.door === null ? {} : { address: target.door }),
    };
    const state = await send({
      ...{ id: orderId.current, key: 'orders.place', sent: { params: { orderId: orderId.current }, body } },
      ...{ photoIds: [], title: found.ask, form: `sweepOrder.${target.id}`, fields: {} },
    });
    if (state === 'refused') return;
    orderId.current = newId();
    toast(state === 'sent' ? '转成单子了，村里会研判' : '记下了，等网络好了自动发出');
  };
  return (
    <View className="row">
      <View className="row__text">
        <View className="row__title">{found.ask}</View>
        {refusal && <View className="door-foot__refused">{refusal.title}</View>}
      </View>
      <Button short icon="send" busy={busy} label={`${found.ask}，转成单子`} onPress={() => void place()}>
        转单子
      </Button>
    </View>
  );
}

const placeName = ({ place: { village, group }, door }: Target): string =>
  [village, group, door].filter(Boolean).join('');
