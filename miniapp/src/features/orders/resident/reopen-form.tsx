import { orderLimits } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { TextArea } from '../../../ui/field';
import { PhotosField } from '../../../ui/photos-field';
import { Switch } from '../../../ui/switch';
import { ActSheet, fieldErrors } from '../act-sheet';
import type { ActionFormProps } from '../order-actions';
import { useSaid, type Said } from '../use-said';
import './resident-forms.scss';

const empty: Said & { readonly anotherPerson: boolean } = { words: '', photoIds: [], anotherPerson: false };

/** 没办好: it goes back to the desk, which hears why and, if wished, gives it to somebody else. */
export function ReopenForm({ order, onClose }: ActionFormProps) {
  const { draft, send, ...doing } = useSaid('orders.reopen', order, empty);
  const { words, photoIds, anotherPerson } = draft.fields;
  const reopen = async () => {
    if (await send(draft.fields, '知道了，我们接着办')) onClose();
  };
  return (
    <ActSheet
      title="没办好"
      yes="请接着办"
      doing={doing}
      unready={words.trim() === ''}
      onYes={() => void reopen()}
      onClose={onClose}
    >
      <TextArea
        label="哪里没办好？"
        example="比如：灯亮了一晚，又不亮了"
        value={words}
        error={fieldErrors(doing.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <PhotosField
        photoIds={photoIds}
        max={orderLimits.photos}
        onChange={(chosen) => draft.change({ photoIds: chosen })}
      />
      <View className="resident-form__switch">
        <Switch
          title="换个人来办"
          words="不选，就先请原来的人接着办"
          on={anotherPerson}
          onChange={(on) => draft.change({ anotherPerson: on })}
        />
      </View>
    </ActSheet>
  );
}
