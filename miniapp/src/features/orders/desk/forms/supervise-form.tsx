import { dateAfter } from '../../../../lib/china-instant';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { DateField } from '../../../../ui/date-fields';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';

const empty = { words: '', dueOn: '' };

/** 督办: words, and by when an answer is expected; it stays flagged until then. */
export function SuperviseForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.supervise', { orderId: order.id });
  const now = useNow();
  const draft = useDraft(`supervise.${order.id}`, empty);
  const { words, dueOn } = draft.fields;
  const wrong = fieldErrors(act.error);

  const supervise = () => {
    const onSuccess = () => {
      draft.clear();
      toast('督办发出了');
      onClose();
    };
    act.mutate({ words: words.trim(), ...(dueOn === '' ? {} : { dueOn }) }, { onSuccess });
  };
  return (
    <ActSheet title="督办" yes="发出督办" doing={act} unready={words.trim() === ''} onYes={supervise} onClose={onClose}>
      <TextArea
        label="要求怎么办？"
        example="比如：已经超时两天，请今天联系群众"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <DateField
        label="哪天前回复？"
        hint="可以不选"
        value={dueOn}
        from={dateAfter(now, 0)}
        error={wrong['dueOn']}
        onChange={(value) => draft.change({ dueOn: value })}
      />
    </ActSheet>
  );
}
