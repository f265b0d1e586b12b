import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { Choice } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import { CallButtons } from '../../call-buttons';
import type { ActionFormProps } from '../../order-actions';

const options = [
  { value: 'reached', words: '打通了' },
  { value: 'missed', words: '没打通' },
] as const;

/** 记录通话: without one tried call, a silent order of somebody who does not tap is never closed. */
export function NoteCallForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.noteCall', { orderId: order.id });
  const [reached, setReached] = useState<'reached' | 'missed' | null>(null);
  const [words, setWords] = useState('');
  const said = words.trim();

  const note = () => {
    const onSuccess = () => {
      toast('记下了');
      onClose();
    };
    act.mutate({ reached: reached === 'reached', ...(said === '' ? {} : { words: said }) }, { onSuccess });
  };
  return (
    <ActSheet title="记一次电话" yes="记下来" doing={act} unready={reached === null} onYes={note} onClose={onClose}>
      <CallButtons order={order} />
      <Labelled label="打通了吗？" error={fieldErrors(act.error)['reached']}>
        <Choice label="打通了吗" options={options} value={reached} onChange={setReached} />
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
