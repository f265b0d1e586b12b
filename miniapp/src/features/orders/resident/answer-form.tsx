import { orderLimits } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { TextArea } from '../../../ui/field';
import { PhotosField } from '../../../ui/photos-field';
import { ActSheet, fieldErrors } from '../act-sheet';
import type { ActionFormProps } from '../order-actions';
import { useSaid, type Said } from '../use-said';
import './resident-forms.scss';

const empty: Said = { words: '', photoIds: [] };

/** 补充: the desk asked one question; here is the answer. */
export function AnswerForm({ order, onClose }: ActionFormProps) {
  const { draft, send, ...doing } = useSaid('orders.answer', order, empty);
  const { words, photoIds } = draft.fields;
  const answer = async () => {
    if (await send(draft.fields, '收到了，接着办')) onClose();
  };
  return (
    <ActSheet
      title="回个话"
      yes="告诉他们"
      doing={doing}
      unready={words.trim() === ''}
      onYes={() => void answer()}
      onClose={onClose}
    >
      {order.question && <View className="resident-form__question">{order.question}</View>}
      <TextArea
        label="您的回答"
        value={words}
        error={fieldErrors(doing.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <PhotosField
        photoIds={photoIds}
        max={orderLimits.photos}
        onChange={(chosen) => draft.change({ photoIds: chosen })}
      />
    </ActSheet>
  );
}
