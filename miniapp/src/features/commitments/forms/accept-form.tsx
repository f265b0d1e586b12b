import { isPersonal } from '@sandan/shared/commitments/commitment.words';
import { orderLimits } from '@sandan/shared/orders/order.words';
import { Card } from '../../../ui/card';
import { Labelled, TextArea } from '../../../ui/field';
import { PhotosField } from '../../../ui/photos-field';
import { Switch } from '../../../ui/switch';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import { useSaidOf, type Said } from '../../orders/use-said';
import type { DeedFormProps } from '../commitment-actions';
import { thingOf } from '../thing-of';

const empty: Said & { readonly onSite: boolean } = { words: '', photoIds: [], onSite: false };

/** 验收: an organisation's deed on the spot; a member's on the evidence. */
export function AcceptForm({ commitment, onClose }: DeedFormProps) {
  const { draft, send, ...doing } = useSaidOf('commitments.accept', thingOf(commitment), empty);
  const { words, photoIds, onSite } = draft.fields;
  const mustSee = !isPersonal(commitment.kind);
  const wrong = fieldErrors(doing.error);
  const accept = async () => {
    const said = words.trim() === '' ? {} : { words: words.trim() };
    if (await send({ onSite, ...said }, '验收了')) onClose();
  };
  return (
    <ActSheet
      title="验收通过？"
      yes="验收通过"
      doing={doing}
      unready={mustSee && !onSite}
      onYes={() => void accept()}
      onClose={onClose}
    >
      <Labelled
        label="去看过吗？"
        hint={mustSee ? '班子承诺要到现场看过才能验收。' : '看照片和经过也行，能去看看最好。'}
        error={wrong['onSite']}
      >
        <Card bare>
          <Switch title="到现场看过" on={onSite} onChange={(on) => draft.change({ onSite: on })} />
        </Card>
      </Labelled>
      <TextArea
        label="验收的情况"
        hint="可以不写"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <PhotosField
        label="现场照片"
        photoIds={photoIds}
        max={orderLimits.photos}
        onChange={(ids) => draft.change({ photoIds: ids })}
      />
    </ActSheet>
  );
}
