import { useState } from 'react';
import { newId } from '../../../../lib/ids';
import { useAct } from '../../../../lib/use-call';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { PeoplePicker, type FoundPerson } from '../../../people/people-picker';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

/** 改派: the old task ends, a new one goes to somebody else by name. */
export function ReassignForm({ task, order, onClose }: TaskFormProps) {
  const act = useAct('tasks.reassign', { taskId: task.id });
  const [newTaskId] = useState(newId);
  const [to, setTo] = useState<FoundPerson | null>(null);
  const [words, setWords] = useState('');

  const reassign = () => {
    if (to === null) return;
    const onSuccess = () => {
      toast(`派给${to.name}了`);
      onClose();
    };
    act.mutate({ toPersonId: to.personId, newTaskId, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="改派给谁？"
      yes="改派"
      doing={act}
      unready={to === null || words.trim() === ''}
      onYes={reassign}
      onClose={onClose}
    >
      <PeoplePicker
        wanted={{ purpose: 'dispatch', orderId: order.id }}
        label="改派给谁"
        value={to?.personId ?? null}
        onChange={setTo}
        nobody="这一带没有能派的人，可以上报镇里。"
      />
      <TextArea
        label="为什么改派？"
        hint="两边都会看到。"
        value={words}
        onChange={setWords}
        error={fieldErrors(act.error)['words']}
      />
    </ActSheet>
  );
}
