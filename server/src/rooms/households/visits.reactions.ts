import type { Reaction } from '../../foundation/outbox/outbox';
import { VisitOrder } from './visit.entity';

/** 走访生成订单: an order that was placed out of a visit hangs on it. */
export const visitOrders: Reaction = {
  name: 'households.visitOrders',
  wants: ({ thing, action }) => thing === 'order' && ['place', 'settle'].includes(action),
  run: async (db, { thingId: orderId, facts }) => {
    const visitId = facts?.['visitId'];
    if (typeof visitId === 'string') await db.upsert(VisitOrder, [{ orderId, visitId }], ['visitId']);
  },
};
