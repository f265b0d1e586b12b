import { dateAfter } from '../../../lib/china-instant';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { useNow } from '../../../lib/use-now';
import { DateField } from '../../../ui/date-fields';
import { TextArea } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors, type Doing } from '../../orders/act-sheet';
import type { DeedFormProps } from '../commitment-actions';
import { hasHeldDispute } from '../held-dispute';
import { KeepHeld } from './keep-held';

interface MendSheetProps extends DeedFormProps {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly done: string;
  readonly form: string;
  readonly act: Doing<{ words: string; mendBy: string; keepHeld?: boolean }>;
  /** The words of the dispute were held back: whoever answers decides. */
  readonly held?: boolean;
}

const empty = { words: '', mendBy: '', keepHeld: false };

/** Back to be mended: what is wrong, and by which day. */
function MendSheet({ commitment, title, label, hint, done, form, act, held, onClose }: MendSheetProps) {
  const now = useNow();
  const draft = useDraft(form, empty);
  const { words, mendBy, keepHeld } = draft.fields;
  const wrong = fieldErrors(act.error);
  const send = () => {
    const onSuccess = () => {
      draft.clear();
      toast(done);
      onClose();
    };
    act.mutate({ words: words.trim(), mendBy, ...(held ? { keepHeld } : {}) }, { onSuccess });
  };
  return (
    <ActSheet
      title={title}
      yes={title}
      doing={act}
      unready={words.trim() === '' || mendBy === ''}
      onYes={send}
      onClose={onClose}
    >
      <TextArea
        label={label}
        hint={hint}
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <DateField
        label="哪天前改好？"
        value={mendBy}
        from={dateAfter(now, 1)}
        to={`${commitment.year}-12-31`}
        error={wrong['mendBy']}
        onChange={(value) => draft.change({ mendBy: value })}
      />
      {held && <KeepHeld on={keepHeld} onChange={(on) => draft.change({ keepHeld: on })} />}
    </ActSheet>
  );
}

/** 退回整改: looked at, and not as promised. */
export const RejectForm = (props: DeedFormProps) => (
  <MendSheet
    {...props}
    title="退回整改"
    label="哪里没做到？"
    hint="承诺的人和大家都看得到。"
    done="退回整改了"
    form={`reject.${props.commitment.id}`}
    act={useAct('commitments.reject', { commitmentId: props.commitment.id })}
  />
);

/** 异议成立: the level above found it so. */
export const UpholdForm = (props: DeedFormProps) => (
  <MendSheet
    {...props}
    title="异议成立"
    held={hasHeldDispute(props.commitment)}
    label="核实的情况是怎样，要怎么改？"
    hint="公开答复，大家都看得到。"
    done="答复了，已要求整改"
    form={`uphold.${props.commitment.id}`}
    act={useAct('commitments.uphold', { commitmentId: props.commitment.id })}
  />
);
