import { View } from '@tarojs/components';
import { useState, type ComponentProps } from 'react';
import { AskedTasksRow } from '../../features/orders/tasks/asked-tasks-row';
import { ClaimSheet } from '../../features/orders/tasks/claim-sheet';
import { claimVerb, TaskCard, type TaskCardData } from '../../features/orders/tasks/task-card';
import { groupTasks, type Grouped } from '../../features/orders/tasks/task-groups';
import { MySweepsRow } from '../../features/sweeps/my-sweeps-row';
import { NotifyMe } from '../../features/subscriptions/notify-me';
import { go } from '../../lib/navigation';
import { useLiveList } from '../../lib/live/use-live-list';
import type { List } from '../../lib/use-call';
import { useFreshOnShow } from '../../lib/use-fresh-on-show';
import { useNow } from '../../lib/use-now';
import { Button } from '../../ui/button';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { Segments } from '../../ui/segments';
import './index.scss';

const segments = [
  { value: 'claimable', words: '可接的' },
  { value: 'mine', words: '我的任务' },
] as const;

/** 接单大厅 and 我的任务. */
export default function ClaimsPage() {
  const [scope, setScope] = useState<'claimable' | 'mine'>('claimable');
  return (
    <Page title="接单" tab="claims">
      <MySweepsRow />
      <NotifyMe moment="hall" words="有新任务通知我" />
      <AskedTasksRow onOpen={() => setScope('mine')} />
      <Segments label="看哪些" segments={segments} value={scope} onChange={setScope} />
      {scope === 'claimable' ? <Hall /> : <MyTasks />}
    </Page>
  );
}

/** Own village: by urgency, own group, distance from one's own grid. The order is the server's. */
function Hall() {
  const list = useLiveList('tasks', 'tasks.list', { scope: 'claimable' });
  return (
    <TaskList
      label="可接的任务"
      list={{ ...list, items: list.items.map((task) => ({ task, heading: null })) }}
      empty={{
        icon: 'hand-helping',
        title: '村里现在没有等人接的单子',
        words: '有了新单子会发消息告诉您，不用守着看。',
      }}
    />
  );
}

/** What is offered to me by name, then what I have in hand by when it is due. */
function MyTasks() {
  const list = useLiveList('tasks', 'tasks.list', { scope: 'mine' });
  const now = useNow();
  return (
    <TaskList
      label="我的任务"
      list={{ ...list, items: groupTasks(list.items, now) }}
      empty={{ icon: 'clipboard-list', title: '您手上没有任务', words: '到“可接的”里看看，接一件顺手的。' }}
    />
  );
}

interface TaskListProps extends Pick<ComponentProps<typeof ListView>, 'label' | 'empty'> {
  readonly list: List<Grouped<TaskCardData>> & { readonly gone: ReadonlySet<string> };
}

function TaskList({ list, label, empty }: TaskListProps) {
  const [asked, setAsked] = useState<TaskCardData | null>(null);
  const [taken, setTaken] = useState<Readonly<Record<string, string | null>>>({});
  useFreshOnShow(list.query);
  return (
    <>
      <ListView
        list={list}
        label={label}
        keyOf={({ task }) => task.id}
        row={({ task, heading }) => (
          <>
            {heading && <View className="claims__group">{heading}</View>}
            <TaskCard
              task={task}
              takenBy={taken[task.id]}
              gone={list.gone.has(task.id)}
              action={nextStep(task, () => setAsked(task))}
            />
          </>
        )}
        empty={empty}
      />
      {asked && (
        <ClaimSheet
          taskId={asked.id}
          verb={claimVerb(asked)}
          onClose={() => setAsked(null)}
          onClaimed={() => {
            setAsked(null);
            void go('task', { taskId: asked.id });
          }}
          onTaken={(by) => {
            setAsked(null);
            setTaken({ ...taken, [asked.id]: by });
          }}
        />
      )}
    </>
  );
}

/** The one thing to do on the card itself; everything else is on the task's page. */
function nextStep(task: TaskCardData, onClaim: () => void) {
  const open = () => void go('task', { taskId: task.id });
  if (task.allows.includes('claim')) return <CardButton verb={claimVerb(task)} title={task.title} onPress={onClaim} />;
  if (task.allows.includes('keep')) return <CardButton verb="接着办还是交出去" title={task.title} onPress={open} />;
  if (task.allows.includes('agreeHandOver')) return <CardButton verb="看看接不接" title={task.title} onPress={open} />;
  return undefined;
}

const CardButton = ({ verb, title, onPress }: { verb: string; title: string; onPress: () => void }) => (
  <Button look="main" label={`${verb}：${title}`} onPress={onPress}>
    {verb}
  </Button>
);
