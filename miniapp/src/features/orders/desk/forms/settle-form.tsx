import { useState } from 'react';
import { useDraft } from '../../../../lib/draft';
import { ApiProblem } from '../../../../lib/answer';
import { useCall } from '../../../../lib/use-call';
import { useSubmit } from '../../../../lib/use-submit';
import { toast } from '../../../../ui/toast';
import { ActSheet } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';
import { emptySettlement, missingInSettlement, settlementBody, type Settlement } from '../settlement';
import { SettlementFields } from '../settlement-fields';

/** 当场办结 of an order that is already there: accepted, done and reported in one. */
export function SettleForm({ order, onClose }: ActionFormProps) {
  const form = `settle.${order.id}`;
  const draft = useDraft<Settlement>(form, emptySettlement);
  const categories = useCall('categories.list');
  const [tried, setTried] = useState(false);
  const { busy, refusal, send } = useSubmit();
  const error = refusal && new ApiProblem(422, refusal.code, refusal.title, refusal.fields);
  const photo = categories.data?.categories.find(({ id }) => id === order.category.id)?.photo ?? 'none';

  const missing = missingInSettlement(draft.fields, photo);

  const settle = async () => {
    setTried(true);
    if (Object.keys(missing).length > 0) return;
    const state = await send({
      id: draft.id,
      key: 'orders.settle',
      sent: { params: { orderId: order.id }, body: { actionId: draft.id, ...settlementBody(draft.fields, photo) } },
      photoIds: draft.fields.photoIds,
      title: `${order.title}：当场办结`,
      form,
      fields: draft.fields,
    });
    if (state === 'refused') return;
    draft.clear();
    toast(state === 'sent' ? '办结了，等对方说行不行' : '写好了，等网络好了自动发出');
    onClose();
  };
  return (
    <ActSheet
      title="当场办结"
      yes="办结"
      doing={{ isPending: busy, error }}
      onYes={() => void settle()}
      onClose={onClose}
    >
      <SettlementFields
        fields={draft.fields}
        photo={photo}
        before={order.photos}
        errors={{ ...(tried ? missing : {}), ...refusal?.fields }}
        change={draft.change}
      />
    </ActSheet>
  );
}
