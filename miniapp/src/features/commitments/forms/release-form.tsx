import { releaseReasons, type ReleaseReason } from '@sandan/shared/commitments/commitment.words';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { Choice, optionsOf } from '../../../ui/choice';
import { Labelled, TextArea } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import type { DeedFormProps } from '../commitment-actions';

const empty: { reason: ReleaseReason | null; words: string } = { reason: null, words: '' };

/** 免除: who died, moved or fell ill owes it no more. */
export function ReleaseForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.release', { commitmentId: commitment.id });
  const draft = useDraft(`release.${commitment.id}`, empty);
  const { reason, words } = draft.fields;
  const wrong = fieldErrors(act.error);
  const release = () => {
    if (reason === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('免除了');
      onClose();
    };
    act.mutate({ reason, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="免除这件承诺？"
      yes="免除"
      doing={act}
      unready={reason === null || words.trim() === ''}
      onYes={release}
      onClose={onClose}
    >
      <Labelled label="什么原因？" error={wrong['reason']}>
        <Choice
          label="什么原因"
          options={optionsOf(releaseReasons)}
          value={reason}
          onChange={(value) => draft.change({ reason: value })}
        />
      </Labelled>
      <TextArea
        label="说明"
        hint="不要写病情和家里的私事。"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
