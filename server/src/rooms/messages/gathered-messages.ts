import type { Db } from '../../foundation/database/connect';
import type { NewMessage } from './write-messages';

/** How a message reads once it stands for several deeds. */
export interface Many {
  readonly title: (count: number) => string;
  /** `title`: of the last deed. */
  readonly words: (title: string, count: number) => string;
  /** Leads to the list of what waits instead of one of them. */
  readonly opensReview?: boolean;
}

/**
 * 200 deeds handed in with one press are one message to who reviews them: while one of this kind is still unread, it
 * counts up and moves to the top. Runs within a reaction, so each event counts once. Returns false where there is none.
 */
export async function gather(db: Db, row: NewMessage): Promise<boolean> {
  if (!row.gathers) return false;
  const { deed, many } = row.gathers;
  const [unread] = await db.query<{ id: string; gathered: number }>(
    `SELECT id, gathered FROM message WHERE person_id = ? AND read_at IS NULL AND kind = ? AND title LIKE ?
     ORDER BY at DESC, id DESC LIMIT 1 FOR UPDATE`,
    [row.personId, row.kind, `${row.title}%`],
  );
  if (!unread) return false;
  const count = unread.gathered + 1;
  const words = many.words(deed, count).slice(0, 300);
  await db.write(
    `UPDATE message SET gathered = ?, title = ?, words = ?, at = GREATEST(at, ?),
       arrived_at = UTC_TIMESTAMP(3), about = IF(?, 'review', about) WHERE id = ?`,
    [count, many.title(count), words, row.at, many.opensReview ?? false, unread.id],
  );
  return true;
}

/** 提醒 that come again and again about one thing, and say nothing new. */
const reminders = ['clock.halfTime', 'clock.overdue', 'order.remind', 'sweep.remind'];

/** While the last reminder about the same thing is unread, it moves up instead of a second one beside it. */
export async function repeats(db: Db, { personId, kind, aboutId, title, words, at }: NewMessage): Promise<boolean> {
  if (!reminders.includes(kind) || aboutId === null) return false;
  const moved = await db.write(
    `UPDATE message SET title = ?, words = ?, at = GREATEST(at, ?), arrived_at = UTC_TIMESTAMP(3), gathered = gathered + 1
     WHERE person_id = ? AND read_at IS NULL AND kind = ? AND about_id = ?`,
    [title, words, at, personId, kind, aboutId],
  );
  return moved > 0;
}
