import { suspendReasons, type SuspendReason } from '@sandan/shared/orders/order.words';
import { dateAfter, instantOf } from '../../../../lib/china-instant';
import { useDraft } from '../../../../lib/draft';
import { useMe } from '../../../../lib/session';
import { useAct } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Choice, optionsOf } from '../../../../ui/choice';
import { DateField } from '../../../../ui/date-fields';
import { Labelled, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';

interface Fields {
  readonly reason: SuspendReason | null;
  readonly words: string;
  readonly day: string;
}
const empty: Fields = { reason: null, words: '', day: '' };

/** Work goes on at the beginning of the day. */
const resumeTime = '08:30';
const dayMs = 86_400_000;
/** Up to here the desk decides by itself; beyond it the town, up to half a year (domain.md §3.2 `suspend`). */
const ownDays = 30;
const farthestDays = 180;

/** 挂起: why, and until when; the resident is told both. */
export function SuspendForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.suspend', { orderId: order.id });
  const now = useNow();
  const me = useMe();
  const draft = useDraft(`suspend.${order.id}`, empty);
  const { reason, words, day } = draft.fields;
  const resumeAt = instantOf(day, resumeTime);
  const wrong = fieldErrors(act.error);
  const isLong = resumeAt !== null && Date.parse(resumeAt) - now > ownDays * dayMs;

  const suspend = () => {
    if (reason === null || resumeAt === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('先放一放，到日子会提醒');
      onClose();
    };
    // Whoever suspends for so long answers for it; the server knows whether that is the town.
    const approval = isLong && me ? { approvedById: me.personId } : {};
    act.mutate({ reason, words: words.trim(), resumeAt, ...approval }, { onSuccess });
  };
  return (
    <ActSheet
      title="先放一放"
      yes="挂起，告诉对方"
      doing={act}
      unready={reason === null || resumeAt === null || words.trim() === ''}
      onYes={suspend}
      onClose={onClose}
    >
      <Labelled label="等什么？" error={wrong['reason']}>
        <Choice
          label="等什么"
          options={optionsOf(suspendReasons)}
          value={reason}
          onChange={(value) => draft.change({ reason: value })}
        />
      </Labelled>
      <DateField
        label="哪天接着办？"
        hint={isLong ? '30 天以上要由镇网格中心来挂起。' : '到了那天早上自动恢复，最多挂起两次。'}
        value={day}
        from={dateAfter(now, 1)}
        to={dateAfter(now, farthestDays)}
        error={wrong['resumeAt']}
        onChange={(value) => draft.change({ day: value })}
      />
      <TextArea
        label="跟对方说"
        example="比如：水管配件要从县里调，到了就装"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
