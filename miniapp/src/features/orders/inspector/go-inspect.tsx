import { useEffect } from 'react';
import { go } from '../../../lib/navigation';
import type { ActionFormProps } from '../order-actions';

/** 督查 is a page of its own. */
export function GoInspect({ order, onClose }: ActionFormProps) {
  useEffect(() => {
    void go('inspect', { orderId: order.id });
    onClose();
  }, [order.id, onClose]);
  return null;
}
