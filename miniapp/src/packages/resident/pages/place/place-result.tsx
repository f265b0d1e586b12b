import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { CallButtons } from '../../../../features/orders/call-buttons';
import { nowWords, untilWords } from '../../../../features/orders/now-words';
import { NotifyMe } from '../../../../features/subscriptions/notify-me';
import { go, goInstead } from '../../../../lib/navigation';
import type { Job } from '../../../../lib/send-queue';
import { useSendQueue } from '../../../../lib/send-queue-runner';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Icon, type IconName } from '../../../../ui/icon';
import { Page } from '../../../../ui/page';

/** How the sending ended; a refusal never gets here. */
export interface Ended {
  readonly orderId: string;
  readonly state: Job['state'];
  readonly limitWords: string;
}

/** What happens next and by when, and where to find it. An order that waited for the network moves on by itself. */
export function PlaceResult({ ended, title }: { ended: Ended; title: string }) {
  const { orderId } = ended;
  const waits = useSendQueue(({ jobs }) => jobs.some(({ id, state }) => id === orderId && state !== 'sent'));
  const sent = ended.state === 'sent' || !waits;
  const home = (
    <Button look="text" onPress={() => void go('home')}>
      回首页
    </Button>
  );
  if (!sent) {
    return (
      <Page title={title}>
        <Outcome
          icon="cloud-off"
          title="先记下了"
          sentences={['等网络好了自动发出，不用再点一次。', '在“点单”最上面能看到它。']}
        >
          {home}
        </Outcome>
      </Page>
    );
  }
  return (
    <Page title={title}>
      <Arrived ended={ended} />
      {home}
    </Page>
  );
}

function Arrived({ ended: { orderId, limitWords } }: { ended: Ended }) {
  const now = useNow();
  const { data: order } = useCall('orders.read', { params: { orderId } });
  const until = order && untilWords(order, now);
  const emergency = order?.urgency === 'emergency';
  const sentences = [
    emergency ? '特急的事，请马上打电话，不要只等消息。' : null,
    order ? `${nowWords(order)}${until ? `，${until}。` : '。'}` : null,
    `这类事一般 ${limitWords}办好。`,
    '有进展会告诉您，在“点单”里能看。',
  ];
  return (
    <Outcome icon="check" title="收到了" sentences={sentences.filter((words) => words !== null)}>
      {order && emergency && <CallButtons order={order} />}
      <Button look="main" onPress={() => void goInstead('order', { orderId })}>
        看这张单子
      </Button>
      <NotifyMe moment="placed" words="接单、办结时通知我" />
    </Outcome>
  );
}

interface OutcomeProps {
  readonly icon: IconName;
  readonly title: string;
  readonly sentences: readonly string[];
}

const Outcome = ({ icon, title, sentences, children }: PropsWithChildren<OutcomeProps>) => (
  <View className="place-result">
    <Icon name={icon} className={`place-result__icon place-result__icon--${icon}`} />
    <View className="place-result__title">{title}</View>
    {sentences.map((words) => (
      <View key={words} className="place-result__words">
        {words}
      </View>
    ))}
    <View className="place-result__next">{children}</View>
  </View>
);
