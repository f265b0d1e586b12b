import type { ReplyOf } from '@sandan/shared/endpoint';
import { messagesApi } from '@sandan/shared/messages/messages.contract';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { implement } from '../../foundation/http/implement';
import type { Message } from './message.entity';
import { messagesOf } from './messages.queries';
import { markRead } from './messages.service';

type MessageReply = ReplyOf<typeof messagesApi.list>['items'][number];

export const messagesRoutes = implement('messages', messagesApi, {
  list: async ({ db, caller, query: { cursor, limit } }) => {
    const filters = { list: 'messages', personId: caller.personId };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const rows = await messagesOf(db, caller.personId, after, limit + 1);
    return pageOf(rows, { limit, filters, keyOf: ({ at, id }) => [at, id], toReply });
  },
  read: async ({ db, caller, body, now }) => ({ read: await markRead(db, caller.personId, body().ids, now) }),
});

const toReply = ({ id, kind, title, words, at, readAt, about, aboutId }: Message): MessageReply => ({
  ...{ id, kind, title, words },
  at: at.toISOString(),
  readAt: readAt?.toISOString() ?? null,
  about: about && aboutId ? { thing: about, id: aboutId } : null,
});
