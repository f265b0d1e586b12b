import { exemptionReasons, type ExemptionReason } from '@sandan/shared/commitments/commitment.words';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../../../features/orders/act-sheet';
import type { Debtor } from './debtor-card';

interface ExemptSheetProps {
  readonly roundId: string;
  readonly debtor: Debtor;
  readonly onClose: () => void;
}

interface Fields {
  readonly reason: ExemptionReason | null;
  readonly words: string;
}
const empty: Fields = { reason: null, words: '' };

/** 免诺: the reason stands beside the name for whoever watches over the list. */
export function ExemptSheet({ roundId, debtor, onClose }: ExemptSheetProps) {
  const act = useAct('rounds.exempt', { roundId });
  const draft = useDraft<Fields>(`exempt.${roundId}.${debtor.id}`, empty);
  const { reason } = draft.fields;
  const words = draft.fields.words.trim();
  const exempt = () => {
    if (reason === null) return;
    const onSuccess = () => {
      draft.clear();
      toast(`${debtor.name}今年不用承诺了`);
      onClose();
    };
    act.mutate({ debtorId: debtor.id, reason, ...(words === '' ? {} : { words }) }, { onSuccess });
  };
  const unready = reason === null || (reason === 'other' && words === '');
  return (
    <ActSheet title={`${debtor.name}免诺`} yes="免诺" doing={act} unready={unready} onYes={exempt} onClose={onClose}>
      <Labelled label="为什么？" hint="免了也可以自己承诺。">
        <Choice
          label="为什么"
          options={optionsOf(exemptionReasons)}
          value={reason}
          onChange={(chosen) => draft.change({ reason: chosen })}
        />
      </Labelled>
      <TextArea
        label="说明"
        hint={reason === 'other' ? '请写明原因。' : '可以不写。'}
        maxLength={200}
        value={draft.fields.words}
        error={fieldErrors(act.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
