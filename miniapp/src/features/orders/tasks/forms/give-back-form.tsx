import { giveBackReasons, type GiveBackReason } from '@sandan/shared/orders/order.words';
import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

/** 退单: with a reason; early costs nothing. */
export function GiveBackForm({ task, onClose }: TaskFormProps) {
  const act = useAct('tasks.giveBack', { taskId: task.id });
  const [reason, setReason] = useState<GiveBackReason | null>(null);
  const [words, setWords] = useState('');
  const said = words.trim();

  const giveBack = () => {
    if (reason === null) return;
    const onSuccess = () => {
      toast('退了，会请别人来办');
      onClose();
    };
    act.mutate({ reason, ...(said === '' ? {} : { words: said }) }, { onSuccess });
  };
  return (
    <ActSheet title="退单" yes="退单" doing={act} unready={reason === null} onYes={giveBack} onClose={onClose}>
      <Labelled label="为什么退？" hint="早点退没关系，好早点换人。" error={fieldErrors(act.error)['reason']}>
        <Choice label="为什么退" options={optionsOf(giveBackReasons)} value={reason} onChange={setReason} />
      </Labelled>
      <TextArea
        label="要交代给下一位的"
        hint="可以不写"
        value={words}
        onChange={setWords}
        error={fieldErrors(act.error)['words']}
      />
    </ActSheet>
  );
}
