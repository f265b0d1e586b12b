import { View } from '@tarojs/components';
import { dateAfter } from '../../../lib/china-instant';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { useNow } from '../../../lib/use-now';
import { DateField } from '../../../ui/date-fields';
import { Field } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import type { DeedFormProps } from '../commitment-actions';
import './forms.scss';

const empty = { meetingOn: '', vote: '' };

/** 审诺: the very words that were read; when the members' meeting passed it, and how it voted. */
export function ApproveForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.approve', { commitmentId: commitment.id });
  const draft = useDraft(`approve.${commitment.id}`, empty);
  const now = useNow();
  const { meetingOn, vote } = draft.fields;
  const wrong = fieldErrors(act.error);
  const approve = () => {
    const onSuccess = () => {
      draft.clear();
      toast('审过了，可以亮诺了');
      onClose();
    };
    const meeting = {
      ...(meetingOn === '' ? {} : { meetingOn }),
      ...(vote.trim() === '' ? {} : { vote: vote.trim() }),
    };
    act.mutate({ version: commitment.version, ...meeting }, { onSuccess });
  };
  return (
    <ActSheet title="审诺通过？" yes="审诺通过" doing={act} onYes={approve} onClose={onClose}>
      <View className="deed-form__then">{`“${commitment.title}”说得清、做得到、查得着，就通过。`}</View>
      <DateField
        label="哪天开的党员大会？"
        hint="没有上会可以不填。"
        value={meetingOn}
        to={dateAfter(now, 0)}
        error={wrong['meetingOn']}
        onChange={(value) => draft.change({ meetingOn: value })}
      />
      <Field
        label="表决情况"
        hint="可以不填。"
        example="比如：到会 18 人，18 票同意"
        maxLength={60}
        value={vote}
        error={wrong['vote']}
        onChange={(value) => draft.change({ vote: value })}
      />
    </ActSheet>
  );
}
