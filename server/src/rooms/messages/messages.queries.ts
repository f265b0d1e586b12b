import { messageTopics, type MessageTopic } from '@sandan/shared/messages/message.words';
import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Message } from './message.entity';

export interface MessagesWanted {
  readonly topic: MessageTopic | undefined;
  /** The place in the list after which it goes on. */
  readonly after: readonly [at: Date, id: string] | undefined;
  readonly limit: number;
}

/** A person's messages, all or of one topic, newest first. */
export async function messagesOf(
  reading: Reading,
  personId: string,
  { topic, after, limit }: MessagesWanted,
): Promise<Message[]> {
  const place = after ? 'AND at <= ? AND (at < ? OR id < ?)' : '';
  const rows = await reading.query<Record<string, unknown>>(
    `SELECT * FROM message WHERE person_id = ? ${topic ? 'AND topic = ?' : ''} ${place} ORDER BY at DESC, id DESC LIMIT ?`,
    [personId, ...(topic ? [topic] : []), ...(after ? [after[0], after[0], after[1]] : []), limit],
  );
  return rows.map((row) => rowOf<Message>(row));
}

/** No transaction that writes messages takes longer: whatever was written before that, everybody can read. */
export const longestWrite = 10;

/** The moment up to which a list that is read after this call misses nothing, by the database's time. */
export async function completeUpTo(reading: Reading): Promise<Date> {
  const [row] = await reading.query<{ upTo: Date }>(
    `SELECT UTC_TIMESTAMP(3) - INTERVAL ${longestWrite} SECOND AS upTo`,
  );
  if (!row) throw new Error('The database does not know the time');
  return row.upTo;
}

export interface TopicCount {
  readonly topic: MessageTopic;
  readonly unread: number;
}

/** The topics in which the person has any message, and how many are unread, each counted to 99 along its index. One statement. */
export async function unreadByTopic(reading: Reading, personId: string): Promise<TopicCount[]> {
  const counted = messageTopics.map(
    (topic) =>
      `SELECT '${topic}' AS topic, (SELECT COUNT(*) FROM
         (SELECT 1 FROM message WHERE person_id = ? AND read_at IS NULL AND topic = '${topic}' LIMIT 99) few) AS unread
       FROM DUAL WHERE EXISTS (SELECT 1 FROM message WHERE person_id = ? AND topic = '${topic}')`,
  );
  const rows = await reading.query<{ topic: MessageTopic; unread: number }>(
    counted.join(' UNION ALL '),
    messageTopics.flatMap(() => [personId, personId]),
  );
  return rows.map(({ topic, unread }) => ({ topic, unread: Number(unread) }));
}

/** Has WeChat brought this person the message about this event? Not one of which no answer came. */
export async function reachedByWechat(reading: Reading, personId: string, eventId: string): Promise<boolean> {
  const rows = await reading.query(
    "SELECT 1 FROM wechat_message WHERE person_id = ? AND event_id = ? AND state = 'sent' LIMIT 1",
    [personId, eventId],
  );
  return rows.length > 0;
}
