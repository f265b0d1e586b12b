import { useState } from 'react';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { Choice } from '../../../ui/choice';
import { Labelled, TextArea } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../act-sheet';
import type { ActionFormProps } from '../order-actions';

const empty = { words: '' };

const options = [
  { value: 'upheld', words: '申诉成立，不记问题' },
  { value: 'refused', words: '申诉不成立' },
] as const;

/** 申诉裁定: by another inspector than the one who found the fault. */
export function DecideAppealForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.decideAppeal', { orderId: order.id });
  const draft = useDraft(`decideAppeal.${order.id}`, empty);
  const [decision, setDecision] = useState<'upheld' | 'refused' | null>(null);
  const { words } = draft.fields;
  const wrong = fieldErrors(act.error);

  const decide = () => {
    const onSuccess = () => {
      draft.clear();
      toast('裁定了');
      onClose();
    };
    act.mutate({ upheld: decision === 'upheld', words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="裁定申诉"
      yes="就这样定"
      doing={act}
      unready={decision === null || words.trim() === ''}
      onYes={decide}
      onClose={onClose}
    >
      <Labelled label="申诉成立吗？" error={wrong['upheld']}>
        <Choice label="申诉成立吗" options={options} value={decision} onChange={setDecision} />
      </Labelled>
      <TextArea
        label="理由"
        hint="记问题的人和申诉的人都会看到。"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
