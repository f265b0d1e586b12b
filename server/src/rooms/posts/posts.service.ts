import { postLimits, postPlaces } from '@sandan/shared/access/posts';
import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import { Problem } from '@sandan/shared/problems';
import { RoleGrant } from '../../foundation/access/access.entity';
import { holds, type Caller } from '../../foundation/access/caller';
import { reachOfPerson } from '../../foundation/access/reach-person';
import { nodeName, townOfNode, type NodeRef } from '../../foundation/access/nodes';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History } from '../../foundation/outbox/history.entity';
import { mayGive, mustFit, standsOn } from '../../foundation/access/post-rules';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import { endDelegated, tellerOf, tellOfPost } from './post-telling';
import { disablesHere, presentPerson, presentPost, stateOf, type PostReply } from './posts.presenter';
import { isWithin, personFacts, postById, postsOfPerson, type PostRow } from './posts.queries';

const day = 24 * 60 * 60_000;
const longest = postLimits.longestYears * 366 * day;

export interface GivenPost extends NodeRef {
  personId: string;
  role: GrantedRole;
  kind: HelperKind | null;
  from?: string | undefined;
  until: string | null;
  openReason?: string | undefined;
}

/**
 * 任命. Nobody gives himself one, nobody gives what is not his to give, and every post has an end date or the reason why
 * not. Throws `post.own`, `post.wrong-place`, `post.held-already`, `post.apart`, `post.until-needed`.
 */
export async function givePost(db: Db, caller: Caller, postId: string, judge: () => GivenPost): Promise<PostReply> {
  const known = await postById(db, postId);
  const wanted = judge();
  if (known) return presentPost(sameOr(known, wanted, caller), caller);
  const { tree } = caller.reference;
  if (wanted.personId === caller.personId) throw new Problem('post.own');
  if (nodeName(tree, wanted) === '') throw new Problem('grid.not-found');
  if (!mayGive(caller, wanted.role, wanted)) throw new Problem('access.forbidden');
  mustStand(caller, wanted);
  // A post given to somebody makes him visible: whoever could not look him up must not reach him that way.
  if (!(await isWithin(db, caller, wanted.personId))) throw new Problem('person.not-found');
  const { startsAt, endsAt } = termOf(wanted, caller.now);

  // The person's row first: two who give him what does not go together come one after the other.
  // Whoever comes in by a WeChat of his own is bound with it: from now on another one needs proof.
  const found = await db.write(
    `UPDATE person SET bound_at = IF(bound_at IS NULL AND id IN (SELECT person_id FROM wechat_account), ?, bound_at)
     WHERE id = ?`,
    [caller.now, wanted.personId],
  );
  const facts = found > 0 ? await personFacts(db, wanted.personId) : null;
  if (!facts) throw new Problem('person.not-found');
  if (facts.disabledAt !== null) throw new Problem('post.person-disabled');
  const held = (await postsOfPerson(db, wanted.personId)).filter((row) => stateOf(row, caller.now) !== 'over');
  mustFit(held, wanted);

  const { personId, role, kind, tree: in_, nodeId, openReason = null } = wanted;
  const grantedById = caller.personId;
  await db.insert(RoleGrant, [
    { id: postId, personId, role, kind, tree: in_, nodeId, startsAt, endsAt, openReason, grantedById },
  ]);
  await tellOfPost(db, caller, { id: newId(caller.now), action: 'give', seq: 1 }, { ...wanted, id: postId, endsAt });
  return presentPost(await mustHave(db, postId), caller);
}

const mustHave = async (db: Reading, postId: string): Promise<PostRow> => {
  const row = await postById(db, postId);
  if (!row) throw new Problem('post.not-found');
  return row;
};

/** A repeat gives the same answer; an id that stands for another post is refused. */
function sameOr(known: PostRow, wanted: GivenPost, caller: Caller): PostRow {
  const same =
    known.grantedById === caller.personId &&
    known.personId === wanted.personId &&
    known.role === wanted.role &&
    known.kind === wanted.kind &&
    known.nodeId === wanted.nodeId;
  if (!same) throw new Problem('post.id-taken');
  return known;
}

function mustStand({ reference }: Caller, { role, kind, ...node }: GivenPost): void {
  if (!standsOn(reference.tree, role, node)) throw new Problem('post.wrong-place');
  if (role === 'helper' && kind === null) throw new Problem('post.kind-needed', { fields: { kind: '请选择是哪一类' } });
  if (role !== 'helper' && kind !== null)
    throw new Problem('request.bad-input', { fields: { kind: '这个职务不分类' } });
  if (postPlaces[role].tree !== node.tree) throw new Problem('post.wrong-place');
}

function termOf({ from, until, openReason }: GivenPost, now: Date): { startsAt: Date; endsAt: Date | null } {
  const startsAt = from === undefined ? now : new Date(from);
  if (startsAt.getTime() < now.getTime() - day) throw badDate('from', '开始的日子不能早于今天，以前的事写在说明里');
  if (startsAt.getTime() > now.getTime() + 366 * day) throw badDate('from', '最多提前一年任命');
  if (until === null) {
    if (openReason === undefined)
      throw new Problem('post.until-needed', { fields: { until: '请填写到期日，或写明原因' } });
    return { startsAt, endsAt: null };
  }
  const endsAt = new Date(until);
  if (endsAt <= startsAt) throw badDate('until', '到期日要晚于开始的日子');
  if (endsAt.getTime() - startsAt.getTime() > longest) {
    throw badDate('until', `任期最长 ${postLimits.longestYears} 年`);
  }
  return { startsAt, endsAt };
}

const badDate = (field: string, words: string) => new Problem('request.bad-input', { fields: { [field]: words } });

