import type { TaskAction } from '@sandan/shared/orders/task.lifecycle';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/card';
import { Row } from '../../../ui/row';
import { Sheet } from '../../../ui/sheet';
import type { Order, OrderTask } from '../order';
import { shared } from '../order-action-bar';
import { offeredOn, taskActions, type OfferedTaskAction } from './task-actions';

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

/** The one to be filled, those with room beside it, and those behind 更多. */
function arranged(task: OrderTask) {
  const offered = offeredOn(task);
  const main = offered.find((entry) => entry.main) ?? null;
  const others = offered.filter((entry) => entry !== main);
  const { shown, more } = shared(others);
  return { main, shown, hidden: more ? others.slice(shown.length) : [] };
}

/** Is there anything to do? A page without it draws no foot. */
export const hasTaskActions = (task: OrderTask): boolean => offeredOn(task).length > 0;

/** The foot: the main action filled, the rest as words, what finds no room behind 更多. */
export function TaskActionBar({ task, onOpen }: Pick<ActingOnTask, 'task' | 'onOpen'>) {
  const { main, shown, hidden } = arranged(task);
  return (
    <View className="action-bar">
      {main && (
        <Button look="main" onPress={() => onOpen(main.action)}>
          {main.label}
        </Button>
      )}
      {shown.length > 0 && (
        <View className="action-bar__others">
          {shown.map(({ action, label }) => (
            <Button key={action} short look="text" onPress={() => onOpen(action)}>
              {label}
            </Button>
          ))}
          {hidden.length > 0 && (
            <Button short look="text" onPress={() => onOpen('more')}>
              更多
            </Button>
          )}
        </View>
      )}
    </View>
  );
}

/** The form of the action that was chosen. It stands in the page, not in its foot, so that it lies above everything. */
export function OpenedTaskAction({ task, order, opened, onOpen }: ActingOnTask) {
  if (opened === null) return null;
  const close = () => onOpen(null);
  if (opened === 'more') return <MoreTaskActions actions={arranged(task).hidden} onOpen={onOpen} />;
  const entry = taskActions[opened];
  return entry ? <entry.Form key={opened} task={task} order={order} onClose={close} /> : null;
}

interface MoreProps extends Pick<ActingOnTask, 'onOpen'> {
  readonly actions: readonly OfferedTaskAction[];
}

const MoreTaskActions = ({ actions, onOpen }: MoreProps) => (
  <Sheet title="还可以" open onClose={() => onOpen(null)}>
    <Card bare>
      {actions.map(({ action, label }) => (
        <Row key={action} title={label} onPress={() => onOpen(action)} />
      ))}
    </Card>
  </Sheet>
);
