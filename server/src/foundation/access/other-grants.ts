import type { PostTree } from '@sandan/shared/access/posts';
import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import { recordAct } from '../audit/record-act';
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
  endsAt: Date | null;
}

/** Read before they are changed and locked, so that what is written down is what happens. */
const openGrants = (db: Db, where: string, values: readonly SqlValue[], now: Date): Promise<OpenGrant[]> =>
  db.query<OpenGrant>(
    `SELECT g.id, g.person_id AS holderId, g.role, g.kind AS helper, g.tree, g.node_id AS nodeId, g.ends_at AS endsAt
     FROM role_grant g WHERE ${where} AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY g.id FOR UPDATE`,
    [...values, now],
  );

const factsOf = ({ holderId, role, helper, tree, nodeId }: OpenGrant, endsAt: Date | null) => ({
  ...{ holderId, role, helper, tree, nodeId, untilAt: endsAt?.toISOString() ?? null },
});

async function endThese(db: Db, by: Answerable, grants: readonly OpenGrant[], reason: string | null): Promise<void> {
  if (grants.length === 0) return;
  await db.write('UPDATE role_grant SET ends_at = ?, end_reason = COALESCE(?, end_reason) WHERE id IN (?)', [
    ...[by.now, reason, grants.map(({ id }) => id)],
  ]);
  for (const grant of grants) await recordAct(db, by, 'endPost', { thingId: grant.id, facts: factsOf(grant, by.now) });
}

/** 注销: all posts of these people end, each with its own entry in the audit. */
export async function endPostsOf(db: Db, by: Answerable, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await endThese(db, by, await openGrants(db, 'g.person_id IN (?)', [personIds], by.now), null);
}

/**
 * 合并: posts go on under their new node with the same history; whoever holds the same post on both keeps that of the
 * survivor. Each has its own entry in the audit.
 */
export async function passPosts(db: Db, by: Answerable, fromId: string, toId: string): Promise<void> {
  const { now } = by;
  const doubled = `g.node_id = ? AND EXISTS (SELECT 1 FROM role_grant s WHERE s.person_id = g.person_id AND s.role = g.role
    AND s.kind <=> g.kind AND s.node_id = ? AND (s.ends_at IS NULL OR s.ends_at > ?))`;
  await endThese(db, by, await openGrants(db, doubled, [fromId, toId, now], now), '合并后由同一职务接续');
  const moved = await openGrants(db, 'g.node_id = ?', [fromId], now);
  if (moved.length === 0) return;
  await db.write('UPDATE role_grant SET node_id = ? WHERE id IN (?)', [toId, moved.map(({ id }) => id)]);
  for (const grant of moved) {
    const facts = { ...factsOf({ ...grant, nodeId: toId }, grant.endsAt), fromNodeId: fromId };
    await recordAct(db, by, 'passPost', { thingId: grant.id, facts });
  }
}
