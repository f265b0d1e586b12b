import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import { roleFor, type Caller } from '../../foundation/access/caller';
import { townOfNode, type NodeRef } from '../../foundation/access/nodes';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History, type HistoryFacts } from '../../foundation/outbox/history.entity';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import type { Reference } from '../../foundation/reference/reference';
import { delegatedFrom, postById, type PostRow } from './posts.queries';

/** Every process counts vacancies anew when the number of the trees changes. */

export interface ToldPost extends NodeRef {
  id: string;
  personId: string;
  role: GrantedRole;
  kind: HelperKind | null;
  endsAt: Date | null;
}

export interface Telling {
  id: string;
  action: 'give' | 'end' | 'delegate' | 'endDelegation';
  seq: number;
}

/** Who gave or ended it: a person, or a handover at its time for whoever prepared it. */
export interface Teller extends Pick<History, 'actorId' | 'actorName' | 'actorRole' | 'onBehalfId'> {
  /** By whom the audit names it. */
  answerableId: string;
  now: Date;
  reference: Reference;
}

export const tellerOf = (caller: Caller): Teller => ({
  ...{ actorId: caller.personId, actorName: caller.name, actorRole: roleFor(caller, 'post.give'), onBehalfId: null },
  ...{ answerableId: caller.personId, now: caller.now, reference: caller.reference },
});

/** One row of history, which is the event the messages follow, and one of the audit; the version of the trees. */
export async function tellOfPost(db: Db, caller: Caller, telling: Telling, post: ToldPost): Promise<void> {
  await noteOfPost(db, tellerOf(caller), telling, post);
  await makeReadAnew(db);
}

/** The same for one of several posts: whoever changes them counts the version of the trees up once, at the end. */
async function noteOfPost(db: Db, teller: Teller, { id, action, seq }: Telling, post: ToldPost): Promise<void> {
  const { answerableId, now, reference, ...actor } = teller;
  const { personId, role, kind, tree, nodeId, endsAt } = post;
  const facts: HistoryFacts = { personId, role, kind, tree, nodeId, until: endsAt?.toISOString() ?? null };
  const townId = townOfNode(reference.tree, post);
  await db.insert(History, [
    {
      ...{ id, thing: 'post', thingId: post.id, aggregateId: post.id, seq, townId, action, ...actor, at: now },
      ...{ fromState: null, toState: null, words: null, facts, fannedOutAt: null },
    },
  ]);
  const untilAt = endsAt?.toISOString() ?? null;
  await recordAct(db, { personId: answerableId, now, townId }, `${action}Post`, {
    ...{ thingId: post.id, townId, facts: { holderId: personId, role, helper: kind, tree, nodeId, untilAt } },
  });
}

/** Tells of a post as it stands now, in its last row: where something else than giving it by hand has changed it. */
export async function notePostNow(db: Db, teller: Teller, action: Telling['action'], postId: string): Promise<void> {
  const post = await postById(db, postId);
  if (!post) throw new Error(`Post ${postId} is not there`);
  // Given, ended, and perhaps given back: the messages follow in this order.
  const [last] = await db.query<{ seq: number | null }>('SELECT MAX(seq) AS seq FROM history WHERE aggregate_id = ?', [
    postId,
  ]);
  const seq = Number(last?.seq ?? 0) + 1;
  await noteOfPost(db, teller, { id: newId(teller.now), action, seq }, post);
}

/**
 * Nobody stands in for somebody who is no longer there: each delegation ends with its post, told and in the audit as one
 * that is ended by hand. Returns them as they were.
 */
export async function endDelegated(
  db: Db,
  teller: Teller,
  postIds: readonly string[],
  endsAt = teller.now,
): Promise<PostRow[]> {
  const passedOn = await delegatedFrom(db, postIds, endsAt);
  for (const { id } of passedOn) {
    await db.write('UPDATE role_grant SET ends_at = ?, starts_at = LEAST(starts_at, ends_at) WHERE id = ?', [
      endsAt,
      id,
    ]);
    await notePostNow(db, teller, 'endDelegation', id);
  }
  return passedOn;
}
