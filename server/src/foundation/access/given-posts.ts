import type { Db } from '../database/connect';
import { DueWork } from '../due-work/due-work.entity';

/** What comes with every post, whether it is given by hand, by a handover or by a roster. */
export interface Term {
  readonly id: string;
  readonly townId: string | null;
  readonly endsAt: Date | null;
}

/** The room of the orders asks, when it rings, about the tasks that the holder has in hand (orders/held-tasks.ts). */
export const endOfTerm = 'heldTasks';

/** At the end of its term a post ends by itself: that has a clock from the day the post is given. */
export const windTerms = (db: Db, posts: readonly Term[]): Promise<void> =>
  wind(
    db,
    endOfTerm,
    posts.flatMap(({ endsAt: nextAt, ...post }) => (nextAt === null ? [] : [{ ...post, nextAt }])),
  );

/** The room of the households opens the keeper's house when it rings, and closes it with the post (households/hub.reactions.ts). */
export const hubOfPost = 'hubPost';

export const windHubs = (db: Db, posts: readonly (Omit<Term, 'endsAt'> & { role: string; startsAt: Date })[]) =>
  wind(
    db,
    hubOfPost,
    posts.flatMap(({ id, townId, role, startsAt: nextAt }) => (role === 'hubKeeper' ? [{ id, townId, nextAt }] : [])),
  );

const wind = (
  db: Db,
  kind: string,
  posts: readonly { id: string; townId: string | null; nextAt: Date }[],
): Promise<void> =>
  db.upsert(
    DueWork,
    posts.map(({ id, townId, nextAt }) => ({
      ...{ thingId: id, kind, aggregateId: id, townId, clock: 'always' },
      ...{ limitMinutes: 0, usedMinutes: 0, nextAt, rung: 0, attempts: 0 },
    })),
    ['nextAt', 'rung', 'attempts'],
  );

/** Whoever has come in by a WeChat of his own is bound with his first post: from now on another one needs proof. */
export async function bindHolders(db: Db, personIds: readonly string[], now: Date): Promise<void> {
  if (personIds.length === 0) return;
  await db.write(
    'UPDATE person SET bound_at = ? WHERE id IN (?) AND bound_at IS NULL AND id IN (SELECT person_id FROM wechat_account)',
    [now, personIds],
  );
}
