import { contactMethods, type ContactMethod } from '@sandan/shared/orders/order.words';
import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

/** 已联系: how, and whether anybody was reached. The first time that somebody was stops the clock. */
export function ContactForm({ task, onClose }: TaskFormProps) {
  const act = useAct('tasks.contact', { taskId: task.id });
  const [method, setMethod] = useState<ContactMethod | null>(null);
  const [words, setWords] = useState('');
  const said = words.trim();

  const record = () => {
    if (method === null) return;
    const onSuccess = () => {
      toast(method === 'notReached' ? '记下了，过会儿再联系' : '记下了');
      onClose();
    };
    act.mutate({ method, ...(said === '' ? {} : { words: said }) }, { onSuccess });
  };
  return (
    <ActSheet title="联系上了吗？" yes="记下来" doing={act} unready={method === null} onYes={record} onClose={onClose}>
      <Labelled label="怎么联系的" error={fieldErrors(act.error)['method']}>
        <Choice label="怎么联系的" options={optionsOf(contactMethods)} value={method} onChange={setMethod} />
      </Labelled>
      <TextArea
        label="说了什么"
        hint="可以不写"
        value={words}
        onChange={setWords}
        error={fieldErrors(act.error)['words']}
      />
    </ActSheet>
  );
}
