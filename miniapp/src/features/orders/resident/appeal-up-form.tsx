import { useAct } from '../../../lib/use-call';
import type { ActionFormProps } from '../order-actions';
import { WordsSheet } from '../words-sheet';

/** 还是没办好: after two rounds the level above looks into it. */
export function AppealUpForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.appealUp', { orderId: order.id });
  return (
    <WordsSheet
      title="还是没办好"
      label="哪里还没办好？"
      hint="已经办过两回了，这回请上级来核查。"
      yes="请上级核查"
      done="已经报给上级"
      act={act}
      form={`appealUp.${order.id}`}
      onClose={onClose}
    />
  );
}
