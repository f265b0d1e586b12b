import { declineReasons, type DeclineReason } from '@sandan/shared/orders/order.words';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { Choice } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { PeoplePicker } from '../../../people/people-picker';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';

const reasons = Object.keys(declineReasons) as DeclineReason[];
const options = reasons.map((value) => ({ value, words: declineReasons[value][0] }));
const readySentences: readonly string[] = reasons.map((reason) => declineReasons[reason][1]);

interface Fields {
  readonly reason: DeclineReason | null;
  readonly words: string;
  readonly secondPersonId: string | null;
}
const empty: Fields = { reason: null, words: '', secondPersonId: null };

/** 不予受理: a reason from the list, and words that say where to go instead. */
export function DeclineForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.decline', { orderId: order.id });
  const draft = useDraft(`decline.${order.id}`, empty);
  const { reason, words, secondPersonId } = draft.fields;
  const wrong = fieldErrors(act.error);

  /** The ready sentence of the reason, unless the desk has already written its own. */
  const choose = (chosen: DeclineReason) => {
    const untouched = words.trim() === '' || readySentences.includes(words);
    draft.change({ reason: chosen, ...(untouched ? { words: declineReasons[chosen][1] } : {}) });
  };
  const decline = () => {
    if (reason === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('已经告诉对方');
      onClose();
    };
    // 辱骂、骚扰: two persons decide.
    const second = reason === 'abuse' && secondPersonId !== null ? { secondPersonId } : {};
    act.mutate({ reason, words: words.trim(), ...second }, { onSuccess });
  };
  return (
    <ActSheet
      title="不予受理"
      yes="不予受理，告诉对方"
      doing={act}
      unready={reason === null || words.trim() === '' || (reason === 'abuse' && secondPersonId === null)}
      onYes={decline}
      onClose={onClose}
    >
      <Labelled label="为什么不受理？" error={wrong['reason']}>
        <Choice label="为什么不受理" options={options} value={reason} onChange={choose} />
      </Labelled>
      {reason === 'abuse' && (
        <Labelled label="另一位认定的人" hint="辱骂、骚扰要两个人认定。" error={wrong['secondPersonId']}>
          <PeoplePicker
            wanted={{ purpose: 'dispatch', orderId: order.id }}
            label="另一位认定的人"
            value={secondPersonId}
            onChange={(person) => draft.change({ secondPersonId: person.personId })}
            nobody="没有找到别的经办人。"
          />
        </Labelled>
      )}
      <TextArea
        label="跟对方说"
        hint="对方会看到这段话；写清楚可以去哪里办。对方可以不服，请上级再看。"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
