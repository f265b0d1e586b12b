import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { OrderDeeds } from '../../../../features/commitments/order-deeds';
import { complainableIn } from '../../../../features/orders/complainable';
import type { Order } from '../../../../features/orders/order';
import { OrderResult } from '../../../../features/orders/order-result';
import { OrderSaid } from '../../../../features/orders/order-said';
import {
  hasTaskActions,
  OpenedTaskAction,
  TaskActionBar,
  useActingOnTask,
} from '../../../../features/orders/tasks/task-action-bar';
import { TaskPeople } from '../../../../features/orders/tasks/task-people';
import { TaskStanding } from '../../../../features/orders/tasks/task-standing';
import { ComplainRow } from '../../../../features/reviews/complain-row';
import { useLiveRead } from '../../../../lib/live/use-live';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Story } from '../../../../ui/story';
import '../../../../features/orders/order-view.scss';

/** A task, for who may claim it, who has it in hand, and the desk that gave it out. */
export default function TaskPage() {
  const { taskId = '' } = useRouter().params;
  const detail = useCall('tasks.read', { params: { taskId } });
  const { opened, onOpen } = useActingOnTask();
  useFreshOnShow(detail);
  useLiveRead('tasks', detail, taskId);
  usePullDownRefresh(() => void detail.refetch().finally(() => Taro.stopPullDownRefresh()));

  const task = detail.data?.task;
  const acts = task && hasTaskActions(task);
  return (
    <Page title="任务" bottom={acts ? <TaskActionBar task={task} onOpen={onOpen} /> : undefined}>
      <Await query={detail}>
        {({ task: read, order }) => (
          <>
            <TaskStanding task={read} order={order} />
            {saysMore(order) && <OrderSaid order={order} />}
            <TaskPeople task={read} />
            <OrderResult order={order} />
            {order.history.length > 0 && (
              <Card title="经过">
                <Story history={order.history} />
              </Card>
            )}
            <OrderDeeds order={order} />
            <ComplainRow things={complainableIn(order)} />
            {acts && <View className="action-bar__room" />}
            <OpenedTaskAction task={read} order={order} opened={opened} onOpen={onOpen} />
          </>
        )}
      </Await>
    </Page>
  );
}

/** Before it is claimed one reads only the public summary, and that is already the title. */
const saysMore = ({ view, publicSummary, title }: Order): boolean => view !== 'public' || publicSummary !== title;
