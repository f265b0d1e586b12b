import { z } from 'zod';
import { endpoint } from '../endpoint';
import { ActionId, Instant } from '../schemas';

export const liveApi = {
  ticket: endpoint({
    method: 'post',
    path: '/live/ticket',
    permission: 'signedIn',
    summary: '打开实时更新的连接要用的一次性凭证',
    body: ActionId,
    reply: z.object({
      /** Good once, for half a minute: the first thing said on the socket. */
      ticket: z.string(),
      /** From where on the socket tells what changes. */
      at: Instant,
    }),
  }),
};
