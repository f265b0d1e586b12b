import type { ReplyOf } from '@sandan/shared/endpoint';
import { messagesApi } from '@sandan/shared/messages/messages.contract';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { implement } from '../../foundation/http/implement';
import type { Message } from './message.entity';
import { completeUpTo, messagesOf, unreadByTopic } from './messages.queries';
import { markRead } from './messages.service';

type MessageReply = ReplyOf<typeof messagesApi.list>['items'][number];

/** A badge says no more than 99. */
const mostCounted = 99;

export const messagesRoutes = implement('messages', messagesApi, {
  list: async ({ db, caller: { personId }, query: { cursor, limit, topic } }) => {
    const filters = { list: 'messages', personId, ...(topic ? { topic } : {}) };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const upTo = (await completeUpTo(db)).toISOString();
    const rows = await messagesOf(db, personId, { topic, after, limit: limit + 1 });
    return { ...pageOf(rows, { limit, filters, keyOf: ({ at, id }) => [at, id], toReply }), upTo };
  },
  counts: async ({ db, caller }) => {
    const topics = await unreadByTopic(db, caller.personId);
    const unread = topics.reduce((sum, each) => sum + each.unread, 0);
    return { unread: Math.min(mostCounted, unread), topics };
  },
  read: async ({ db, caller, body, now }) => ({ read: await markRead(db, caller.personId, body(), now) }),
});

const toReply = ({ id, kind, topic, title, words, at, readAt, about, aboutId }: Message): MessageReply => ({
  ...{ id, kind, topic, title, words },
  at: at.toISOString(),
  readAt: readAt?.toISOString() ?? null,
  about: about && aboutId ? { thing: about, id: aboutId } : null,
});
