import type { Db } from '../database/connect';

/** Each look at WeChat is a call: one that it cannot judge for ever is left to the desk. */
const mostTries = 12;

/**
 * Whoever was away when his words were to be judged is back in the mini-program: WeChat judges them now, and what passes
 * need not wait for the desk.
 */
export const askAgain = (db: Db, personId: string, now: Date): Promise<number> =>
  db.write(
    `UPDATE content_check SET next_at = ? WHERE author_id = ? AND state = 'unjudged' AND asked_at IS NULL
       AND tries < ${mostTries} AND (next_at IS NULL OR next_at > ?)`,
    [now, personId, now],
  );