export interface Ending {
  actionId: string;
  at?: string | undefined;
  reason: string;
}

/** 免职: at once or on a day to come. What was passed on with the post ends with it. Throws `post.own`, `post.over`. */
export async function endPost(
  db: Db,
  caller: Caller,
  postId: string,
  actionId: string | null,
  judge: () => Ending,
): Promise<PostReply> {
  const known = await postById(db, postId);
  if (!known || known.behalfOfId !== null || !isVisible(caller, known)) throw new Problem('post.not-found');
  const repeat = await repeatOf(db, actionId);
  if (repeat?.thingId === postId && repeat.actorId === caller.personId) return presentPost(known, caller);
  if (repeat) throw new Problem('action.repeated-differently');
  if (known.personId === caller.personId) throw new Problem('post.own');
  if (!mayGive(caller, known.role, known)) throw new Problem('access.forbidden');
  if (stateOf(known, caller.now) === 'over') throw new Problem('post.over');
  const given = judge();
  const endsAt = given.at === undefined ? caller.now : new Date(given.at);
  if (endsAt < caller.now) throw badDate('at', '不能填过去的时间，以前的事写在原因里');
  const ended = await db.write(
    `UPDATE role_grant SET ends_at = ?, starts_at = LEAST(starts_at, ends_at), end_reason = ?, ended_by_id = ?
     WHERE id = ? AND (ends_at IS NULL OR ends_at > ?)`,
    [endsAt, given.reason, caller.personId, postId, caller.now],
  );
  if (ended === 0) throw new Problem('post.over');
  await endDelegated(db, tellerOf(caller), [postId], endsAt);
  await tellOfPost(db, caller, { id: given.actionId, action: 'end', seq: 2 }, { ...known, endsAt });
  return presentPost(await mustHave(db, postId), caller);
}

const isVisible = (caller: Caller, row: PostRow): boolean => nodeName(caller.reference.tree, row) !== '';

/** Throws `person.not-found` for whoever is outside the caller's reach. */
export async function personPage(db: Reading, caller: Caller, personId: string) {
  if (!(await isWithin(db, caller, personId))) throw new Problem('person.not-found');
  const [facts, rows] = await Promise.all([personFacts(db, personId), postsOfPerson(db, personId)]);
  if (!facts) throw new Problem('person.not-found');
  return presentPerson(facts, rows, caller, await signInActs(db, caller, personId));
}

/** 手机丢了: what an administrator over all of him may do about his sign-ins (rooms/access does it). */
async function signInActs(db: Reading, caller: Caller, personId: string) {
  const acts = [
    ['endSessions', 'person.endSessions'],
    ['resetSecondFactor', 'person.resetSecondFactor'],
  ] as const;
  const isSelf = personId === caller.personId;
  const mine = acts.filter(([, permission]) => !isSelf && holds(caller, permission));
  const reached = await Promise.all(mine.map(([, permission]) => reachOfPerson(db, caller, permission, personId)));
  return mine.flatMap(([act], at) => (reached[at] === 'whole' ? [act] : []));
}

/** Whose worker tells of it: the town of his home, else that of his post. */
async function townOfPerson(db: Reading, { reference: { tree } }: Caller, personId: string): Promise<string | null> {
  const [facts, [post]] = [await personFacts(db, personId), await postsOfPerson(db, personId)];
  const home = facts?.gridId ? tree.grid(facts.gridId)?.town : null;
  return home ?? (post ? townOfNode(tree, post) : null);
}

interface Switching {
  personId: string;
  actionId: string | null;
  disabled: boolean;
}

/** 停用 and 恢复 of an account: its sessions end at once. Throws `person.self`. */
export async function switchAccount(
  db: Db,
  caller: Caller,
  { personId, actionId, disabled }: Switching,
  judge: () => { actionId: string; reason: string },
) {
  if (!(await isWithin(db, caller, personId))) throw new Problem('person.not-found');
  const repeat = await repeatOf(db, actionId);
  if (repeat && repeat.thingId !== personId) throw new Problem('action.repeated-differently');
  if (!repeat) {
    if (personId === caller.personId) throw new Problem('person.self');
    const [facts, rows] = [await personFacts(db, personId), await postsOfPerson(db, personId)];
    if (!facts || !disablesHere(facts, rows, caller)) throw new Problem('access.forbidden');
    const given = judge();
    if ((facts.disabledAt !== null) !== disabled) await writeSwitch(db, caller, personId, disabled, given);
  }
  return personPage(db, caller, personId);
}

async function writeSwitch(
  db: Db,
  caller: Caller,
  personId: string,
  disabled: boolean,
  { actionId, reason }: { actionId: string; reason: string },
): Promise<void> {
  const { now } = caller;
  await db.write('UPDATE person SET disabled_at = ? WHERE id = ?', [disabled ? now : null, personId]);
  if (disabled) {
    await db.write('UPDATE session SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL', [now, personId]);
    const posts = (await postsOfPerson(db, personId)).map(({ id }) => id);
    await endDelegated(db, tellerOf(caller), posts);
  }
  const action = disabled ? 'disable' : 'enable';
  const townId = await townOfPerson(db, caller, personId);
  await db.insert(History, [
    {
      ...{ id: actionId, thing: 'person', thingId: personId, aggregateId: personId, seq: 0, townId, action },
      ...{ actorId: caller.personId, actorName: caller.name, actorRole: 'admin', at: now, onBehalfId: null },
      ...{ fromState: null, toState: null, words: reason, facts: null, fannedOutAt: null },
    },
  ]);
  await recordAct(db, caller, `${action}Account`, { thingId: personId });
  await makeReadAnew(db);
}
