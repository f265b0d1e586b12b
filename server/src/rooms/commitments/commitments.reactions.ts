import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import { adoptPlaced, recountOrders } from './linked-orders';

const placing = ['place', 'placeDirect', 'settle'];
/** After these an order may be closed, or no longer be. */
const closing = ['confirm', 'recordCallback', 'lapseFeedback', 'closeReview'];
const opening = ['reopen', 'appealUp', 'sendBack', 'orderRedo'];
/** After these a deed is under way again: orders may have been closed or opened while it was delivered. */
const deedMoves = ['publish', 'linkOrder', 'approveChange', 'takeBack', 'reject', 'uphold'];

/** Orders and the deeds they belong to: placed for a deed they are linked to it, closed under it they count. */
export const linkedOrders: Reaction = {
  name: 'commitments.orders',
  wants: ({ thing, action }) =>
    (thing === 'order' && [...placing, ...closing, ...opening].includes(action)) ||
    (thing === 'commitment' && deedMoves.includes(action)),
  run: async (db, event) => {
    if (placing.includes(event.action)) await adoptPlaced(db, event);
    for (const id of await deedsOf(db, event)) await recountOrders(db, id, event.at);
  },
};

async function deedsOf(db: Db, { thing, thingId }: DomainEvent): Promise<string[]> {
  if (thing === 'commitment') return [thingId];
  const rows = await db.query<{ id: string }>(
    'SELECT commitment_id AS id FROM commitment_order WHERE order_id = ? ORDER BY commitment_id',
    [thingId],
  );
  return rows.map(({ id }) => id);
}
