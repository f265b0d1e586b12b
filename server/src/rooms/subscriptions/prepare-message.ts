import type { Db } from '../../foundation/database/connect';
import { linkTo } from '../../foundation/links/links';
import type { Prepare, Prepared } from '../../foundation/subscribe/take';
import type { WechatMessage } from '../../foundation/subscribe/subscribe.entity';
import { orderTold } from '../orders/told-orders.queries';
import { exampleValues, fill, messagesOf, valuesOf } from './fill-template';
import { quietUntil, standingOf } from './message-facts';

const door = 'pages/open/index';
const drop: Prepared = { then: 'drop' };

/** What a message says is made when its turn comes, of what is true then; nothing of it is kept on the way. */
export const prepareMessage: Prepare = async (db, message, { kind: template, fields }, at) => {
  const { kind, orderId } = message;
  if (await isGone(db, message.personId)) return drop;
  if (kind === 'test') {
    const [first = 'claimed'] = messagesOf(template);
    return { then: 'send', values: fill(fields, first, exampleValues(first, at.now)), page: 'pages/home/index' };
  }
  const order = await orderTold(db, message.eventId);
  if (!order || orderId === null) return drop;
  const standing = await standingOf({ reading: db, message: { ...message, kind, orderId }, order, at });
  if (!standing.holds) return drop;
  const until = later(standing.from ?? null, quietUntil(order, at.now, at.reference));
  if (until) return { then: 'wait', until };
  const key = await linkTo(db, standing.opens, at.now);
  return { then: 'send', values: fill(fields, kind, valuesOf(kind, order, orderId)), page: `${door}?k=${key}` };
};

const later = (one: Date | null, other: Date | null): Date | null =>
  one && other && other > one ? other : (one ?? other);

async function isGone(db: Db, personId: WechatMessage['personId']): Promise<boolean> {
  const [row] = await db.query<{ id: string }>('SELECT id FROM person WHERE id = ? AND disabled_at IS NULL', [
    personId,
  ]);
  return row === undefined;
}
