import { useAct } from '../../../lib/use-call';
import type { ActionFormProps } from '../order-actions';
import { WordsSheet } from '../words-sheet';

/** 撤单: it is no longer needed. */
export function WithdrawForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.withdraw', { orderId: order.id });
  return (
    <WordsSheet
      title="真的要撤单吗？"
      label="为什么撤？"
      hint="可以不写。撤了就不再办，要办得重新点单。"
      optional
      yes="撤单"
      done="已经撤单"
      act={act}
      form={`withdraw.${order.id}`}
      onClose={onClose}
    />
  );
}
