import { channels, declineReasons } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { whenWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { plainSteps, sixSteps, Steps } from '../../ui/steps';
import { DueTag, StageTag, Tag } from '../../ui/tags';
import { CallButtons } from './call-buttons';
import { nowWords, standingOfStaff, untilWords } from './now-words';
import type { Order } from './order';
import { PlainStageTag } from './plain-stage-tag';
import { placeWords } from './place-words';
import { sixStepOf } from './six-steps';
import { UrgencyTag } from './urgency-tag';

const isRunning = ({ stage }: Order): boolean => stage === 'open' || stage === 'working';

const standingOfOwn = (order: Order, now: number) => ({ now: nowWords(order), until: untilWords(order, now) });

/** The first card: what it is, where it stands, who has it and until when. */
export function OrderStanding({ order }: { order: Order }) {
  const now = useNow();
  const isStaff = order.view === 'staff';
  const standing = isStaff && isRunning(order) ? standingOfStaff(order, now) : standingOfOwn(order, now);
  return (
    <Card>
      <View className="order-standing__title">{order.title}</View>
      <View className="order-standing__tags">
        {isStaff ? <StageTag stage={order.stage} words={order.stateName} /> : <PlainStageTag order={order} />}
        {order.visibility === 'confidential' && <Tag colour="stopped" words="保密" />}
        {isStaff && <StaffTags order={order} />}
      </View>
      <View className="order-standing__place">
        {[placeWords(order.place), `${whenWords(order.placedAt, now)} 点的单`].join('，')}
      </View>
      {order.stage !== 'stopped' && <OrderSteps order={order} isStaff={isStaff} />}
      <View className="order-standing__now">{standing.now}</View>
      {standing.until && <View className="order-standing__until">{standing.until}</View>}
      <WhyStopped order={order} />
      {order.state === 'asking' && order.question && <View className="order-standing__question">{order.question}</View>}
      <CallButtons order={order} />
      <OnceMore order={order} />
    </Card>
  );
}

const OrderSteps = ({ order, isStaff }: { order: Order; isStaff: boolean }) => (
  <View className="order-standing__steps">
    {isStaff ? (
      <Steps steps={sixSteps} {...sixStepOf(order.state)} />
    ) : (
      <Steps steps={plainSteps} at={order.step} finished={order.stage === 'done'} />
    )}
  </View>
);

const StaffTags = ({ order }: { order: Order }) => (
  <>
    <UrgencyTag urgency={order.urgency} />
    {isRunning(order) && <DueTag dueAt={order.dueAt} overdue={order.overdue} />}
    {order.supervised && <Tag colour="overdue" words="督办" />}
    {order.reminders > 0 && <Tag colour="open" words={`催了 ${order.reminders} 次`} />}
    {order.reopens > 0 && <Tag colour="open" words={`重办 ${order.reopens} 次`} />}
    {order.meToo > 0 && <Tag colour="working" words={`${order.meToo} 人也是`} />}
  </>
);

/** 已经过了 15 天，请重新点单: what cannot be reopened any more becomes a new order that follows this one. */
function OnceMore({ order: { id, view, stage, allows, category } }: { order: Order }) {
  const goesOn = allows.includes('reopen') || allows.includes('appealUp') || allows.includes('confirm');
  if (view !== 'party' || stage !== 'done' || goesOn) return null;
  return (
    <View className="order-standing__call">
      <Button look="plain" onPress={() => void go('place', { categoryId: category.id, followsId: id })}>
        再点一单
      </Button>
    </View>
  );
}

/** 不予受理, 并单, 转渠道: why, and where it goes on. */
function WhyStopped({ order }: { order: Order }) {
  const { state, primaryId, convertedTo, history } = order;
  if (state === 'merged' && primaryId) {
    return (
      <Button look="plain" onPress={() => void go('order', { orderId: primaryId })}>
        看那张单子
      </Button>
    );
  }
  if (state === 'converted' && convertedTo) {
    return <View className="order-standing__until">{`转到${channels[convertedTo]}接着办`}</View>;
  }
  if (state !== 'declined') return null;
  const declined = [...history].reverse().find(({ toState }) => toState === 'declined');
  const reason = Object.values(declineReasons).find(([name]) => name === declined?.detail);
  const words = declined?.words ?? reason?.[1];
  return words ? <View className="order-standing__until">{words}</View> : null;
}
