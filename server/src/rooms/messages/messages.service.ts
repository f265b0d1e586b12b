import type { Db } from '../../foundation/database/connect';

/** Marks these messages of the person as read, or all that are not; others' ids change nothing. Returns how many. */
export const markRead = (db: Db, personId: string, ids: readonly string[] | undefined, now: Date): Promise<number> => {
  if (ids?.length === 0) return Promise.resolve(0);
  return db.write(
    `UPDATE message SET read_at = ? WHERE person_id = ? AND read_at IS NULL ${ids ? 'AND id IN (?)' : ''}`,
    [now, personId, ...(ids ? [ids] : [])],
  );
};
