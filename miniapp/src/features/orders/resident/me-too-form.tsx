import { useAct } from '../../../lib/use-call';
import type { ActionFormProps } from '../order-actions';
import { WordsSheet } from '../words-sheet';

/** 我也是: instead of a second order about the same thing. */
export function MeTooForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.meToo', { orderId: order.id });
  return (
    <WordsSheet
      title="我也是"
      label="还想说的"
      hint="可以不写。办好了会告诉您。"
      optional
      yes="我也是"
      done="记上了，办好了告诉您"
      act={act}
      form={`meToo.${order.id}`}
      onClose={onClose}
    />
  );
}
