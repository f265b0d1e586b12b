import { orderSources } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { Card } from '../../ui/card';
import { PhotoRow } from '../../ui/photos';
import type { Order } from './order';
import { HeldNote } from '../reviews/held-note';
import { VoicePlayer } from './voice-player';

/** What the resident said, as he said it, with whom to ask and where it is. */
export function OrderSaid({ order }: { order: Order }) {
  const { words, voice, photos, view } = order;
  const nothing = words === null && voice === null && photos.length === 0;
  // Neighbours read the public summary alone, and that is the title.
  if (order.view === 'public' || order.sealed) return null;
  return (
    <Card title="点单时说的">
      {words !== null && <View className="order-said__words">{words}</View>}
      <HeldNote held={order.wordsHeld && words !== null} hidden={order.wordsHidden} />
      {nothing && <View className="order-said__none">没有写话</View>}
      {voice && <VoicePlayer voice={voice} />}
      {voice && <HeldNote held={voice.held} hidden={voice.hidden} />}
      <PhotoRow photos={photos} />
      <HeldNote held={view === 'staff' && order.summaryHeld} words="公开的概括正在审核，通过后村里人才看得到。" />
      <Facts order={order} />
    </Card>
  );
}

function Facts({ order }: { order: Order }) {
  const { contact, source, view, address, beneficiary, consent, category, title } = order;
  const facts: [string, string | null | undefined][] = [
    ['类别', title === category.name ? null : category.name],
    ['地点', address],
    ['给谁办', beneficiary],
    ['联系', contact && [contact.name, contact.phone].filter(Boolean).join(' ')],
    ['方便时间', contact?.bestTime],
    ['来源', view === 'staff' && source !== 'resident' ? orderSources[source] : null],
    ['同意', consent],
    ['公开', view === 'staff' ? order.publicSummary : null],
  ];
  const known = facts.filter(([, value]) => value);
  if (known.length === 0) return null;
  return (
    <View className="order-said__facts">
      {known.map(([name, value]) => (
        <View key={name} className="order-said__fact">
          <View className="order-said__name">{name}</View>
          <View className="order-said__value">{value}</View>
        </View>
      ))}
    </View>
  );
}
