import { postLimits } from '@sandan/shared/access/posts';
import { roleNames, type GrantedRole } from '@sandan/shared/access/roles';
import type { Delegation } from '@sandan/shared/posts/post.schema';
import { Problem } from '@sandan/shared/problems';
import type { z } from 'zod';
import { RoleGrant } from '../../foundation/access/access.entity';
import type { Caller } from '../../foundation/access/caller';
import { lineOf, placeName, type NodeRef } from '../../foundation/access/nodes';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { Tree } from '../../foundation/reference/tree';
import { mayDelegate, mustFit } from '../../foundation/access/post-rules';
import { postWords, stateOf } from './posts.presenter';
import { delegatedFrom, delegationsOf, postById, postsOfPerson, postsOnNodes, type PostRow } from './posts.queries';
import { tellOfPost } from './post-telling';

type DelegationReply = z.input<typeof Delegation>;

const day = 24 * 60 * 60_000;

function present(row: PostRow, caller: Caller): DelegationReply {
  const state = stateOf(row, caller.now);
  const isMine = row.personId === caller.personId || row.behalfOfId === caller.personId;
  return {
    ...{ id: row.id, postName: roleNames[row.role], nodeName: placeName(caller.reference.tree, row) },
    ...{ principal: row.behalfName ?? '', delegate: row.personName, state },
    ...{ from: row.startsAt.toISOString(), until: (row.endsAt ?? row.startsAt).toISOString() },
    allows: isMine && state !== 'over' ? ['end'] : [],
  };
}

const ownPosts = (rows: readonly PostRow[], now: Date): PostRow[] =>
  rows.filter((row) => row.behalfOfId === null && mayDelegate(row.role) && stateOf(row, now) === 'now');

export async function myDelegations(db: Reading, caller: Caller) {
  const [rows, posts] = await Promise.all([
    delegationsOf(db, caller.personId, caller.now),
    postsOfPerson(db, caller.personId),
  ]);
  return {
    given: rows.filter(({ behalfOfId }) => behalfOfId === caller.personId).map((row) => present(row, caller)),
    received: rows.filter(({ personId }) => personId === caller.personId).map((row) => present(row, caller)),
    posts: ownPosts(posts, caller.now).map((row) => ({
      postId: row.id,
      name: `${placeName(caller.reference.tree, row)}${roleNames[row.role]}`,
    })),
  };
}

/** A post of the caller's own that stands now. Throws `post.not-found`, `post.not-delegable`. */
async function ownPost(db: Reading, caller: Caller, postId: string): Promise<PostRow> {
  const post = await postById(db, postId);
  if (!post || post.personId !== caller.personId || stateOf(post, caller.now) !== 'now') {
    throw new Problem('post.not-found');
  }
  if (post.behalfOfId !== null || !mayDelegate(post.role)) throw new Problem('post.not-delegable');
  return post;
}

/** The node itself, what is above and right below it, and what is tied to it in the other tree. */
function nearNodes(tree: Tree, { tree: which, nodeId }: NodeRef): string[] {
  const line = lineOf(tree, { tree: which, nodeId });
  if (which === 'grid') {
    const tied = tree.organizations.filter(({ gridIds }) => gridIds.includes(nodeId)).map(({ id }) => id);
    return [...line, ...tree.children(nodeId).map(({ id }) => id), ...tied];
  }
  const below = tree.organizationChildren(nodeId).map(({ id }) => id);
  return [...line, ...below, ...tree.gridsOfOrganization(nodeId).map(({ id }) => id)];
}

/** Who holds a post nearby and may hold this one too; each once, by the post he is known by. */
export async function candidates(db: Reading, caller: Caller, postId: string) {
  const post = await ownPost(db, caller, postId);
  const near = await postsOnNodes(db, nearNodes(caller.reference.tree, post), caller.now);
  const fitting = near.filter((row) => row.personId !== caller.personId && isHere(row, caller.now));
  const byPerson = new Map<string, PostRow[]>();
  for (const row of fitting) byPerson.set(row.personId, [...(byPerson.get(row.personId) ?? []), row]);
  return [...byPerson.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first || !fits(rows, post)) return [];
    const words = `${placeName(caller.reference.tree, first)}${postWords(first.role, first.kind)}`;
    return [
      {
        ...{ personId: first.personId, name: first.personName, post: words },
        away: first.awayUntil !== null && first.awayUntil > caller.now,
      },
    ];
  });
}

