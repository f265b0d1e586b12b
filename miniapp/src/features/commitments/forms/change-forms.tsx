import { View } from '@tarojs/components';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { TextArea } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import type { Commitment } from '../commitment';
import type { DeedFormProps } from '../commitment-actions';
import './forms.scss';

const openChangeOf = ({ changes }: Commitment) => changes.find(({ state }) => state === 'open');

const empty = { words: '' };

/** What was asked for, as it is decided on. */
function Asked({ commitment }: { commitment: Commitment }) {
  const change = openChangeOf(commitment);
  if (!change) return null;
  return (
    <View className="deed-form__then">
      <View>{`${change.by}申请${change.kindName}：${change.reason}`}</View>
      {change.kind === 'abandon' && (
        <View className="deed-form__note">同意以后这件就停了，算兑现率时照样算一件没办成的。</View>
      )}
    </View>
  );
}

/** 同意变更: both wordings and the reason stay to be read. */
export function ApproveChangeForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.approveChange', { commitmentId: commitment.id });
  const draft = useDraft(`approveChange.${commitment.id}`, empty);
  const words = draft.fields.words.trim();
  const change = openChangeOf(commitment);
  const decide = () => {
    if (!change) return;
    const onSuccess = () => {
      draft.clear();
      toast('同意了');
      onClose();
    };
    act.mutate({ changeId: change.id, ...(words === '' ? {} : { words }) }, { onSuccess });
  };
  return (
    <ActSheet title="同意变更？" yes="同意变更" doing={act} unready={!change} onYes={decide} onClose={onClose}>
      <Asked commitment={commitment} />
      <TextArea
        label="还要交代的"
        hint="可以不写。原来的、改成的和原因都会公开。"
        value={draft.fields.words}
        error={fieldErrors(act.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}

export function RefuseChangeForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.refuseChange', { commitmentId: commitment.id });
  const draft = useDraft(`refuseChange.${commitment.id}`, empty);
  const words = draft.fields.words.trim();
  const change = openChangeOf(commitment);
  const decide = () => {
    if (!change) return;
    const onSuccess = () => {
      draft.clear();
      toast('答复了，照原来的办');
      onClose();
    };
    act.mutate({ changeId: change.id, words }, { onSuccess });
  };
  return (
    <ActSheet
      title="不同意变更？"
      yes="不同意变更"
      doing={act}
      unready={!change || words === ''}
      onYes={decide}
      onClose={onClose}
    >
      <Asked commitment={commitment} />
      <TextArea
        label="为什么不同意？"
        hint="照原来的接着办，理由会公开。"
        value={draft.fields.words}
        error={fieldErrors(act.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
