import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { PeoplePicker, type FoundPerson } from '../../../people/people-picker';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

/** 转给别人: it stays with me until the other one agrees. */
export function HandOverForm({ task, onClose }: TaskFormProps) {
  const act = useAct('tasks.handOver', { taskId: task.id });
  const [to, setTo] = useState<FoundPerson | null>(null);
  const [words, setWords] = useState('');
  const said = words.trim();

  const ask = () => {
    if (to === null) return;
    const onSuccess = () => {
      toast(`等${to.name}同意，同意以前还是您的`);
      onClose();
    };
    act.mutate({ toPersonId: to.personId, ...(said === '' ? {} : { words: said }) }, { onSuccess });
  };
  return (
    <ActSheet title="转给谁？" yes="问问他接不接" doing={act} unready={to === null} onYes={ask} onClose={onClose}>
      <PeoplePicker
        wanted={{ purpose: 'handOver', taskId: task.id }}
        label="转给谁"
        value={to?.personId ?? null}
        onChange={setTo}
        nobody="这一带没有别的人能接，可以退单让村里另派。"
      />
      <TextArea
        label="跟他说一声"
        hint="可以不写"
        value={words}
        onChange={setWords}
        error={fieldErrors(act.error)['words']}
      />
    </ActSheet>
  );
}
