import { handoverKinds } from '@sandan/shared/posts/handover.words';
import { Problem } from '@sandan/shared/problems';
import { RoleGrant } from '../../foundation/access/access.entity';
import type { Caller } from '../../foundation/access/caller';
import { bindHolders } from '../../foundation/access/given-posts';
import { mayGive, mustFit } from '../../foundation/access/post-rules';
import { callerUnder } from '../../foundation/access/sessions';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { ChangedRow, HandoverDone, HandoverPlan, HandoverRow } from './handover.entity';
import { passLinks } from './handover-links';
import { heldTasksOf } from '../orders/held-tasks.queries';
import { hangingOnPost } from './handovers.queries';
import { stateOf } from './posts.presenter';
import { systemFor, type Moment } from './handover-telling';
import { personFacts, postById, postsOfPerson, type PostRow } from './posts.queries';
import { endDelegated, notePostNow, type Teller } from './post-telling';

/** Carries a prepared handover out in the caller's transaction and keeps every row as it was. */
export async function carryOut(db: Db, row: HandoverRow, moment: Moment): Promise<HandoverDone> {
  const done: HandoverDone = { changed: [], added: [], left: [] };
  const work: Work = {
    done,
    now: moment.now,
    teller: systemFor(row, moment),
    preparer: await preparerOf(db, row, moment),
  };
  for (const planned of row.plan.posts) await handOverPost(db, row, planned, work);
  return done;
}

interface Work {
  done: HandoverDone;
  now: Date;
  teller: Teller;
  preparer: Caller | null;
}

/** As he stands now: what he could give when he prepared it, he may not be able to give any more. Null: his account is closed. */
const preparerOf = (db: Db, { byId }: HandoverRow, { now, reference }: Moment): Promise<Caller | null> =>
  callerUnder(db, reference, byId, now);

async function handOverPost(db: Db, row: HandoverRow, planned: HandoverPlan['posts'][number], work: Work) {
  const { done, now } = work;
  const post = await postById(db, planned.postId);
  if (!post || stateOf(post, now) === 'over') {
    done.left.push(`${post?.personName ?? '一个人'}的职务已经结束，没有再动。`);
    return;
  }
  if (work.preparer === null || !mayGive(work.preparer, post.role, post)) {
    done.left.push(`准备这次交接的人已经不能任命${post.personName}的职务，没有变动，请现任的上级重新准备。`);
    return;
  }
  await endFor(db, row, post, work);
  const successorId = await fitSuccessor(db, planned.successorId, post, work);
  if (successorId !== null) await bringIn(db, row, post, { successorId, work });
  await passWork(db, row, post, { successorId, work });
}

/** Delegations first: nobody stands in for somebody who is leaving. */
async function endFor(db: Db, { kind, byId }: HandoverRow, post: PostRow, { done, now, teller }: Work): Promise<void> {
  for (const passedOn of await endDelegated(db, teller, [post.id])) done.changed.push(...endOf(passedOn, now));
  const reason = `交接：${handoverKinds[kind]}`;
  await db.write(
    `UPDATE role_grant SET ends_at = ?, starts_at = LEAST(starts_at, ends_at), end_reason = ?, ended_by_id = ? WHERE id = ?`,
    [now, reason, byId, post.id],
  );
  // Its end may have been announced before, with another reason: that comes back too.
  const was = { table: 'role_grant', id: post.id } as const;
  done.changed.push(
    { ...was, column: 'end_reason', before: post.endReason, after: reason },
    { ...was, column: 'ended_by_id', before: post.endedById, after: byId },
    ...endOf(post, now),
  );
  await notePostNow(db, teller, 'end', post.id);
}

/** Somebody whose account was closed meanwhile, or who has taken what does not go with it, is not brought in: 代管. */
async function fitSuccessor(db: Db, successorId: string | null, post: PostRow, { done, now }: Work) {
  if (successorId === null) return null;
  const facts = await personFacts(db, successorId);
  if (!facts || facts.disabledAt !== null) {
    done.left.push(`${facts?.name ?? '接任的人'}的账号已停用，这个职务空缺，由上一级代管。`);
    return null;
  }
  const held = (await postsOfPerson(db, successorId)).filter((each) => stateOf(each, now) !== 'over');
  try {
    mustFit(held, post);
    return successorId;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'post.held-already') return successorId;
    done.left.push(`${facts.name}已有不能兼任的职务，这个职务空缺，由上一级代管。`);
    return null;
  }
}

interface Successor {
  successorId: string;
  work: Work;
}

async function bringIn(db: Db, row: HandoverRow, post: PostRow, { successorId, work }: Successor) {
  const { done, now, teller } = work;
  const held = (await postsOfPerson(db, successorId)).filter((each) => stateOf(each, now) === 'now');
  if (held.some(({ role, nodeId, kind }) => role === post.role && nodeId === post.nodeId && kind === post.kind)) return;
  const { role, kind, tree, nodeId } = post;
  const { until, openReason } = row.plan;
  const id = newId(now);
  const endsAt = until === null ? null : new Date(until);
  await db.insert(RoleGrant, [
    { id, personId: successorId, role, kind, tree, nodeId, startsAt: now, endsAt, openReason, grantedById: row.byId },
  ]);
  await bindHolders(db, [successorId], now);
  done.added.push({ table: 'role_grant', id });
  await notePostNow(db, teller, 'give', id);
}

