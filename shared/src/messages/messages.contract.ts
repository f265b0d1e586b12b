import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Instant, Page, Ulid, pageOf } from '../schemas';
import { messageTopics } from './message.words';

const Topic = z.enum(messageTopics).meta({ id: 'MessageTopic' });

export const Message = z
  .object({
    id: Ulid,
    kind: z.string(),
    topic: Topic,
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
          'desk',
          'myDeeds',
          'activity',
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
    summary: '我的消息：全部，或一类',
    query: Page.extend({ topic: Topic.optional() }),
    /** `upTo`: whatever had come by then stands in this list; sent back by “全部已读”. */
    reply: pageOf(Message).extend({ upTo: Instant }),
  }),
  counts: endpoint({
    method: 'get',
    path: '/messages/counts',
    permission: 'message.read',
    summary: '没看过的消息有几条（数到 99）：一共，和有过消息的各类',
    reply: z
      .object({ unread: z.int(), topics: z.array(z.object({ topic: Topic, unread: z.int() })) })
      .meta({ id: 'MessageCounts' }),
  }),
  read: endpoint({
    method: 'post',
    path: '/messages/read',
    permission: 'message.read',
    summary: '标为已读：这几条，或列表读出来以前的全部（或一类的全部）',
    body: z.object({
      ids: z.array(Ulid).max(100).default([]),
      all: z.object({ upTo: Instant, topic: Topic.optional() }).optional(),
    }),
    reply: z.object({ read: z.int() }),
  }),
};
