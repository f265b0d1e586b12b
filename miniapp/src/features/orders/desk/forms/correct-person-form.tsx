import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { PeoplePicker, type FoundPerson } from '../../../people/people-picker';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';

/** 更正当事人: the order stood under the wrong name. */
export function CorrectPersonForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.correctPerson', { orderId: order.id });
  const [person, setPerson] = useState<FoundPerson | null>(null);
  const [words, setWords] = useState('');
  const wrong = fieldErrors(act.error);

  const correct = () => {
    if (!person) return;
    const onSuccess = () => {
      toast('更正了');
      onClose();
    };
    act.mutate({ requesterId: person.personId, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="更正当事人"
      yes="更正"
      doing={act}
      unready={!person || words.trim() === ''}
      onYes={correct}
      onClose={onClose}
    >
      <PeoplePicker
        wanted={{ purpose: 'proxy' }}
        label="实际是谁的事"
        value={person?.personId ?? null}
        onChange={setPerson}
        nobody="没有登记的住户。"
      />
      <TextArea
        label="怎么弄错的？"
        example="比如：孙子的手机登录的，事情是奶奶的"
        value={words}
        error={wrong['words'] ?? wrong['requesterId']}
        onChange={setWords}
      />
    </ActSheet>
  );
}