const isHere = (row: PostRow, now: Date): boolean =>
  row.behalfOfId === null && row.disabledAt === null && stateOf(row, now) === 'now';

function fits(held: readonly PostRow[], post: PostRow): boolean {
  try {
    mustFit(held, post);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

export interface Delegating {
  postId: string;
  personId: string;
  from?: string | undefined;
  until: string;
}

/** 请人代理: from–to, ≤ 30 days, somebody of the same node or line. It ends by itself. */
export async function delegate(
  db: Db,
  caller: Caller,
  delegationId: string,
  judge: () => Delegating,
): Promise<DelegationReply> {
  const known = await postById(db, delegationId);
  const { postId, personId, from, until } = judge();
  if (known) {
    const same = known.behalfOfId === caller.personId && known.behalfPostId === postId && known.personId === personId;
    if (!same) throw new Problem('post.id-taken');
    return present(known, caller);
  }
  // The post's row first: two who pass it on at once come one after the other.
  await db.write('UPDATE role_grant SET node_id = node_id WHERE id = ?', [postId]);
  const post = await ownPost(db, caller, postId);
  const { startsAt, endsAt } = termOf(post, from, until, caller.now);
  if (!(await candidates(db, caller, postId)).some((each) => each.personId === personId)) {
    throw new Problem('post.delegate-outside');
  }
  const others = await delegatedFrom(db, [postId], caller.now);
  if (others.some((row) => row.startsAt < endsAt && (row.endsAt ?? endsAt) > startsAt)) {
    throw new Problem('post.delegated-already');
  }
  const { role, kind, tree, nodeId } = post;
  const behalf = { behalfOfId: caller.personId, behalfPostId: postId, grantedById: caller.personId };
  await db.insert(RoleGrant, [{ id: delegationId, personId, role, kind, tree, nodeId, startsAt, endsAt, ...behalf }]);
  await tell(db, caller, 'delegate', { ...post, id: delegationId, personId, endsAt });
  return present(await mustHave(db, delegationId), caller);
}

function termOf(post: PostRow, from: string | undefined, until: string, now: Date) {
  const startsAt = from === undefined ? now : new Date(from);
  const wanted = new Date(until);
  if (startsAt < new Date(now.getTime() - day)) {
    throw new Problem('request.bad-input', { fields: { from: '开始的日子不能早于今天' } });
  }
  if (wanted <= startsAt) throw new Problem('request.bad-input', { fields: { until: '结束要晚于开始' } });
  if (wanted.getTime() - startsAt.getTime() > postLimits.delegationDays * day) {
    throw new Problem('post.delegate-too-long');
  }
  const endsAt = post.endsAt !== null && post.endsAt < wanted ? post.endsAt : wanted;
  return { startsAt, endsAt };
}

async function mustHave(db: Reading, id: string): Promise<PostRow> {
  const row = await postById(db, id);
  if (!row) throw new Problem('post.not-found');
  return row;
}

type Ended = Pick<PostRow, 'id' | 'personId' | 'tree' | 'nodeId' | 'kind' | 'endsAt'> & { role: GrantedRole };
const tell = (db: Db, caller: Caller, action: 'delegate' | 'endDelegation', post: Ended): Promise<void> =>
  tellOfPost(db, caller, { id: newId(caller.now), action, seq: action === 'delegate' ? 1 : 2 }, post);

/** Either of the two may end it early; ended twice is ended. */
export async function endDelegation(
  db: Db,
  caller: Caller,
  delegationId: string,
  judge: () => { actionId: string },
): Promise<DelegationReply> {
  const row = await postById(db, delegationId);
  const isMine = row?.personId === caller.personId || row?.behalfOfId === caller.personId;
  if (!row || row.behalfOfId === null || !isMine) throw new Problem('post.not-found');
  judge();
  const ended = await db.write(
    `UPDATE role_grant SET ends_at = ?, starts_at = LEAST(starts_at, ends_at), ended_by_id = ? WHERE id = ? AND ends_at > ?`,
    [...[caller.now, caller.personId, delegationId, caller.now]],
  );
  if (ended > 0) await tell(db, caller, 'endDelegation', { ...row, endsAt: caller.now });
  return present(await mustHave(db, delegationId), caller);
}
