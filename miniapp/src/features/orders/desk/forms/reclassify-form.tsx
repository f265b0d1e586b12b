import { useState } from 'react';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';
import { ClassificationFields } from '../study/classification-fields';
import { classificationBody, classificationOf, needsConsent, type Classification } from '../study/study-fields';

/** 调整类别: limits are counted anew from the acceptance; the trail stays. */
export function ReclassifyForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.reclassify', { orderId: order.id });
  const [begin] = useState<Classification & { words: string }>(() => ({ ...classificationOf(order), words: '' }));
  const draft = useDraft(`reclassify.${order.id}`, begin);
  const { fields, change } = draft;
  const wrong = fieldErrors(act.error);

  const reclassify = () => {
    const onSuccess = () => {
      draft.clear();
      toast('调整了');
      onClose();
    };
    act.mutate({ ...classificationBody(order, fields), words: fields.words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="调整类别"
      yes="调整"
      doing={act}
      unready={fields.words.trim() === '' || (needsConsent(order, fields) && !fields.consents)}
      onYes={reclassify}
      onClose={onClose}
    >
      <ClassificationFields order={order} fields={fields} errors={wrong} change={change} />
      <TextArea
        label="为什么调整？"
        hint="时限按新的类别和急缓从受理时算起。"
        value={fields.words}
        error={wrong['words']}
        onChange={(words) => change({ words })}
      />
    </ActSheet>
  );
}
