import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { platform } from '../../../../lib/platform/platform';
import { agoWords } from '../../../../lib/time-words';
import { useAct } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Tag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';

export type Call = ReplyFrom<'calls.list'>['items'][number];

/** One call: whom, about what, what to say, and how it went. */
export function CallCard({ call, onDrop }: { call: Call; onDrop: () => void }) {
  const now = useNow();
  const record = useAct('calls.record', { callId: call.id });
  const note = (result: 'reached' | 'noAnswer') =>
    record.mutate(
      { result },
      { onSuccess: ({ isVisit }) => toast(result === 'reached' ? '记下了，打通了' : againWords(isVisit)) },
    );
  return (
    <Card>
      <View className="call__head">
        <View>{[call.place, agoWords(call.since, now)].filter(Boolean).join(' · ')}</View>
        <Tag {...standingOf(call)} />
      </View>
      <View className="call__title">{`打给${call.who ?? '点单人'}：${call.reasonName}`}</View>
      {call.bestTime && <View>{`方便的时间：${call.bestTime}`}</View>}
      <View className="call__say">{call.say}</View>
      <Telephone call={call} />
      <ActTrouble error={record.error} />
      <View className="call__acts">
        <Button short icon="check" busy={record.isPending} onPress={() => note('reached')}>
          {call.isVisit ? '当面说了' : '打通了'}
        </Button>
        {!call.isVisit && (
          <Button short busy={record.isPending} onPress={() => note('noAnswer')}>
            没人接
          </Button>
        )}
        <Button short look="text" onPress={onDrop}>
          不用打了
        </Button>
        <Button short look="text" onPress={() => void go('order', { orderId: call.orderId })}>
          看单子
        </Button>
      </View>
    </Card>
  );
}

const againWords = (isVisit: boolean): string => (isVisit ? '三次都没人接，请到家里去一趟' : '明天早上再提醒您打');

const standingOf = ({ isVisit, tries }: Call) =>
  isVisit
    ? ({ colour: 'overdue', words: '请上门' } as const)
    : ({ colour: 'open', words: tries > 0 ? `打过 ${tries} 次` : '还没打' } as const);

/** The number comes only when it is asked for, and every look at it is written down. */
function Telephone({ call: { orderId, phone, who } }: { call: Call }) {
  const reveal = useAct('orders.revealContact', { orderId });
  const [number, setNumber] = useState<string | null>(null);
  if (phone === null) return <View>没有留电话，请到家里去一趟。</View>;
  if (number !== null) {
    return (
      <View className="call__acts">
        <Button short look="main" icon="phone" onPress={() => void platform.callPhone(number)}>
          打电话
        </Button>
        <View>{number}</View>
      </View>
    );
  }
  const look = () => reveal.mutate({ purpose: 'callback' }, { onSuccess: (told) => setNumber(told.phone) });
  return (
    <View className="call__acts">
      <Button
        short
        look="main"
        icon="phone"
        busy={reveal.isPending}
        label={`看${who ?? '点单人'}的电话，会留下记录`}
        onPress={look}
      >
        看电话
      </Button>
      <View>{phone}</View>
      <ActTrouble error={reveal.error} />
    </View>
  );
}
