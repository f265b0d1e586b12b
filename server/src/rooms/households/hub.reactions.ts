import { hubOfPost, windHubs } from '../../foundation/access/given-posts';
import type { Db } from '../../foundation/database/connect';
import type { DueHandler } from '../../foundation/due-work/due-work';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import type { Reaction } from '../../foundation/outbox/outbox';
import { closeHubs, openHubs } from './hub';
import { hubPost, keepsHubAtHome } from './hub.queries';

/**
 * 党员中心户: the house opens on the day from which its keeper has the post, and closes with it, whether somebody ends the
 * post or its term does. What a house is, neighbours find under 身边的中心户; what its keeper may do comes with the post.
 */
export const hubFollowsPost: Reaction = {
  name: 'households.hub',
  wants: ({ thing, action }) => thing === 'post' && (action === 'give' || action === 'end'),
  run: async (db, { thingId, facts, townId, at }) => {
    if (facts?.['role'] === 'hubKeeper') await ringAt(db, { thingId, townId }, await follow(db, thingId, at));
  },
};

/** How the house stands by this post at this time; gives when that changes next, null: not any more. */
async function follow(db: Db, postId: string, now: Date): Promise<Date | null> {
  const post = await hubPost(db, postId);
  if (!post) return null;
  const { personId, startsAt, endsAt } = post;
  if (startsAt > now) return startsAt;
  if (endsAt === null || endsAt > now) {
    await openHubs(db, [personId], now);
    return endsAt;
  }
  if (!(await keepsHubAtHome(db, personId, now))) await closeHubs(db, [personId]);
  return null;
}

async function ringAt(
  db: Db,
  { thingId, townId }: Pick<DueWork, 'thingId' | 'townId'>,
  startsAt: Date | null,
): Promise<void> {
  if (startsAt) return windHubs(db, [{ id: thingId, townId, role: 'hubKeeper', startsAt }]);
  await db.write('DELETE FROM due_work WHERE thing_id = ? AND kind = ?', [thingId, hubOfPost]);
}

const ring: DueHandler = async (db, { thingId, rung }, now) => {
  const at = await follow(db, thingId, now);
  return at && { at, rung: rung + 1 };
};

export const hubDueWork: Readonly<Record<string, DueHandler>> = { [hubOfPost]: ring };
