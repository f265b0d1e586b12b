import { View } from '@tarojs/components';
import { useState } from 'react';
import { useDraft } from '../../../../lib/draft';
import { whenWords } from '../../../../lib/time-words';
import { useAct } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Choice } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { OrderTask } from '../../order';
import type { ActionFormProps } from '../../order-actions';

const empty = { words: '' };

const whoOf = ({ seats, external }: OrderTask): string =>
  external?.unit ??
  seats
    .filter(({ state }) => state === 'taken')
    .map(({ name }) => name)
    .join('、');

/** 延期: the desk once, up to the original limit; the second time it is the town's. */
export function ExtendForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.extend', { orderId: order.id });
  const now = useNow();
  const draft = useDraft(`extend.${order.id}`, empty);
  const running = order.tasks.filter(({ round, state }) => round === order.round && state === 'claimed');
  const [taskId, setTaskId] = useState<string | null>(running.length === 1 ? (running[0]?.id ?? null) : null);
  const task = running.find(({ id }) => id === taskId);
  const asked = [...order.history].reverse().find((row) => row.action === 'askExtension' && row.words !== null);
  const { words } = draft.fields;

  const extend = () => {
    if (taskId === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('延期了');
      onClose();
    };
    act.mutate({ taskId, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="同意延期"
      yes="延期"
      doing={act}
      unready={taskId === null || words.trim() === ''}
      onYes={extend}
      onClose={onClose}
    >
      {running.length > 1 && (
        <Labelled label="谁的任务？">
          <Choice
            label="谁的任务"
            options={running.map((each) => ({ value: each.id, words: whoOf(each) }))}
            value={taskId}
            onChange={setTaskId}
          />
        </Labelled>
      )}
      {asked && <View>{`${asked.actor.name}说：${asked.words}`}</View>}
      {task?.handleDueAt && (
        <View>{`原来到 ${whenWords(task.handleDueAt, now)}，再给一个同样长的时限。村里只能延一次。`}</View>
      )}
      <TextArea
        label="为什么同意？"
        value={words}
        error={fieldErrors(act.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
