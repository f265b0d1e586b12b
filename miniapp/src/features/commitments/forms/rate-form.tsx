import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { Labelled, TextArea } from '../../../ui/field';
import { Stars } from '../../../ui/stars';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import type { DeedFormProps } from '../commitment-actions';
import './forms.scss';

/** 评诺: one to five, changed as often as one likes until the year is closed. */
export function RateForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.rate', { commitmentId: commitment.id });
  const [empty] = useState({ stars: commitment.rating.mine, words: '' });
  const draft = useDraft(`rate.${commitment.id}`, empty);
  const { stars, words } = draft.fields;
  const wrong = fieldErrors(act.error);
  const rate = () => {
    if (stars === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('谢谢您评诺');
      onClose();
    };
    act.mutate({ stars, ...(words.trim() === '' ? {} : { words: words.trim() }) }, { onSuccess });
  };
  return (
    <ActSheet
      title="这件事办得怎么样？"
      yes="就这样评"
      doing={act}
      unready={stars === null}
      onYes={rate}
      onClose={onClose}
    >
      <Labelled label="您满意吗？" error={wrong['stars']}>
        <Stars value={stars} onChange={(value) => draft.change({ stars: value })} />
      </Labelled>
      <TextArea
        label="还想说的"
        hint="可以不写"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <View className="deed-form__note">
        {`满 ${commitmentLimits.ratersShown} 人才公开平均分和大家写的话，谁评的不公开；年底前可以改。`}
      </View>
    </ActSheet>
  );
}
