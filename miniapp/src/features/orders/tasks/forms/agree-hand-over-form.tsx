import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';
import { WhenChoice } from '../when-choice';

/** 同意接手: from then on it is mine, and so is the promise. */
export function AgreeHandOverForm({ task, onClose }: TaskFormProps) {
  const act = useAct('tasks.agreeHandOver', { taskId: task.id });
  const [promisedAt, setPromisedAt] = useState<string | null>(null);
  const agree = () => {
    if (promisedAt === null) return;
    const onSuccess = () => {
      toast('接过来了');
      onClose();
    };
    act.mutate({ promisedAt }, { onSuccess });
  };
  return (
    <ActSheet
      title="接过来，什么时候办？"
      yes="接手"
      doing={act}
      unready={promisedAt === null}
      onYes={agree}
      onClose={onClose}
    >
      <WhenChoice label="您打算" error={fieldErrors(act.error)['promisedAt']} onChange={setPromisedAt} />
    </ActSheet>
  );
}
