import { useEffect } from 'react';
import { go } from '../../../../lib/navigation';
import type { ActionFormProps } from '../../order-actions';

/** 受理 and 派单 are one screen of their own. */
export function GoStudy({ order, onClose }: ActionFormProps) {
  useEffect(() => {
    void go('study', { orderId: order.id });
    onClose();
  }, [order.id, onClose]);
  return null;
}
