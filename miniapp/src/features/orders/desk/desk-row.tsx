import { View } from '@tarojs/components';
import { useEffect, useRef } from 'react';
import { Pressable } from '../../../ui/pressable';
import { classNames } from '../../../ui/class-names';
import { DueTag, StageTag, Tag } from '../../../ui/tags';
import type { OrderCardItem } from '../order';
import { placeWords } from '../place-words';
import { UrgencyTag } from '../urgency-tag';
import './desk-row.scss';

interface DeskRowProps {
  readonly order: OrderCardItem;
  /** In the pane beside the list. */
  readonly selected: boolean;
  /** It stands in this list no more, somebody has gone on with it: fades, and keeps its room until the list is read anew. */
  readonly gone?: boolean;
  readonly onPress: () => void;
}

/** An order as a desk reads it: what, how soon, where, where it stands, what presses. */
export function DeskRow({ order, selected, gone, onPress }: DeskRowProps) {
  const place = useInView(selected);
  const { title, category, requester, holder, stage, stateName, dueAt, overdue } = order;
  const running = stage === 'open' || stage === 'working';
  const about = [placeWords(order.place), title === category.name ? null : category.name, requester, holder];
  return (
    <View ref={place}>
      <Pressable className={classNames('desk-row', gone && 'desk-row--gone')} selected={selected} onPress={onPress}>
        <View className="desk-row__head">
          <View className="desk-row__title">{title}</View>
          <UrgencyTag urgency={order.urgency} />
        </View>
        <View className="desk-row__about">{about.filter(Boolean).join(' · ')}</View>
        <View className="desk-row__tags">
          <StageTag stage={stage} words={stateName} />
          {running && <DueTag dueAt={dueAt} overdue={overdue} />}
          <Pressing order={order} />
        </View>
      </Pressable>
    </View>
  );
}

const Pressing = ({ order: { supervised, reminders, meToo, visibility, voiceSeconds } }: { order: OrderCardItem }) => (
  <>
    {supervised && <Tag colour="overdue" words="督办" />}
    {reminders > 0 && <Tag colour="open" words={`催了 ${reminders} 次`} />}
    {voiceSeconds !== null && <Tag colour="working" words={`有录音 ${voiceSeconds} 秒`} />}
    {meToo > 0 && <Tag colour="working" words={`${meToo} 人也是`} />}
    {visibility === 'confidential' && <Tag colour="stopped" words="保密" />}
  </>
);

/** The arrow keys choose beyond the edge: what is chosen comes into sight. */
function useInView(selected: boolean) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (process.env.TARO_ENV === 'h5' && selected) place.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return place;
}
