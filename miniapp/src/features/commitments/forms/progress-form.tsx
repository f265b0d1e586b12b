import { orderLimits } from '@sandan/shared/orders/order.words';
import { useState } from 'react';
import { Choice } from '../../../ui/choice';
import { Field, Labelled, TextArea } from '../../../ui/field';
import { PhotosField } from '../../../ui/photos-field';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import { useSaidOf } from '../../orders/use-said';
import type { DeedFormProps } from '../commitment-actions';
import { amountWords } from '../commitment-words';
import { numberOf } from '../number-of';
import { thingOf } from '../thing-of';

const shares = [
  { value: '20', words: '两成' },
  { value: '40', words: '四成' },
  { value: '60', words: '六成' },
  { value: '80', words: '八成' },
  { value: '100', words: '做完了' },
] as const;
type Share = (typeof shares)[number]['value'];

interface Fields {
  readonly words: string;
  readonly photoIds: readonly string[];
  readonly quantityDone: string;
  readonly share: Share | null;
}

/** 记进展: what was done since, counted where it can be; may be written without network. */
export function ProgressForm({ commitment, onClose }: DeedFormProps) {
  const [empty] = useState<Fields>({ words: '', photoIds: [], quantityDone: '', share: null });
  const { draft, send, ...doing } = useSaidOf('commitments.progress', thingOf(commitment), empty);
  const { words, photoIds, quantityDone, share } = draft.fields;
  const wrong = fieldErrors(doing.error);
  const counted = numberOf(quantityDone);
  const note = async () => {
    const far = {
      ...(counted === null ? {} : { quantityDone: counted }),
      ...(share === null ? {} : { percent: Number(share) }),
    };
    if (await send({ words: words.trim(), ...far }, '记下了')) onClose();
  };
  return (
    <ActSheet
      title="记进展"
      yes="记下来"
      doing={doing}
      unready={words.trim() === '' || (quantityDone !== '' && counted === null)}
      onYes={() => void note()}
      onClose={onClose}
    >
      <TextArea
        label="做了什么？"
        hint="大家都看得到。"
        example="比如：灯杆都立好了，下周接电"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      {commitment.quantity === null ? (
        <Labelled label="大概做到几成？" hint="可以不选" error={wrong['percent']}>
          <Choice
            label="做到几成"
            options={shares}
            value={share}
            onChange={(value) => draft.change({ share: value })}
          />
        </Labelled>
      ) : (
        <Field
          label={`到现在一共做了多少${commitment.unit ?? ''}？`}
          hint={`答应的是 ${amountWords(commitment)}，上次记到 ${commitment.quantityDone}。没变可以不填。`}
          kind="digit"
          maxLength={10}
          value={quantityDone}
          error={wrong['quantityDone'] ?? (quantityDone !== '' && counted === null ? '请填数字' : undefined)}
          onChange={(value) => draft.change({ quantityDone: value })}
        />
      )}
      <PhotosField photoIds={photoIds} max={orderLimits.photos} onChange={(ids) => draft.change({ photoIds: ids })} />
    </ActSheet>
  );
}
