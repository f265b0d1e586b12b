import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { Choice } from '../../../../ui/choice';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { Stars } from '../../../../ui/stars';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import { CallButtons } from '../../call-buttons';
import type { ActionFormProps } from '../../order-actions';
import { callbackEndings, callbackOf, emptyCallback, type Callback } from './callback';

const methods = [
  { value: 'phone', words: '打电话' },
  { value: 'visit', words: '上门' },
] as const;

const contactedOptions = [
  { value: 'yes', words: '联系过' },
  { value: 'no', words: '没联系' },
] as const;

/** 回访代录: the same three questions, for whoever does not tap; a 没办好 goes on. */
export function RecordCallbackForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.recordCallback', { orderId: order.id });
  const draft = useDraft<Callback>(`recordCallback.${order.id}`, emptyCallback);
  const { fields, change } = draft;
  const answer = callbackOf(fields);
  const wrong = fieldErrors(act.error);

  const record = () => {
    if (!answer) return;
    const onSuccess = () => {
      draft.clear();
      toast(answer.reopen ? '记下了，接着办' : '记下了');
      onClose();
    };
    act.mutate(answer, { onSuccess });
  };
  return (
    <ActSheet title="回访" yes="记下来" doing={act} unready={!answer} onYes={record} onClose={onClose}>
      <CallButtons order={order} />
      <Labelled label="怎么回访的？" error={wrong['method']}>
        <Choice label="怎么回访的" options={methods} value={fields.method} onChange={(method) => change({ method })} />
      </Labelled>
      <Field
        label="跟谁说的？"
        example="比如：本人、老伴、儿子"
        value={fields.spokeTo}
        error={wrong['spokeTo']}
        onChange={(spokeTo) => change({ spokeTo })}
      />
      <Labelled label="办的人联系过他吗？" error={wrong['contacted']}>
        <Choice
          label="办的人联系过他吗"
          options={contactedOptions}
          value={fields.contacted}
          onChange={(contacted) => change({ contacted })}
        />
      </Labelled>
      <Labelled label="他说办好了吗？" error={wrong['solved']}>
        <Choice
          label="他说办好了吗"
          options={callbackEndings(order)}
          value={fields.ending}
          onChange={(ending) => change({ ending })}
        />
      </Labelled>
      <Labelled label="他满意吗？" error={wrong['stars']}>
        <Stars value={fields.stars} onChange={(stars) => change({ stars })} />
      </Labelled>
      <TextArea
        label={fields.ending === 'goOn' ? '哪里没办好？' : '他的原话'}
        hint={fields.ending === 'goOn' ? undefined : '可以不写'}
        value={fields.words}
        error={wrong['words']}
        onChange={(words) => change({ words })}
      />
    </ActSheet>
  );
}
