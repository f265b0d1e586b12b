import { useAct } from '../../../lib/use-call';
import type { ActionFormProps } from '../order-actions';
import { WordsSheet } from '../words-sheet';

/** 转为保密: at once, for hall, public page and hints. */
export function ProtectForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.protect', { orderId: order.id });
  return (
    <WordsSheet
      title="转为保密"
      label="为什么要保密？"
      hint="转了以后，只有经办的人看得到。"
      yes="转为保密"
      done="已经转为保密"
      act={act}
      form={`protect.${order.id}`}
      onClose={onClose}
    />
  );
}
