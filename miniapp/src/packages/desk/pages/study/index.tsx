import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { StudyBar, StudyView, studiedHere } from '../../../../features/orders/desk/study/study-view';
import { useStudy } from '../../../../features/orders/desk/study/use-study';
import type { Order } from '../../../../features/orders/order';
import { OpenedAction, useActing } from '../../../../features/orders/order-action-bar';
import { goBack, goInstead } from '../../../../lib/navigation';
import { useLiveRead } from '../../../../lib/live/use-live';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';

/** 研判派单 of one order on a phone; on a wide screen it stands beside the list (pages/desk). */
export default function StudyPage() {
  const { orderId = '' } = useRouter().params;
  const query = useCall('orders.read', { params: { orderId } });
  useLiveRead('orders', query, orderId);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  if (query.data) return <Studying order={query.data} />;
  return (
    <Page title="研判派单">
      <Await query={query}>{() => null}</Await>
    </Page>
  );
}

function Studying({ order }: { order: Order }) {
  const study = useStudy(order);
  const acting = useActing();
  const mayStudy = studiedHere.some((action) => order.allows.includes(action));
  if (!mayStudy) return <Elsewhere order={order} />;
  return (
    <Page
      title="研判派单"
      bottom={<StudyBar order={order} study={study} onOpen={acting.onOpen} onDone={() => void goBack()} />}
    >
      <StudyView order={order} study={study} onOpen={acting.onOpen} />
      <View className="action-bar__room" />
      <OpenedAction order={order} {...acting} except={studiedHere} />
    </Page>
  );
}

/** Settled, sent on or declined meanwhile, by this person or another. */
const Elsewhere = ({ order }: { order: Order }) => (
  <Page title="研判派单">
    <Placard
      icon="check"
      title={`这张单子现在${order.stateName}`}
      words="已经不用研判了。"
      action={{ words: '看单子', onPress: () => void goInstead('order', { orderId: order.id }) }}
    />
  </Page>
);
