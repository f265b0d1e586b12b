import { View } from '@tarojs/components';
import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import { whenWords } from '../../../../lib/time-words';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Story } from '../../../../ui/story';
import { DueTag, StageTag, Tag } from '../../../../ui/tags';
import { ActTrouble } from '../../act-sheet';
import { ActionButtons } from '../../action-buttons';
import { CallButtons } from '../../call-buttons';
import { useArrangedActions, type Acting } from '../../order-action-bar';
import type { Order } from '../../order';
import { OrderSaid } from '../../order-said';
import { OrderTasks } from '../../order-tasks';
import { placeWords } from '../../place-words';
import { UrgencyTag } from '../../urgency-tag';
import { ClassificationFields } from './classification-fields';
import { SimilarOrders } from './similar-orders';
import type { Study } from './use-study';
import { WhoFields } from './who-fields';
import '../../order-view.scss';
import './study-view.scss';

interface StudyViewProps {
  readonly order: Order;
  readonly study: Study;
  readonly onOpen: Acting['onOpen'];
}

/** 研判派单 on one screen: what the resident says, whether it is known already; what it is, who does it. */
export function StudyView({ order, study, onOpen }: StudyViewProps) {
  const { draft, canAccept, errors } = study;
  return (
    <View className="study">
      <View className="study__said">
        <StudyHead order={order} />
        <OrderSaid order={order} />
        <SimilarOrders order={order} onMerge={order.allows.includes('merge') ? () => onOpen('merge') : null} />
        {order.history.length > 1 && (
          <Card title="经过">
            <Story history={order.history} />
          </Card>
        )}
      </View>
      <View className="study__decided">
        {canAccept && (
          <Card title="研判">
            <ClassificationFields order={order} fields={draft.fields} errors={errors} change={draft.change} />
          </Card>
        )}
        <OrderTasks tasks={order.tasks} />
        <Card title={order.tasks.length > 0 ? '加派' : '派单'}>
          <WhoFields order={order} fields={draft.fields} canAccept={canAccept} change={draft.change} />
        </Card>
      </View>
    </View>
  );
}

/** What it is and by when, in few lines: here one decides, and the six steps are no news. */
function StudyHead({ order }: { order: Order }) {
  const now = useNow();
  return (
    <Card>
      <View className="order-standing__title">{order.title}</View>
      <View className="order-standing__tags">
        <StageTag stage={order.stage} words={order.stateName} />
        <UrgencyTag urgency={order.urgency} />
        <DueTag dueAt={order.dueAt} overdue={order.overdue} />
        {order.reminders > 0 && <Tag colour="open" words={`催了 ${order.reminders} 次`} />}
        {order.supervised && <Tag colour="overdue" words="督办" />}
      </View>
      <View className="order-standing__place">
        {`${placeWords(order.place)}，${whenWords(order.placedAt, now)} 点的单`}
      </View>
      <CallButtons order={order} />
    </Card>
  );
}

/** Done by the one button of this screen. */
export const studiedHere: readonly OrderAction[] = ['accept', 'dispatch'];

interface StudyBarProps extends StudyViewProps {
  readonly onDone: () => void;
}

/** The foot: the one press, and the other ways out. */
export function StudyBar({ order, study, onOpen, onDone }: StudyBarProps) {
  const { main, shown, hidden } = useArrangedActions(order, studiedHere);
  const send = async () => {
    if (await study.send()) onDone();
  };
  return (
    <View className="action-bar">
      {study.trouble?.half && <View className="study__half">已经受理了，还没有派出去：</View>}
      <ActTrouble error={study.trouble?.error} />
      <Button look="main" busy={study.busy} onPress={() => void send()}>
        {study.verb}
      </Button>
      {/* Only one button is filled: what may be elsewhere is a word here. */}
      <ActionButtons actions={{ main: null, shown: main ? [main, ...shown] : shown, hidden }} onOpen={onOpen} />
    </View>
  );
}
