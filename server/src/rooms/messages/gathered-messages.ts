import type { Db } from '../../foundation/database/connect';
import type { Message } from './message.entity';

/** How a message reads once it stands for several deeds. */
export interface Many {
  readonly title: (count: number) => string;
  /** `title`: of the last deed. */
  readonly words: (title: string, count: number) => string;
  /** Leads to the list of what waits instead of one of them. */
  readonly opensReview?: boolean;
}

export type MessageRow = Partial<Message> & Pick<Message, 'personId' | 'kind' | 'title' | 'at'>;

/**
 * 200 deeds handed in with one press are one message to who reviews them: while one of this kind is still unread, it
 * counts up and moves to the top. Runs within a reaction, so each event counts once. Returns false where there is none.
 */
export async function gather(db: Db, row: MessageRow, deed: string, many: Many): Promise<boolean> {
  const [unread] = await db.query<{ id: string; gathered: number }>(
    `SELECT id, gathered FROM message WHERE person_id = ? AND read_at IS NULL AND kind = ? AND title LIKE ?
     ORDER BY at DESC, id DESC LIMIT 1 FOR UPDATE`,
    [row.personId, row.kind, `${row.title}%`],
  );
  if (!unread) return false;
  const count = unread.gathered + 1;
  const words = many.words(deed, count).slice(0, 300);
  await db.write(
    `UPDATE message SET gathered = ?, title = ?, words = ?, at = GREATEST(at, ?), about = IF(?, 'review', about) WHERE id = ?`,
    [count, many.title(count), words, row.at, many.opensReview ?? false, unread.id],
  );
  return true;
}
