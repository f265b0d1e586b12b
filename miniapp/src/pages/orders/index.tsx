import { View } from '@tarojs/components';
import { useState } from 'react';
import { OrderCardRow } from '../../features/orders/order-card';
import { go } from '../../lib/navigation';
import { useSendQueue } from '../../lib/send-queue-runner';
import { useMe } from '../../lib/session';
import { useLiveList } from '../../lib/live/use-live-list';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Choice } from '../../ui/choice';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import type { Stage } from '../../ui/tags';
import './index.scss';

type Shown = 'all' | Exclude<Stage, 'stopped'>;
const shownOptions: { value: Shown; words: string }[] = [
  { value: 'all', words: '全部' },
  { value: 'open', words: '待办' },
  { value: 'working', words: '办理中' },
  { value: 'done', words: '办结' },
];

/** 我的单子, newest first. What waits to be sent stands above them, in the bar of every page. */
export default function OrdersPage() {
  const [shown, setShown] = useState<Shown>('all');
  const list = useLiveList('orders', 'orders.list', { scope: 'mine', ...(shown === 'all' ? {} : { stage: shown }) });
  const empty = useEmpty(shown);
  const showsDoor = 'action' in empty && list.query.isSuccess && list.items.length === 0;
  return (
    <Page title="点单" tab="orders">
      {!showsDoor && (
        <Button look="main" icon="plus" onPress={() => void go('place', {})}>
          我要点单
        </Button>
      )}
      <View className="orders__chips">
        <Choice label="看哪些单子" options={shownOptions} value={shown} onChange={setShown} />
      </View>
      <ListView
        list={list}
        label="我的单子"
        keyOf={(order) => order.id}
        row={(order) => (
          <Card bare>
            <OrderCardRow order={order} />
          </Card>
        )}
        empty={empty}
      />
    </Page>
  );
}

/** Why there is nothing: never ordered, nothing of this kind, or not yet sent. */
function useEmpty(shown: Shown) {
  const personId = useMe()?.personId;
  const waiting = useSendQueue(({ jobs }) => jobs.some((job) => job.personId === personId && job.state === 'waiting'));
  const icon = 'clipboard-list' as const;
  if (waiting) return { icon, title: '单子还没发出去', words: '等网络好了自动发出，不用再点一次。' };
  if (shown !== 'all') return { icon, title: '这里没有单子', words: '换一个看看。' };
  const action = { words: '我要点单', onPress: () => void go('place', {}) };
  return { icon, title: '您还没有点过单', words: '有事说一声，就有人办。', action };
}
