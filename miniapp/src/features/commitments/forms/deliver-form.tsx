import { View } from '@tarojs/components';
import type { NoPhotoReason } from '@sandan/shared/orders/order.words';
import { useState } from 'react';
import { Field, TextArea } from '../../../ui/field';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import { EvidenceField } from '../../orders/evidence-field';
import { useSaidOf } from '../../orders/use-said';
import type { DeedFormProps } from '../commitment-actions';
import { amountWords } from '../commitment-words';
import { numberOf } from '../number-of';
import { thingOf } from '../thing-of';
import './forms.scss';

interface Fields {
  readonly words: string;
  readonly photoIds: readonly string[];
  readonly noPhotoReason: NoPhotoReason | null;
  readonly quantityDone: string;
}

/** 兑现: in words, how much, with photos or a reason for none; less than promised is said so. */
export function DeliverForm({ commitment, onClose }: DeedFormProps) {
  const { quantity } = commitment;
  const [empty] = useState<Fields>({
    ...{ words: '', photoIds: [], noPhotoReason: null },
    quantityDone: quantity === null ? '' : String(quantity),
  });
  const { draft, send, ...doing } = useSaidOf('commitments.deliver', thingOf(commitment), empty);
  const { words, photoIds, noPhotoReason, quantityDone } = draft.fields;
  const counted = numberOf(quantityDone);
  const wrong = fieldErrors(doing.error);
  const unproven = photoIds.length === 0 && noPhotoReason === null;
  const uncounted = quantity !== null && counted === null;
  const deliver = async () => {
    const body = {
      words: words.trim(),
      ...(quantity === null || counted === null ? {} : { quantityDone: counted }),
      ...(photoIds.length === 0 && noPhotoReason !== null ? { noPhotoReason } : {}),
    };
    if (await send(body, '报上去了，等上级验收')) onClose();
  };
  return (
    <ActSheet
      title="办成了？"
      yes="兑现"
      doing={doing}
      unready={words.trim() === '' || unproven || uncounted}
      onYes={() => void deliver()}
      onClose={onClose}
    >
      <TextArea
        label="怎么办成的？"
        hint="大家都看得到。"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      {quantity !== null && (
        <Field
          label={`一共做了多少${commitment.unit ?? ''}？`}
          hint={
            counted !== null && counted < quantity
              ? `比答应的 ${amountWords(commitment)} 少，会如实写明。`
              : `答应的是 ${amountWords(commitment)}。`
          }
          kind="digit"
          maxLength={10}
          value={quantityDone}
          error={wrong['quantityDone'] ?? (uncounted ? '请填数字' : undefined)}
          onChange={(value) => draft.change({ quantityDone: value })}
        />
      )}
      <View className="deed-form__evidence">
        <EvidenceField
          asked
          before={commitment.before}
          photoIds={photoIds}
          noPhotoReason={noPhotoReason}
          error={wrong['photoIds']}
          onPhotos={(ids) => draft.change({ photoIds: ids })}
          onReason={(reason) => draft.change({ noPhotoReason: reason })}
        />
      </View>
    </ActSheet>
  );
}
