import { orderLimits } from '@sandan/shared/orders/order.words';
import { TextArea } from '../../../ui/field';
import { PhotosField } from '../../../ui/photos-field';
import { ActSheet, fieldErrors } from '../act-sheet';
import type { ActionFormProps } from '../order-actions';
import { useSaid, type Said } from '../use-said';

const empty: Said = { words: '', photoIds: [] };

/** 申诉: the handler's word against a fault, once, within five working days. */
export function AppealFaultForm({ order, onClose }: ActionFormProps) {
  const { draft, send, ...doing } = useSaid('orders.appealFault', order, empty);
  const { words, photoIds } = draft.fields;
  const appeal = async () => {
    if (await send(draft.fields, '申诉交上去了，由另一位督查员裁定')) onClose();
  };
  return (
    <ActSheet
      title="对督查问题申诉"
      yes="交上去"
      doing={doing}
      unready={words.trim() === ''}
      onYes={() => void appeal()}
      onClose={onClose}
    >
      <TextArea
        label="实际是怎么回事？"
        hint="只能申诉一次，由另一位督查员裁定。"
        value={words}
        error={fieldErrors(doing.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <PhotosField
        label="证明的照片"
        photoIds={photoIds}
        max={orderLimits.photos}
        onChange={(ids) => draft.change({ photoIds: ids })}
      />
    </ActSheet>
  );
}
