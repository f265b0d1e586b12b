import { View } from '@tarojs/components';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { Choice } from '../../../ui/choice';
import { Labelled, TextArea } from '../../../ui/field';
import { Stars } from '../../../ui/stars';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../act-sheet';
import type { Order } from '../order';
import type { ActionFormProps } from '../order-actions';
import { answerOf, emptyAnswers, endings, onwards, type Answers } from './three-questions';
import './resident-forms.scss';

const contactedOptions = [
  { value: 'yes', words: '联系了' },
  { value: 'no', words: '没联系' },
] as const;

/** 跟踪反馈: were you contacted, is it solved, are you content. Who says it is not done goes on to 没办好. */
export function ConfirmForm({ order, onClose, onInstead }: ActionFormProps) {
  const draft = useDraft<Answers>(`confirm.${order.id}`, emptyAnswers);
  const act = useAct('orders.confirm', { orderId: order.id });
  const answer = answerOf(draft.fields);
  const further = draft.fields.ending === 'goOn' ? onwards(order.allows) : null;

  const send = () => {
    if (further) return onInstead(further);
    if (!answer) return;
    const onSuccess = () => {
      draft.clear();
      toast('谢谢您告诉我们');
      onClose();
    };
    act.mutate(answer, { onSuccess });
  };
  return (
    <ActSheet
      title="办得怎么样？"
      yes={further ? '说说哪里没办好' : '就这样'}
      doing={act}
      unready={!further && !answer}
      onYes={send}
      onClose={onClose}
    >
      <Questions order={order} answers={draft.fields} error={act.error} onChange={draft.change} />
    </ActSheet>
  );
}

interface QuestionsProps {
  readonly order: Order;
  readonly answers: Answers;
  readonly error: unknown;
  readonly onChange: (some: Partial<Answers>) => void;
}

function Questions({ order, answers, error, onChange }: QuestionsProps) {
  const wrong = fieldErrors(error);
  const goesOn = answers.ending === 'goOn';
  return (
    <>
      <Labelled label="有人联系您吗？" error={wrong['contacted']}>
        <Choice
          label="有人联系您吗"
          options={contactedOptions}
          value={answers.contacted}
          onChange={(contacted) => onChange({ contacted })}
        />
      </Labelled>
      <Labelled label="事情办好了吗？" error={wrong['solved']}>
        <Choice
          label="事情办好了吗"
          options={endings(order)}
          value={answers.ending}
          onChange={(ending) => onChange({ ending })}
        />
      </Labelled>
      {goesOn && <View className="resident-form__then">下一步说说哪里没办好，会有人接着办。</View>}
      {!goesOn && (
        <>
          <Labelled label="您满意吗？" error={wrong['stars']}>
            <Stars value={answers.stars} onChange={(stars) => onChange({ stars })} />
          </Labelled>
          <TextArea
            label="还想说的"
            hint="可以不写"
            value={answers.words}
            error={wrong['words']}
            onChange={(words) => onChange({ words })}
          />
        </>
      )}
    </>
  );
}
