import { useState } from 'react';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { Choice } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { OrderTask } from '../../order';
import type { ActionFormProps } from '../../order-actions';

const empty = { words: '' };

const holderOf = ({ seats, external, assignee }: OrderTask): string =>
  external?.unit ??
  (seats
    .filter(({ state }) => state === 'reported')
    .map(({ name }) => name)
    .join('、') ||
    (assignee ?? ''));

/** 退回重办: to whoever reported it, with half the limit. */
export function SendBackForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.sendBack', { orderId: order.id });
  const draft = useDraft(`sendBack.${order.id}`, empty);
  const reported = order.tasks.filter(({ round, state }) => round === order.round && state === 'reported');
  const [taskId, setTaskId] = useState<string | null>(reported.length === 1 ? (reported[0]?.id ?? null) : null);
  const { words } = draft.fields;

  const send = () => {
    if (taskId === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('退回去了');
      onClose();
    };
    act.mutate({ taskId, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="退回重办"
      yes="退回重办"
      doing={act}
      unready={taskId === null || words.trim() === ''}
      onYes={send}
      onClose={onClose}
    >
      {reported.length > 1 && (
        <Labelled label="退给谁？">
          <Choice
            label="退给谁"
            options={reported.map((task) => ({ value: task.id, words: holderOf(task) }))}
            value={taskId}
            onChange={setTaskId}
          />
        </Labelled>
      )}
      <TextArea
        label="哪里没办好？"
        hint="时限是原来的一半。"
        value={words}
        error={fieldErrors(act.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
