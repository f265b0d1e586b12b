import type { Reaction } from '../../foundation/outbox/outbox';
import { SweepOrder } from './sweep.entity';
import { targetById } from './targets.queries';

const placing = ['place', 'placeDirect', 'settle'];

/** 发现的问题转点单: an order that was placed for a household of a sweep hangs on it from then on. */
export const sweptOrders: Reaction = {
  name: 'sweeps.orders',
  wants: ({ thing, action }) => thing === 'order' && placing.includes(action),
  run: async (db, { thingId: orderId, actorId, at, facts }) => {
    const targetId = facts?.['sweepTargetId'];
    if (typeof targetId !== 'string' || actorId === null) return;
    await db.query('SELECT id FROM sweep_target WHERE id = ? FOR UPDATE', [targetId]);
    const target = await targetById(db, targetId);
    if (!target) return;
    const asked = facts?.['sweepQuestionId'];
    const questionId = typeof asked === 'string' ? asked : null;
    const link = { orderId, targetId, sweepId: target.sweepId, questionId, byId: actorId, at };
    await db.upsert(SweepOrder, [link], ['orderId']);
    await db.write(
      'UPDATE sweep_target SET orders = (SELECT COUNT(*) FROM sweep_order k WHERE k.target_id = ?) WHERE id = ?',
      [targetId, targetId],
    );
  },
};
