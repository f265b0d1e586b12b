import type { ReplyFrom } from '../../lib/endpoints';

/** An order as the server lets this person see it: `view` public, party or staff. */
export type Order = ReplyFrom<'orders.read'>;
export type OrderCardItem = ReplyFrom<'orders.list'>['items'][number];
export type OrderTask = Order['tasks'][number];
