import { useAct } from '../../../lib/use-call';
import type { ActionFormProps } from '../order-actions';
import { WordsSheet } from '../words-sheet';

/** 不服: once, to the level above, whose answer is the last. */
export function ObjectForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.object', { orderId: order.id });
  return (
    <WordsSheet
      title="请上级看看"
      label="为什么觉得应该办？"
      hint="只能提一次，上级的答复是最后答复。"
      yes="交给上级"
      done="已经交给上级"
      act={act}
      form={`object.${order.id}`}
      onClose={onClose}
    />
  );
}
