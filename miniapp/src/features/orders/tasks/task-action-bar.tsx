import type { TaskAction } from '@sandan/shared/orders/task.lifecycle';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActionButtons, arranged, MoreActions, useRoom, type Arranged } from '../action-buttons';
import type { Order, OrderTask } from '../order';
import { offeredOn, taskActions } from './task-actions';

export interface ActingOnTask {
  readonly task: OrderTask;
  readonly order: Order;
  /** The action whose form is open; 'more' is the list of those that found no room. */
  readonly opened: TaskAction | 'more' | null;
  readonly onOpen: (opened: TaskAction | 'more' | null) => void;
}

/** What is being done to a task: given to the bar at the foot and to `OpenedTaskAction`. */
export function useActingOnTask(): Pick<ActingOnTask, 'opened' | 'onOpen'> {
  const [opened, onOpen] = useState<ActingOnTask['opened']>(null);
  return { opened, onOpen };
}

function useArrangedOn(task: OrderTask): Arranged<TaskAction> {
  const room = useRoom();
  const offered = offeredOn(task);
  const main = offered.find((entry) => entry.main) ?? null;
  const others = offered.filter((entry) => entry !== main);
  return arranged(main, others, room);
}

/** Is there anything to do? A page without it draws no foot. */
export const hasTaskActions = (task: OrderTask): boolean => offeredOn(task).length > 0;

/** The foot: the main action filled, the rest as words, what finds no room behind 更多. */
export function TaskActionBar({ task, onOpen }: Pick<ActingOnTask, 'task' | 'onOpen'>) {
  const actions = useArrangedOn(task);
  return (
    <View className="action-bar">
      <ActionButtons actions={actions} onOpen={onOpen} />
    </View>
  );
}

/** The form of the action that was chosen. It stands in the page, not in its foot, so that it lies above everything. */
export function OpenedTaskAction({ task, order, opened, onOpen }: ActingOnTask) {
  const { hidden } = useArrangedOn(task);
  if (opened === null) return null;
  if (opened === 'more') return <MoreActions actions={hidden} onOpen={onOpen} />;
  const entry = taskActions[opened];
  return entry ? <entry.Form key={opened} task={task} order={order} onClose={() => onOpen(null)} /> : null;
}
