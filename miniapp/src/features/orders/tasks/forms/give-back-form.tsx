import { giveBackReasons, type GiveBackReason } from '@sandan/shared/orders/order.words';
import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import { isAsked } from '../is-asked';
import type { TaskFormProps } from '../task-actions';

/** The answers of somebody who was asked (换届) are not among the reasons. */
const { handover: _, ...reasons } = giveBackReasons;

/** 退单: with a reason; early costs nothing. 换届: asked, he gives it away without one. */
export function GiveBackForm({ task, onClose }: TaskFormProps) {
  const asked = isAsked(task);
  const act = useAct('tasks.giveBack', { taskId: task.id });
  const [reason, setReason] = useState<GiveBackReason | null>(asked ? 'handover' : null);
  const [words, setWords] = useState('');
  const said = words.trim();
  const verb = asked ? '交出去' : '退单';

  const giveBack = () => {
    if (reason === null) return;
    const onSuccess = () => {
      toast(asked ? '交出去了，会请别人来办' : '退了，会请别人来办');
      onClose();
    };
    act.mutate({ reason, ...(said === '' ? {} : { words: said }) }, { onSuccess });
  };
  return (
    <ActSheet title={verb} yes={verb} doing={act} unready={reason === null} onYes={giveBack} onClose={onClose}>
      {!asked && (
        <Labelled label="为什么退？" hint="早点退没关系，好早点换人。" error={fieldErrors(act.error)['reason']}>
          <Choice label="为什么退" options={optionsOf(reasons)} value={reason} onChange={setReason} />
        </Labelled>
      )}
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
