import { skills, taskModes } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { platform } from '../../../lib/platform/platform';
import { byWords, dueWords, isOverdue, whenWords } from '../../../lib/time-words';
import { useNow } from '../../../lib/use-now';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/card';
import { classNames } from '../../../ui/class-names';
import { StageTag, Tag } from '../../../ui/tags';
import { CallButtons } from '../call-buttons';
import type { Order, OrderTask } from '../order';
import { metresWords, placeWords } from '../place-words';
import { UrgencyTag } from '../urgency-tag';
import './task-standing.scss';

interface TaskStandingProps {
  readonly task: OrderTask;
  readonly order: Order;
}

/** The first card: what is to be done, where, until when, and how to reach whom it is for. */
export const TaskStanding = ({ task, order }: TaskStandingProps) => (
  <Card>
    <View className="task-standing__title">{order.title}</View>
    <View className="task-standing__tags">
      <StageTag stage={task.stage} words={task.stateName} />
      <UrgencyTag urgency={order.urgency} />
      {order.visibility === 'confidential' && <Tag colour="stopped" words="保密" />}
      {task.mode !== 'open' && <Tag colour="stopped" words={taskModes[task.mode]} />}
      {!task.required && <Tag colour="stopped" words="协助" />}
      {task.skill && <Tag colour="working" words={`要会${skills[task.skill]}`} />}
    </View>
    <Until task={task} />
    {task.note && <View className="task-standing__note">{task.note}</View>}
    <Where order={order} />
    <CallButtons order={order} />
  </Card>
);

/** The next thing that has to happen, large; what else is set, below. */
function Until({ task }: { task: OrderTask }) {
  const now = useNow();
  const { claimDueAt, contactDueAt, contactedAt, handleDueAt, seats } = task;
  const own = seats.find(({ mine }) => mine);
  const { promisedAt: promised, askedUntil } = own ?? {};
  const due = claimDueAt ?? handleDueAt;
  return (
    <>
      {due && (
        <View className={classNames('task-standing__left', isOverdue(due, now) && 'task-standing__left--late')}>
          {dueWords(due, now)}
        </View>
      )}
      {contactDueAt && contactedAt === null && (
        <View className="task-standing__line">{`先联系一下：${byWords(contactDueAt, now)}`}</View>
      )}
      {contactedAt && <View className="task-standing__line">{`${whenWords(contactedAt, now)} 联系过`}</View>}
      {askedUntil && (
        <View className="task-standing__note">
          {`您的职务有变动。这件任务接着办，还是交出去？请在${whenWords(askedUntil, now)} 前选好。`}
        </View>
      )}
      {promised && <View className="task-standing__line">{`您约的是${byWords(promised, now)}`}</View>}
    </>
  );
}

function Where({ order }: { order: Order }) {
  const { place, address, gcj02, metres } = order;
  const { showPlace } = platform;
  const words = [placeWords(place), address].filter(Boolean).join('，');
  return (
    <>
      <View className="task-standing__line">{words}</View>
      {metres !== null && <View className="task-standing__line">{metresWords(metres)}</View>}
      {gcj02 && showPlace && (
        <View className="task-standing__map">
          <Button
            look="plain"
            icon="map-pin"
            onPress={() => showPlace({ ...gcj02, name: order.title, address: address ?? words })}
          >
            看地图
          </Button>
        </View>
      )}
    </>
  );
}
