import { orderLimits } from '@sandan/shared/orders/order.words';
import { useDraft } from '../../../../lib/draft';
import { useSubmit } from '../../../../lib/use-submit';
import { ApiProblem } from '../../../../lib/answer';
import { TextArea } from '../../../../ui/field';
import { PhotosField } from '../../../../ui/photos-field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

const empty: { words: string; photoIds: readonly string[] } = { words: '', photoIds: [] };

/** 记一笔, with photos; goes through the queue, so that it may be written where there is no signal. */
export function NoteForm({ task, order, onClose }: TaskFormProps) {
  const form = `note.${task.id}`;
  const draft = useDraft(form, empty);
  const { busy, refusal, send } = useSubmit();
  const { words, photoIds } = draft.fields;
  const error = refusal && new ApiProblem(422, refusal.code, refusal.title, refusal.fields);

  const note = async () => {
    const body = { actionId: draft.id, words: words.trim(), photoIds: [...photoIds] };
    const state = await send({
      id: draft.id,
      key: 'tasks.note',
      sent: { params: { taskId: task.id }, body },
      photoIds,
      title: `${order.title}：记一笔`,
      form,
      fields: draft.fields,
    });
    if (state === 'refused') return;
    draft.clear();
    toast(state === 'sent' ? '记下了' : '写好了，等网络好了自动发出');
    onClose();
  };
  return (
    <ActSheet
      title="记一笔"
      yes="记下来"
      doing={{ isPending: busy, error }}
      unready={words.trim() === ''}
      onYes={() => void note()}
      onClose={onClose}
    >
      <TextArea
        label="办到哪一步了？"
        example="比如：灯坏了，下午换新的"
        value={words}
        onChange={(value) => draft.change({ words: value })}
        error={fieldErrors(error)['words']}
      />
      <PhotosField photoIds={photoIds} max={orderLimits.photos} onChange={(ids) => draft.change({ photoIds: ids })} />
    </ActSheet>
  );
}
