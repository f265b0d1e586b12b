import { activityLimits } from '@sandan/shared/activities/activity.words';
import { ActSheet, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';

export function CancelSheet({ activityId, onClose }: { activityId: string; onClose: () => void }) {
  const draft = useDraft(`activity.cancel.${activityId}`, { words: '' });
  const cancel = useAct('activities.cancel', { activityId });
  const words = draft.fields.words.trim();
  const onSuccess = () => {
    draft.clear();
    toast('取消了，报名的人会收到消息');
    onClose();
  };
  return (
    <ActSheet
      title="取消这个活动？"
      yes="取消活动"
      doing={cancel}
      unready={words === ''}
      onYes={() => cancel.mutate({ words }, { onSuccess })}
      onClose={onClose}
    >
      <TextArea
        label="为什么取消？"
        hint="报了名的人都会看到"
        example="比如：下大雨，改到下周"
        maxLength={activityLimits.words}
        value={draft.fields.words}
        error={fieldErrors(cancel.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
