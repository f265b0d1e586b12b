import { useAct } from '../../../lib/use-call';
import type { ActionFormProps } from '../order-actions';
import { WordsSheet } from '../words-sheet';

/** 催办: once a day; the third time the level above hears of it. */
export function RemindForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.remind', { orderId: order.id });
  return (
    <WordsSheet
      title="催一催"
      label="想说的话"
      hint="可以不写。一天能催一次，催三次上级会来过问。"
      optional
      yes="催一催"
      done="已经替您催了"
      act={act}
      form={`remind.${order.id}`}
      onClose={onClose}
    />
  );
}
