import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Instant, Page, Ulid, pageOf } from '../schemas';

export const Message = z
  .object({
    id: Ulid,
    kind: z.string(),
    title: z.string(),
    words: z.string(),
    at: Instant,
    readAt: Instant.nullable(),
    /** What it opens; `review` is the list of deeds that wait for the reader, not the one deed. */
    about: z
      .object({
        thing: z.enum([
          'order',
          'task',
          'commitment',
          'showcase',
          'review',
          'contacts',
          'visits',
          'links',
          'overdue',
          'checks',
          'binding',
          'household',
          'sweep',
          'mySweep',
          'myTasks',
          'handover',
        ]),
        id: Ulid,
      })
      .nullable(),
  })
  .meta({ id: 'Message' });

export const messagesApi = {
  list: endpoint({
    method: 'get',
    path: '/messages',
    permission: 'message.read',
    summary: '我的消息',
    query: Page,
    reply: pageOf(Message),
  }),
  read: endpoint({
    method: 'post',
    path: '/messages/read',
    permission: 'message.read',
    summary: '标为已读',
    body: z.object({ ids: z.array(Ulid).max(100).optional() }),
    reply: z.object({ read: z.int() }),
  }),
};
