import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Message } from './message.entity';

/** A person's messages after a place in the list, newest first. */
export async function messagesOf(
  reading: Reading,
  personId: string,
  after: readonly [at: Date, id: string] | undefined,
  limit: number,
): Promise<Message[]> {
  const place = after ? 'AND at <= ? AND (at < ? OR id < ?)' : '';
  const rows = await reading.query<Record<string, unknown>>(
    `SELECT * FROM message WHERE person_id = ? ${place} ORDER BY at DESC, id DESC LIMIT ?`,
    [personId, ...(after ? [after[0], after[0], after[1]] : []), limit],
  );
  return rows.map((row) => rowOf<Message>(row));
}
