import { ActSheet, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraftOver } from '../../../../lib/draft-over';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { usePut } from '../../../../lib/use-call';
import { Field } from '../../../../ui/field';
import { DraftNote } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';

interface RulesSheetProps {
  readonly rules: ReplyFrom<'audit.state'>['rules'];
  readonly onClose: () => void;
}

/** How long entries are kept, and after how many days without a sign of life an account is listed. */
export function RulesSheet({ rules, onClose }: RulesSheetProps) {
  const act = usePut('audit.changeRules');
  const draft = useDraftOver('audit-rules', { keepDays: String(rules.keepDays), idleDays: String(rules.idleDays) });
  const { keepDays, idleDays } = draft.fields;
  const errors = fieldErrors(act.error);
  const change = () => {
    const onSuccess = () => {
      draft.clear();
      toast('改好了');
      onClose();
    };
    act.mutate({ body: { keepDays: Number(keepDays), idleDays: Number(idleDays) } }, { onSuccess });
  };
  const unready = !/^\d+$/.test(keepDays) || !/^\d+$/.test(idleDays);
  return (
    <ActSheet title="审计的设置" yes="保存" doing={act} unready={unready} onYes={change} onClose={onClose}>
      <DraftNote draft={draft} />
      <Field
        label="记录保存多少天？"
        hint="至少 180 天（六个月）。到期的由运维人员清理，清理也有记录。"
        kind="number"
        maxLength={4}
        value={keepDays}
        error={errors['keepDays']}
        onChange={(value) => draft.change({ keepDays: value })}
      />
      <Field
        label="多少天没登录算久未登录？"
        kind="number"
        maxLength={3}
        value={idleDays}
        error={errors['idleDays']}
        onChange={(value) => draft.change({ idleDays: value })}
      />
    </ActSheet>
  );
}
