import { skills, taskModes } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { byWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { StageTag } from '../../ui/tags';
import type { OrderTask } from './order';

/** 任务, for staff: who has what in hand; the newest round first. */
export function OrderTasks({ tasks }: { tasks: readonly OrderTask[] }) {
  if (tasks.length === 0) return null;
  const newestFirst = [...tasks].sort((one, other) => other.round - one.round);
  const rounds = new Set(tasks.map(({ round }) => round)).size;
  return (
    <Card bare title="任务">
      {newestFirst.map((task) => (
        <TaskRow key={task.id} task={task} round={rounds > 1 ? task.round : null} />
      ))}
    </Card>
  );
}

function TaskRow({ task, round }: { task: OrderTask; round: number | null }) {
  const now = useNow();
  const open = task.allows.length > 0 ? () => void go('task', { taskId: task.id }) : undefined;
  return (
    <Row title={whoOf(task)} words={wordsOf(task, round, now)} onPress={open}>
      {task.note && <View className="order-task__note">{task.note}</View>}
      <View className="order-task__state">
        <StageTag stage={task.stage} words={task.stateName} />
      </View>
    </Row>
  );
}

function whoOf({ seats, assignee, external, mode, scope, taken, places }: OrderTask): string {
  const names = seats.filter(({ state }) => state === 'taken' || state === 'reported').map(({ name }) => name);
  if (external) return external.unit;
  if (mode === 'team') return `${names.join('、') || '还没有人'}（${taken}/${places} 人）`;
  return names.join('、') || assignee || scope.name;
}

function wordsOf(task: OrderTask, round: number | null, now: number): string {
  const { mode, required, skill, external, seats, claimDueAt, handleDueAt } = task;
  const promised = seats.find(({ state }) => state === 'taken')?.promisedAt;
  const due = promised ?? handleDueAt ?? claimDueAt;
  const parts = [
    round === null ? null : `第 ${round} 轮`,
    taskModes[mode],
    required ? null : '协助',
    skill === null ? null : skills[skill],
    external?.keeper ? `${external.keeper}跟着` : null,
    external?.dueOn ? `${external.dueOn} 前` : null,
    due && task.stage !== 'done' && task.stage !== 'stopped' ? byWords(due, now) : null,
    seats.some(({ askedUntil }) => askedUntil !== null) ? '换届，等他说接不接着办' : null,
    task.overturned ? '没办好' : null,
    task.onTheSpot ? '当场办结' : null,
  ];
  return parts.filter(Boolean).join(' · ');
}
