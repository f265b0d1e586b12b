import type { PostTree } from '@sandan/shared/access/posts';
import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import { recordActs } from '../audit/record-act';
import type { Db, SqlValue } from '../database/connect';

/** Who changes posts by something else that he does, and where; nobody: what is due does it. */
export interface Answerable {
  personId: string | null;
  now: Date;
  townId: string | null;
}

interface OpenGrant {
  id: string;
  holderId: string;
  role: GrantedRole;
  helper: HelperKind | null;
  tree: PostTree;
  nodeId: string;
  /** 代理: the post of another one that he stands in for. */
  behalfPostId: string | null;
  startsAt: Date;
  endsAt: Date | null;
}

/** Read before they are changed and locked, so that what is written down is what happens. */
const openGrants = (db: Db, where: string, values: readonly SqlValue[], now: Date): Promise<OpenGrant[]> =>
  db.query<OpenGrant>(
    `SELECT g.id, g.person_id AS holderId, g.role, g.kind AS helper, g.tree, g.node_id AS nodeId,
            g.behalf_post_id AS behalfPostId, g.starts_at AS startsAt, g.ends_at AS endsAt
     FROM role_grant g WHERE ${where} AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY g.id FOR UPDATE`,
    [...values, now],
  );

const factsOf = ({ holderId, role, helper, tree, nodeId }: OpenGrant, endsAt: Date | null) => ({
  ...{ holderId, role, helper, tree, nodeId, untilAt: endsAt?.toISOString() ?? null },
});

async function endThese(db: Db, by: Answerable, grants: readonly OpenGrant[], reason: string | null): Promise<void> {
  if (grants.length === 0) return;
  await db.write(
    `UPDATE role_grant SET ends_at = ?, starts_at = LEAST(starts_at, ends_at), end_reason = COALESCE(?, end_reason)
     WHERE id IN (?)`,
    [by.now, reason, grants.map(({ id }) => id)],
  );
  for (const act of ['endPost', 'endDelegationPost'] as const)
    await recordActs(
      db,
      by,
      act,
      grants
        .filter(({ behalfPostId }) => (behalfPostId === null) === (act === 'endPost'))
        .map((grant) => ({ thingId: grant.id, facts: factsOf(grant, by.now) })),
    );
}

/** 注销: all posts of these people end, and whoever stands in for them does so no more; each has its own entry in the audit. */
export async function endPostsOf(db: Db, by: Answerable, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  for (const column of ['person_id', 'behalf_of_id'])
    await endThese(db, by, await openGrants(db, `g.${column} IN (?)`, [personIds], by.now), null);
}

/**
 * 合并: posts go on under their new node with the same history. Of two that somebody holds himself, the same on both
 * nodes, the one that the other outlasts ends, and whoever stands in for it stands in for the other. Each has its own
 * entry in the audit.
 */
export async function passPosts(db: Db, by: Answerable, fromId: string, toId: string): Promise<void> {
  const { now } = by;
  const open = await openGrants(db, 'g.node_id IN (?)', [[fromId, toId]], now);
  const twice = doubled(open, fromId, now);
  await endThese(
    db,
    by,
    twice.map(({ post }) => post),
    '合并后由同一职务接续',
  );
  for (const { post, goesOn } of twice) {
    const standIns = 'behalf_post_id = ? AND ends_at > ?';
    await db.write(`UPDATE role_grant SET behalf_post_id = ? WHERE ${standIns}`, [goesOn.id, post.id, now]);
  }
  const moved = open.filter((grant) => grant.nodeId === fromId && !twice.some(({ post }) => post === grant));
  if (moved.length === 0) return;
  await db.write('UPDATE role_grant SET node_id = ? WHERE id IN (?)', [toId, moved.map(({ id }) => id)]);
  await recordActs(
    db,
    by,
    'passPost',
    moved.map((grant) => ({
      ...{ thingId: grant.id, facts: { ...factsOf({ ...grant, nodeId: toId }, grant.endsAt), fromNodeId: fromId } },
    })),
  );
}

/** Of two with the same end, that of the survivor goes on. */
function doubled(open: readonly OpenGrant[], fromId: string, now: Date): { post: OpenGrant; goesOn: OpenGrant }[] {
  const own = open.filter(({ behalfPostId }) => behalfPostId === null);
  const ofBoth = [...own.filter(({ nodeId }) => nodeId === fromId), ...own.filter(({ nodeId }) => nodeId !== fromId)];
  const left = new Set(ofBoth);
  return ofBoth.flatMap((post) => {
    const goesOn = [...left].find((other) => isSame(other, post) && covers(other, post, now));
    if (!goesOn) return [];
    left.delete(post);
    return [{ post, goesOn }];
  });
}

const isSame = (one: OpenGrant, other: OpenGrant): boolean =>
  one.holderId === other.holderId &&
  one.role === other.role &&
  one.helper === other.helper &&
  one.nodeId !== other.nodeId;

/** It is there whenever the other one would be. */
const covers = (one: OpenGrant, other: OpenGrant, now: Date): boolean =>
  one.startsAt <= (other.startsAt > now ? other.startsAt : now) &&
  (one.endsAt === null || (other.endsAt !== null && one.endsAt >= other.endsAt));