/** Desk, promises and, where it was chosen, linked households go to the successor; without one they wait for who serves. */
async function passWork(
  db: Db,
  { plan }: HandoverRow,
  post: PostRow,
  { successorId, work: { done, now, teller } }: { successorId: string | null; work: Work },
): Promise<void> {
  const { deskOrders, promises, links } = await hangingOnPost(db, post, now);
  const move = async (table: ChangedRow['table'], column: string, ids: readonly string[], after: string | null) => {
    for (const id of ids) {
      await db.write(`UPDATE ${table} SET ${column} = ? WHERE id = ?`, [after, id]);
      done.changed.push({ table, id, column, before: post.personId, after });
    }
  };
  await move('service_order', 'desk_person_id', deskOrders, successorId);
  if (successorId !== null) {
    await move('commitment', 'responsible_id', promises, successorId);
    if (plan.moveLinks && links.length > 0) {
      const passed = await passLinks(db, teller, { linkIds: links, memberId: successorId });
      done.links = [...(done.links ?? []), { linkIds: passed.linkIds, memberId: post.personId }];
      if (passed.left > 0)
        done.left.push(`有 ${passed.left} 户是接任者自己家，仍由${post.personName}联系，请另行安排。`);
    }
  }
}

/** One that was to begin later never begins. */
function endOf({ id, startsAt, endsAt }: PostRow, now: Date): ChangedRow[] {
  const after = now.toISOString();
  const ended = { table: 'role_grant', id, column: 'ends_at', before: endsAt?.toISOString() ?? null, after } as const;
  return startsAt > now ? [{ ...ended, column: 'starts_at', before: startsAt.toISOString() }, ended] : [ended];
}

/** A request that began under the old post may still have opened a sealed order: it goes the same way. */
export async function sweepUp(db: Db, row: HandoverRow, now: Date): Promise<HandoverDone> {
  const done: HandoverDone = { changed: [], added: [], left: [] };
  for (const planned of row.plan.posts) {
    const post = await postById(db, planned.postId);
    const ended = row.done?.changed.some(({ table, id }) => table === 'role_grant' && id === planned.postId);
    if (!post || !ended) continue;
    const { deskOrders } = await hangingOnPost(db, post, now);
    for (const id of deskOrders) {
      await db.write('UPDATE service_order SET desk_person_id = ? WHERE id = ?', [planned.successorId, id]);
      done.changed.push({
        ...{ table: 'service_order', id, column: 'desk_person_id', before: post.personId, after: planned.successorId },
      });
    }
  }
  return done;
}

const times: readonly string[] = ['ends_at', 'starts_at'];
const valueOf = (column: string, value: string | null): string | Date | null =>
  value !== null && times.includes(column) ? new Date(value) : value;

/** 撤回: every row as it was, unless somebody has changed it since; those are named. Whoever is back or gone is told. */
export async function putBack(db: Db, { plan, done }: HandoverRow, teller: Teller): Promise<string[]> {
  const left = await passedOnAlready(db, plan);
  for (const { table, id } of done?.added ?? []) {
    // Kept as ended rather than taken away: what was done in that post stays signed by it.
    const ended = await db.write(
      `UPDATE ${table} SET ends_at = ?, end_reason = '交接已撤回', ended_by_id = ? WHERE id = ? AND (ends_at IS NULL OR ends_at > ?)`,
      [teller.now, teller.answerableId, id, teller.now],
    );
    if (ended === 0) left.push('有一个接任的职务已经另行结束，没有再动。');
    else await notePostNow(db, teller, 'end', id);
  }
  for (const back of done?.links ?? []) {
    const passed = await passLinks(db, teller, back);
    if (passed.left > 0) left.push(`有 ${passed.left} 户的联系党员在交接后又调整过，没有再动。`);
  }
  for (const changed of [...(done?.changed ?? [])].reverse()) {
    const { table, id, column, before, after } = changed;
    const put = await db.write(`UPDATE ${table} SET ${column} = ? WHERE id = ? AND ${column} <=> ?`, [
      ...[valueOf(column, before), id, valueOf(column, after)],
    ]);
    if (put === 0) left.push('有一项交接后又被改动过，没有再动。');
    else if (isPostAgain(changed, teller.now)) await noteAgain(db, teller, id);
  }
  return [...new Set(left)];
}

/** What he has handed over goes its own way meanwhile; what is still asked of him is asked no more once the post is his again. */
async function passedOnAlready(db: Db, { posts }: HandoverPlan): Promise<string[]> {
  const held = await heldTasksOf(
    db,
    posts.map(({ postId }) => postId),
  );
  return held
    .filter(({ passedOn }) => passedOn > 0)
    .map(({ name, passedOn }) => `${name}已经交出 ${passedOn} 件任务，由别人接着办；要他再办，请改派给他。`);
}

/** Its end is put off to where it was; what would be over by now anyway is nobody's again. */
const isPostAgain = ({ table, column, before }: ChangedRow, now: Date): boolean =>
  table === 'role_grant' && column === 'ends_at' && (before === null || new Date(before) > now);

async function noteAgain(db: Db, teller: Teller, postId: string): Promise<void> {
  const post = await postById(db, postId);
  await notePostNow(db, teller, post?.behalfOfId ? 'delegate' : 'give', postId);
}
