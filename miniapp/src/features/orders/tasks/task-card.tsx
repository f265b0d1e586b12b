import { View } from '@tarojs/components';
import { skills } from '@sandan/shared/orders/order.words';
import type { ReactNode } from 'react';
import type { ReplyFrom } from '../../../lib/endpoints';
import { go } from '../../../lib/navigation';
import { byWords, dueWords, isOverdue } from '../../../lib/time-words';
import { useNow } from '../../../lib/use-now';
import { Card } from '../../../ui/card';
import { classNames } from '../../../ui/class-names';
import { Icon } from '../../../ui/icon';
import { Pressable } from '../../../ui/pressable';
import { Tag } from '../../../ui/tags';
import { metresWords, placeWords } from '../place-words';
import { UrgencyTag } from '../urgency-tag';
import { dueOfMine } from './task-groups';
import './task-card.scss';

export type TaskCardData = ReplyFrom<'tasks.list'>['items'][number];

/** 签收 what is offered to me by name, 接单 what hangs in the hall. */
export const claimVerb = ({ mode }: Pick<TaskCardData, 'mode'>): string =>
  mode === 'assigned' || mode === 'external' ? '签收' : '接单';

interface TaskCardProps {
  readonly task: TaskCardData;
  /** Somebody was quicker: the card fades and says so. */
  readonly takenBy?: string | null;
  /** It is no longer in this list; why, nobody has said. It keeps its room: below it, somebody may be about to press. */
  readonly gone?: boolean;
  /** What can be done right here. */
  readonly action?: ReactNode;
}

/** A task as it hangs in the hall or in my list. Touching it opens it. */
export function TaskCard({ task, takenBy, gone: hasLeft = false, action }: TaskCardProps) {
  const gone = takenBy !== undefined;
  return (
    <View className={classNames((gone || hasLeft) && 'task-card--gone', hasLeft && 'task-card--left')}>
      <Card bare>
        <Pressable
          className="task-card"
          label={`${task.title}，点开看详细`}
          onPress={() => void go('task', { taskId: task.id })}
        >
          <View className="task-card__head">
            <View className="task-card__title">{task.title}</View>
            <UrgencyTag urgency={task.urgency} />
          </View>
          <Line icon="map-pin">
            {[placeWords(task.place), task.metres === null ? null : metresWords(task.metres)]
              .filter(Boolean)
              .join('，')}
          </Line>
          {task.title !== task.category.name && <View className="task-card__line">{task.category.name}</View>}
          {gone ? <View className="task-card__left">{goneWords(takenBy)}</View> : <TimeLeft task={task} />}
          {task.note && <View className="task-card__note">{task.note}</View>}
          <Needs task={task} />
        </Pressable>
        {!gone && action && <View className="task-card__action">{action}</View>}
        {hasLeft && <View className="task-card__over">这件已经不在这里了</View>}
      </Card>
    </View>
  );
}

const goneWords = (by: string | null): string => (by === null ? '已被别人接走' : `已被${by}接走`);

const Line = ({ icon, children }: { icon: 'map-pin' | 'users-round'; children: string }) => (
  <View className="task-card__line task-card__line--icon">
    <Icon name={icon} />
    <View className="task-card__words">{children}</View>
  </View>
);

/** In the hall: until when it waits to be claimed. In my list: the nearer of my promise and the limit. */
function TimeLeft({ task }: { task: TaskCardData }) {
  const now = useNow();
  const promised = task.seats.find((seat) => seat.mine)?.promisedAt;
  const mine = dueOfMine(task);
  const due = task.claimDueAt ?? (mine === null ? null : new Date(mine).toISOString());
  if (task.state === 'reported' || task.state === 'done') return <Tag colour="done" words={task.stateName} />;
  return (
    <>
      {due !== null && (
        <View className={classNames('task-card__left', isOverdue(due, now) && 'task-card__left--late')}>
          {dueWords(due, now)}
        </View>
      )}
      {promised && <View className="task-card__line">{`您约的是${byWords(promised, now)}`}</View>}
      {promised && task.handleDueAt && (
        <View className="task-card__line">{`最晚 ${byWords(task.handleDueAt, now)}`}</View>
      )}
    </>
  );
}

/** Seats of a team, a skill, party members only: what a helper has to know before he says yes. */
function Needs({ task }: { task: TaskCardData }) {
  const isTeam = task.places > 1;
  const tags = [
    task.skill === null ? null : `要会${skills[task.skill]}`,
    task.partyMembersOnly ? '只请党员' : null,
    task.confidential ? '保密' : null,
  ].filter((words) => words !== null);
  return (
    <>
      {isTeam && <Line icon="users-round">{`要 ${task.places} 个人，已有 ${task.taken} 人${seatNames(task)}`}</Line>}
      {tags.length > 0 && (
        <View className="task-card__tags">
          {tags.map((words) => (
            <Tag key={words} colour="working" words={words} />
          ))}
        </View>
      )}
    </>
  );
}

const seatNames = ({ seats }: TaskCardData): string => {
  const names = seats.filter(({ state }) => state === 'taken').map(({ name }) => name);
  return names.length === 0 ? '' : `：${names.join('、')}`;
};
