import { postsThatEnd } from '@sandan/shared/access/exclusive-roles';
import { postLimits } from '@sandan/shared/access/posts';
import { Problem } from '@sandan/shared/problems';
import { RoleGrant } from '../../foundation/access/access.entity';
import { roleFor } from '../../foundation/access/caller';
import { bindHolders, windHubs, windTerms } from '../../foundation/access/given-posts';
import { mayGive, mustFit, standsOn } from '../../foundation/access/post-rules';
import { AuditEntry } from '../../foundation/audit/audit-entry.entity';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import type { RosterScope } from '../../foundation/rosters/roster';
import { grantOf, rosterPosts, type RosterPost } from './people-roster-row';
import type { FoundPost } from './people-roster.queries';

/** A post that a row of the file gives. */
export interface NewPost {
  readonly post: RosterPost;
  readonly gridId: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What is wrong, and in which column. */
export interface PostFault {
  readonly column: 'post' | 'gridCode' | 'from' | 'to';
  readonly words: string;
}

/** A day of China, from its midnight. */
const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
const dayMs = 24 * 60 * 60_000;
/** To the end of its last day. */
const endOf = (day: string): Date => new Date(startOf(day).getTime() + dayMs);

const node = (gridId: string) => ({ tree: 'grid', nodeId: gridId }) as const;

/** The rules of giving by hand (foundation/access/post-rules.ts) hold for a file too; null where nothing stands against it. */
export function faultOfPost(wanted: NewPost, held: readonly FoundPost[], scope: RosterScope): PostFault | null {
  const { post, gridId } = wanted;
  const { role, kind } = grantOf(post);
  const grid = scope.tree.gridOf(gridId);
  if (!standsOn(scope.tree, role, node(gridId)))
    return { column: 'gridCode', words: `${rosterPosts[post]}不设在“${grid.name}”这一级，请写下面的网格` };
  if (!mayGive(scope.caller, role, node(gridId)))
    return { column: 'post', words: `“${grid.name}”的${rosterPosts[post]}不归您任命，请让上级管理员导入` };
  try {
    mustFit(held, { role, kind, nodeId: gridId });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { column: 'post', words: `${rosterPosts[post]}不能和这个人现在的职务兼任，请先免去原来的职务` };
  }
  return faultOfTerm(wanted, scope.now);
}

function faultOfTerm({ post, from, to }: NewPost, now: Date): PostFault | null {
  const startsAt = from === null ? now : startOf(from);
  if (startsAt.getTime() > now.getTime() + 366 * dayMs) return { column: 'from', words: '最多提前一年任命' };
  if (to === null) {
    const mustEnd = postsThatEnd.includes(grantOf(post).role);
    return mustEnd ? { column: 'to', words: `${rosterPosts[post]}有任期，请写任职到哪一天` } : null;
  }
  const longest = postLimits.longestYears * 366 * dayMs;
  if (endOf(to).getTime() - Math.max(startsAt.getTime(), now.getTime()) > longest)
    return { column: 'to', words: `任期最长 ${postLimits.longestYears} 年` };
  return null;
}

/** As when it is taken by hand: nobody ends what he may not give. */
export function faultOfEnding(
  { role, nodeId }: FoundPost,
  post: RosterPost,
  { caller }: RosterScope,
): PostFault | null {
  if (mayGive(caller, role, node(nodeId))) return null;
  return { column: 'post', words: `这个${rosterPosts[post]}不归您免去，请让上级管理员办` };
}

interface Given {
  readonly personId: string;
  readonly addPosts: readonly NewPost[];
  readonly endPosts: readonly FoundPost[];
}

/** Posts given and ended by a file, each with its own entry in the audit; who stood in for somebody ends with him. */
export async function writePosts(db: Db, scope: RosterScope, works: readonly Given[]): Promise<void> {
  const { now, caller, tree } = scope;
  const given = works.flatMap(({ personId, addPosts }) =>
    addPosts.map(({ post, gridId, from, to }) => ({
      ...{ id: newId(), personId, ...grantOf(post), ...node(gridId), grantedById: caller.personId },
      startsAt: from === null ? now : startOf(from),
      endsAt: to === null ? null : endOf(to),
      openReason: to === null ? '名册没有写任职到哪一天' : null,
    })),
  );
  const ended = works.flatMap(({ endPosts }) => endPosts);
  await db.insert(RoleGrant, given);
  const holders = given.map(({ personId }) => personId);
  await bindHolders(db, holders, now);
  const placed = given.map((post) => ({ ...post, townId: tree.grid(post.nodeId)?.town ?? null }));
  await windTerms(db, placed);
  await windHubs(db, placed);
  const passedOn = ended.length > 0 ? await endThem(db, scope, ended) : [];
  const entry = (post: FoundPost & { endsAt: Date | null }, act: 'givePost' | 'endPost' | 'endDelegationPost') => ({
    ...{ id: newId(), at: now, personId: caller.personId, act, thingId: post.id },
    townId: tree.grid(post.nodeId)?.town ?? null,
    facts: {
      ...{ holderId: post.personId, role: post.role, helper: post.kind, ...node(post.nodeId) },
      untilAt: post.endsAt?.toISOString() ?? null,
    },
  });
  await db.insert(AuditEntry, [
    ...given.map((post) => entry(post, 'givePost')),
    ...ended.map((post) => entry({ ...post, endsAt: now }, 'endPost')),
    ...passedOn.map((post) => entry({ ...post, endsAt: now }, 'endDelegationPost')),
  ]);
  // Vacancies and what depends on them are counted anew by every process.
  if (given.length + ended.length > 0) await makeReadAnew(db);
}

async function endThem(db: Db, scope: RosterScope, ended: readonly FoundPost[]): Promise<FoundPost[]> {
  const { now, caller } = scope;
  const ids = ended.map(({ id }) => id);
  await db.write(
    `UPDATE role_grant SET ends_at = ?, starts_at = LEAST(starts_at, ends_at), end_reason = '名册写明已离任', ended_by_id = ?
     WHERE id IN (?) AND (ends_at IS NULL OR ends_at > ?)`,
    [now, caller.personId, ids, now],
  );
  const passedOn = await passedOnWith(db, ids, now);
  if (passedOn.length > 0)
    await db.write('UPDATE role_grant SET ends_at = ?, starts_at = LEAST(starts_at, ends_at) WHERE id IN (?)', [
      ...[now, passedOn.map(({ id }) => id)],
    ]);
  await tellEnded(db, scope, ended, 'end');
  await tellEnded(db, scope, passedOn, 'endDelegation');
  return passedOn;
}

/** 代理: nobody stands in for somebody who is no longer there. */
const passedOnWith = (db: Db, postIds: readonly string[], now: Date): Promise<FoundPost[]> =>
  db.query<FoundPost>(
    `SELECT id, person_id AS personId, role, kind, node_id AS nodeId FROM role_grant
     WHERE behalf_post_id IN (?) AND ends_at > ? ORDER BY id`,
    [postIds, now],
  );

/** As of a post that is ended by hand: its holder hears of it, and is asked about the tasks that he has in hand. */
async function tellEnded(
  db: Db,
  { now, caller, grid, tree }: RosterScope,
  ended: readonly FoundPost[],
  action: 'end' | 'endDelegation',
): Promise<void> {
  if (ended.length === 0) return;
  const last = await db.query<{ id: string; seq: number }>(
    'SELECT aggregate_id AS id, MAX(seq) AS seq FROM history WHERE aggregate_id IN (?) GROUP BY aggregate_id',
    [ended.map(({ id }) => id)],
  );
  const seqOf = new Map(last.map(({ id, seq }) => [id, Number(seq)]));
  const actorRole = roleFor(caller, 'roster.import', grid.id);
  await db.insert(
    History,
    ended.map(({ id, personId, role, kind, nodeId }) => ({
      ...{ id: newId(now), thing: 'post', thingId: id, aggregateId: id, seq: (seqOf.get(id) ?? 0) + 1, action },
      ...{ actorId: caller.personId, actorName: caller.name, actorRole, onBehalfId: null, at: now },
      ...{ townId: tree.grid(nodeId)?.town ?? null, fromState: null, toState: null, words: null, fannedOutAt: null },
      facts: { personId, role, kind, ...node(nodeId), until: now.toISOString() },
    })),
  );
}
