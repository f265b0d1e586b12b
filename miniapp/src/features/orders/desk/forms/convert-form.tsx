import { channels, type Channel } from '@sandan/shared/orders/order.words';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';

interface Fields {
  readonly channel: Channel | null;
  readonly words: string;
  readonly reference: string;
}
const empty: Fields = { channel: null, words: '', reference: '' };

/** 转渠道: it is handled elsewhere, and the resident is told where. */
export function ConvertForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.convert', { orderId: order.id });
  const draft = useDraft(`convert.${order.id}`, empty);
  const { channel, words, reference } = draft.fields;
  const wrong = fieldErrors(act.error);

  const convert = () => {
    if (channel === null) return;
    const onSuccess = () => {
      draft.clear();
      toast(`转到${channels[channel]}了`);
      onClose();
    };
    const number = reference.trim();
    act.mutate({ channel, words: words.trim(), ...(number === '' ? {} : { reference: number }) }, { onSuccess });
  };
  return (
    <ActSheet
      title="转到别处办"
      yes="转过去，告诉对方"
      doing={act}
      unready={channel === null || words.trim() === ''}
      onYes={convert}
      onClose={onClose}
    >
      <Labelled label="转到哪里？" error={wrong['channel']}>
        <Choice
          label="转到哪里"
          options={optionsOf(channels)}
          value={channel}
          onChange={(value) => draft.change({ channel: value })}
        />
      </Labelled>
      <TextArea
        label="跟对方说"
        example="比如：这件事请镇调解室办，他们会打电话给您"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <Field
        label="那边的编号"
        hint="可以不填"
        maxLength={80}
        value={reference}
        error={wrong['reference']}
        onChange={(value) => draft.change({ reference: value })}
      />
    </ActSheet>
  );
}
