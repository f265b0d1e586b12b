import { useState } from 'react';
import { View } from '@tarojs/components';
import { platform } from '../../lib/platform/platform';
import { useMe } from '../../lib/session';
import { useAct, useCall } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { ActTrouble } from './act-sheet';
import { callPurposeOf, type CallPurpose } from './call-purpose';
import type { Order } from './order';

/** 打电话: staff to the resident, as far as they may; the resident to his party member or to the desk's own number. */
export function CallButtons({ order }: { order: Order }) {
  if (order.stage === 'stopped' || order.view === 'public') return null;
  if (order.view === 'party') return order.stage === 'done' ? null : <CallHandler order={order} />;
  const { contact, allows } = order;
  const purpose = callPurposeOf(allows);
  if (!contact?.phone) return null;
  if (contact.clear) return <Call number={contact.phone} who={contact.name ?? '点单人'} />;
  return purpose && <RevealAndCall order={order} purpose={purpose} masked={contact.phone} />;
}

const Call = ({ number, who }: { number: string; who: string }) => (
  <View className="order-standing__call">
    <Button look="plain" icon="phone" label={`给${who}打电话`} onPress={() => void platform.callPhone(number)}>
      打电话
    </Button>
    <View className="order-standing__number">{`${who} ${number}`}</View>
  </View>
);

/** The number comes only when it is asked for, with its purpose, and every look at it is written down. */
function RevealAndCall({ order, purpose, masked }: { order: Order; purpose: CallPurpose; masked: string }) {
  const reveal = useAct('orders.revealContact', { orderId: order.id });
  const [number, setNumber] = useState<string | null>(null);
  if (number !== null) return <Call number={number} who="点单人" />;
  const look = () => reveal.mutate({ purpose }, { onSuccess: ({ phone }) => setNumber(phone) });
  return (
    <View className="order-standing__call">
      <ActTrouble error={reveal.error} />
      <Button look="plain" icon="phone" busy={reveal.isPending} label="看点单人的电话，会留下记录" onPress={look}>
        看电话
      </Button>
      <View className="order-standing__number">{masked}</View>
    </View>
  );
}

/** Whom a resident may ring: his own party member when he has it in hand and published his number, else the desk. */
function CallHandler({ order }: { order: Order }) {
  const me = useMe();
  const desk = useCall('grids.list', { query: { underId: order.desk.gridId, tier: 'village' } });
  const member = me?.linkedMember;
  const inHand = order.tasks.some(({ seats, round }) =>
    seats.some(({ personId, state }) => round === order.round && state === 'taken' && personId === member?.personId),
  );
  if (member?.phone && inHand) return <Call number={member.phone} who={member.name} />;
  const deskPhone = desk.data?.grids.find(({ id }) => id === order.desk.gridId)?.dutyPhone;
  const number = deskPhone ?? me?.town?.dutyPhone;
  if (!number) return null;
  return <Call number={number} who={deskPhone ? `${order.desk.name}值班` : '镇上值班'} />;
}
