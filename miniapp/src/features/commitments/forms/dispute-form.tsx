import { orderLimits } from '@sandan/shared/orders/order.words';
import { TextArea } from '../../../ui/field';
import { PhotosField } from '../../../ui/photos-field';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import { useSaidOf, type Said } from '../../orders/use-said';
import type { DeedFormProps } from '../commitment-actions';
import { thingOf } from '../thing-of';

const empty: Said = { words: '', photoIds: [] };

/** 提异议: it was said to be kept, and is not; the level above the reviewer answers in public. */
export function DisputeForm({ commitment, onClose }: DeedFormProps) {
  const { draft, send, ...doing } = useSaidOf('commitments.dispute', thingOf(commitment), empty);
  const { words, photoIds } = draft.fields;
  const dispute = async () => {
    if (await send({ words: words.trim() }, '收到了，上级会去核实')) onClose();
  };
  return (
    <ActSheet
      title="提异议"
      yes="提异议"
      doing={doing}
      unready={words.trim() === ''}
      onYes={() => void dispute()}
      onClose={onClose}
    >
      <TextArea
        label="哪里没办到？"
        hint="上级 10 个工作日内公开答复。别人看不到您的全名。"
        example="比如：说装 4 盏灯，只亮了 3 盏"
        value={words}
        error={fieldErrors(doing.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <PhotosField photoIds={photoIds} max={orderLimits.photos} onChange={(ids) => draft.change({ photoIds: ids })} />
    </ActSheet>
  );
}
