import type { MessageTopic } from '@sandan/shared/messages/message.words';
import type { Db, SqlValue } from '../../foundation/database/connect';

export interface ReadMessages {
  readonly ids: readonly string[];
  readonly all?: { readonly upTo: string; readonly topic?: MessageTopic | undefined } | undefined;
}

/**
 * Marks these messages of the person as read, and all that had come by the moment his list was complete up to: one that
 * comes while he presses stays new, however old the thing is that it tells of. Others' ids change nothing. Returns how many.
 */
export async function markRead(db: Db, personId: string, { ids, all }: ReadMessages, now: Date): Promise<number> {
  const which: { sql: string; values: SqlValue[] }[] = [
    ...(ids.length > 0 ? [{ sql: 'id IN (?)', values: [[...ids]] }] : []),
    ...(all ? [{ sql: 'arrived_at <= ?', values: [new Date(all.upTo)] }] : []),
  ];
  if (which.length === 0) return 0;
  const topic = all?.topic;
  const read = await db.write(
    `UPDATE message SET read_at = ? WHERE person_id = ? AND read_at IS NULL ${topic ? 'AND topic = ?' : ''}
       AND (${which.map(({ sql }) => sql).join(' OR ')})`,
    [now, personId, ...(topic ? [topic] : []), ...which.flatMap(({ values }) => values)],
  );
  if (read > 0) await tellHisOtherDevices(db, personId, now);
  return read;
}

/** One of them counts as come anew, so that his other devices hear of it and ask how many are left (messages.live.ts). */
async function tellHisOtherDevices(db: Db, personId: string, now: Date): Promise<void> {
  await db.write(
    'UPDATE message SET arrived_at = UTC_TIMESTAMP(3) WHERE person_id = ? AND read_at = ? ORDER BY id DESC LIMIT 1',
    [personId, now],
  );
}

/** 保存期: older ones are of no use to anybody; what happened stands in the story of the thing itself. */
export const messagesKeptDays = 180;
