import { useDraft } from '../../../../lib/draft';
import type { Outcome } from '@sandan/shared/orders/order.words';
import { useAct } from '../../../../lib/use-call';
import { Card } from '../../../../ui/card';
import { TextArea } from '../../../../ui/field';
import { Switch } from '../../../../ui/switch';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';
import { OutcomeChips } from '../../outcome-choice';

interface Fields {
  readonly outcome: Outcome | null;
  readonly words: string;
  readonly agrees: boolean;
}
const empty: Fields = { outcome: null, words: '', agrees: false };

/** 核查办结: the last word, in public language; not counted as solved unless the resident agrees. */
export function CloseReviewForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.closeReview', { orderId: order.id });
  const draft = useDraft(`closeReview.${order.id}`, empty);
  const { outcome, words, agrees } = draft.fields;
  const wrong = fieldErrors(act.error);

  const close = () => {
    if (outcome === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('核查办结了');
      onClose();
    };
    act.mutate({ outcome, words: words.trim(), residentAgrees: agrees }, { onSuccess });
  };
  return (
    <ActSheet
      title="核查办结"
      yes="办结，告诉对方"
      doing={act}
      unready={outcome === null || words.trim() === ''}
      onYes={close}
      onClose={onClose}
    >
      <OutcomeChips
        label="核查下来是"
        error={wrong['outcome']}
        value={outcome}
        onChange={(value) => draft.change({ outcome: value })}
      />
      <TextArea
        label="跟对方说清楚"
        hint="用大家听得懂的话，写查了什么、为什么这样定。"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <Card bare>
        <Switch
          title="对方同意这个结果"
          words="当面或电话问过本人"
          on={agrees}
          onChange={(value) => draft.change({ agrees: value })}
        />
      </Card>
    </ActSheet>
  );
}
