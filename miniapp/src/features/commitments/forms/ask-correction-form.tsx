import type { CommitmentResult } from '@sandan/shared/commitments/commitment.words';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { Choice } from '../../../ui/choice';
import { Labelled, TextArea } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import type { DeedFormProps } from '../commitment-actions';
import { resultOptions } from './plain-forms';

const empty: { result: CommitmentResult | null; words: string } = { result: null, words: '' };

/** 申请更正: a result of a year is changed by two people of the town, with a public reason. */
export function AskCorrectionForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.askCorrection', { commitmentId: commitment.id });
  const draft = useDraft(`askCorrection.${commitment.id}`, empty);
  const { result, words } = draft.fields;
  const wrong = fieldErrors(act.error);
  const ask = () => {
    if (result === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('交上去了，等另一位同志确认');
      onClose();
    };
    act.mutate({ result, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="申请更正结果"
      yes="申请更正"
      doing={act}
      unready={result === null || words.trim() === ''}
      onYes={ask}
      onClose={onClose}
    >
      <Labelled label="应该是什么结果？" error={wrong['result']}>
        <Choice
          label="应该是什么结果"
          options={resultOptions(commitment.state)}
          value={result}
          onChange={(value) => draft.change({ result: value })}
        />
      </Labelled>
      <TextArea
        label="为什么要更正？"
        hint="理由会公开。"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
