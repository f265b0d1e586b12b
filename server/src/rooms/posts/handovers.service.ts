import { roleNames } from '@sandan/shared/access/roles';
import { handoverLimits, type HandoverKind } from '@sandan/shared/posts/handover.words';
import type { Handover } from '@sandan/shared/posts/handovers.contract';
import { Problem } from '@sandan/shared/problems';
import type { z } from 'zod';
import type { Caller } from '../../foundation/access/caller';
import { nodeReached, townOfNode, type NodeRef } from '../../foundation/access/nodes';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { HandoverRow, type HandoverPlan } from './handover.entity';
import { heldTasksOf } from '../orders/held-tasks.queries';
import { carryOut, putBack } from './handover-steps';
import { noteLeft, type Moment } from './handover-telling';
import { handoverBrief, mayUndo } from './handover-list';
import { handoverById, hangingOnPost } from './handovers.queries';
import { tellerOf } from './post-telling';
import { mayGive, mustFit } from '../../foundation/access/post-rules';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import { stateOf } from './posts.presenter';
import { isWithin, personFacts, postById, postsOfPerson, type PostRow } from './posts.queries';

export type HandoverReply = z.input<typeof Handover>;
type Line = HandoverReply['lines'][number];

const hour = 60 * 60_000;
const day = 24 * hour;

/** On nodes within reach: what may be given there decides post by post. */
const seesHandover = (caller: Caller, node: NodeRef): boolean => nodeReached(caller, 'handover.prepare', node);

/** Throws `handover.not-found` for what is not there or outside the caller's reach. */
export async function visibleHandover(db: Reading, caller: Caller, handoverId: string): Promise<HandoverRow> {
  const row = await handoverById(db, handoverId);
  if (!row || !seesHandover(caller, row)) throw new Problem('handover.not-found');
  return row;
}

export interface Preparing extends NodeRef {
  kind: HandoverKind;
  effectiveAt: string;
  words?: string | undefined;
  until: string | null;
  openReason?: string | undefined;
  moveLinks: boolean;
  posts: HandoverPlan['posts'];
}

/** 准备: nothing changes before its time. Throws the `handover.…` problems, `post.own`, 403 for what is not his to give. */
export async function prepareHandover(
  db: Db,
  caller: Caller,
  handoverId: string,
  judge: () => Preparing,
): Promise<HandoverReply> {
  const known = await handoverById(db, handoverId);
  if (known && !seesHandover(caller, known)) throw new Problem('handover.id-taken');
  const wanted = judge();
  if (!seesHandover(caller, wanted)) throw new Problem('access.forbidden');
  if (known && (known.state !== 'prepared' || known.nodeId !== wanted.nodeId))
    throw new Problem('handover.wrong-state');
  const effectiveAt = timeOf(wanted.effectiveAt, caller.now);
  await mustBeOurs(db, caller, wanted);
  await mustBeAlone(db, handoverId, wanted.nodeId);
  const { until, openReason = null, moveLinks, posts, words = null } = wanted;
  const plan: HandoverPlan = { until, openReason, moveLinks, posts };
  const { tree, nodeId, kind } = wanted;
  if (known) {
    await db.write('UPDATE handover SET kind = ?, plan = ?, words = ?, effective_at = ? WHERE id = ?', [
      ...[kind, JSON.stringify(plan), words, effectiveAt, handoverId],
    ]);
  } else {
    // No upsert: it would also take the place of another's that is prepared for the same node.
    await db.insert(HandoverRow, [
      {
        ...{ id: handoverId, tree, nodeId, kind, state: 'prepared', isOpen: 1, plan, words, effectiveAt },
        ...{ byId: caller.personId, byName: caller.name, at: caller.now },
      },
    ]);
  }
  const townId = townOfNode(caller.reference.tree, wanted);
  await db.upsert(
    DueWork,
    [
      {
        ...{ thingId: handoverId, kind: 'handover', aggregateId: handoverId, townId, clock: 'always' },
        ...{ limitMinutes: 0, usedMinutes: 0, nextAt: effectiveAt, rung: 0, attempts: 0 },
      },
    ],
    ['nextAt', 'rung', 'attempts'],
  );
  const facts = { tree, nodeId, reason: kind, posts: posts.length };
  await recordAct(db, caller, 'prepareHandover', { thingId: handoverId, townId, facts });
  return presentHandover(db, await visibleHandover(db, caller, handoverId), caller);
}

function timeOf(given: string, now: Date): Date {
  const at = new Date(given);
  if (at.getTime() < now.getTime() - hour || at.getTime() > now.getTime() + handoverLimits.plannedDays * day) {
    throw new Problem('handover.day', { fields: { effectiveAt: '请填现在以后、一年以内的时间' } });
  }
  return at;
}

/** Every post stands on this node and is the caller's to give; every successor could hold it today. */
async function mustBeOurs(db: Db, caller: Caller, { nodeId, posts, until, openReason }: Preparing): Promise<void> {
  if (posts.length === 0) throw new Problem('handover.no-posts');
  if (posts.some(({ successorId }) => successorId !== null) && until === null && openReason === undefined) {
    throw new Problem('post.until-needed', { fields: { until: '请填写到期日，或写明原因' } });
  }
  for (const { postId, successorId } of posts) {
    const post = await postById(db, postId);
    if (!post || post.nodeId !== nodeId || post.behalfOfId !== null || stateOf(post, caller.now) === 'over') {
      throw new Problem('handover.not-here');
    }
    if ([post.personId, successorId].includes(caller.personId)) throw new Problem('post.own');
    if (!mayGive(caller, post.role, post)) throw new Problem('access.forbidden');
    if (successorId !== null) await mustSucceed(db, caller, post, successorId);
  }
}

async function mustSucceed(db: Db, caller: Caller, post: PostRow, successorId: string): Promise<void> {
  const facts = await personFacts(db, successorId);
  const isKnown = facts !== null && (await isWithin(db, caller, successorId));
  if (!isKnown || facts.disabledAt !== null || successorId === post.personId) throw new Problem('handover.successor');
  const held = (await postsOfPerson(db, successorId)).filter((row) => stateOf(row, caller.now) !== 'over');
  try {
    mustFit(held, post);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code !== 'post.held-already') throw new Problem('handover.successor');
  }
}

async function mustBeAlone(db: Db, handoverId: string, nodeId: string): Promise<void> {
  const [other] = await db.query('SELECT 1 FROM handover WHERE node_id = ? AND is_open = 1 AND id <> ?', [
    nodeId,
    handoverId,
  ]);
  if (other) throw new Problem('handover.prepared-already');
}

/** Its time has come. Those who leave with tasks in hand are told by the messages. */
export async function applyHandover(db: Db, row: HandoverRow, moment: Moment): Promise<void> {
  const taken = await db.write(
    "UPDATE handover SET state = 'applied', is_open = NULL, applied_at = ? WHERE id = ? AND state = 'prepared'",
    [moment.now, row.id],
  );
  if (taken === 0) return;
  const done = await carryOut(db, row, moment);
  await db.write('UPDATE handover SET done = ? WHERE id = ?', [JSON.stringify(done), row.id]);
  if (done.left.length > 0) await noteLeft(db, row, done, moment);
  await makeReadAnew(db);
}

export async function cancelHandover(db: Db, caller: Caller, handoverId: string): Promise<HandoverReply> {
  const row = await visibleHandover(db, caller, handoverId);
  if (row.state !== 'cancelled') {
    const cancelled = await db.write(
      "UPDATE handover SET state = 'cancelled', is_open = NULL WHERE id = ? AND state = 'prepared'",
      [handoverId],
    );
    if (cancelled === 0) throw new Problem('handover.wrong-state');
    await db.write("DELETE FROM due_work WHERE thing_id = ? AND kind = 'handover'", [handoverId]);
    await recordAct(db, caller, 'cancelHandover', { thingId: handoverId });
  }
  return presentHandover(db, await visibleHandover(db, caller, handoverId), caller);
}

/** 撤回 within a day, as a second act that puts every row back. */
export async function undoHandover(db: Db, caller: Caller, handoverId: string): Promise<HandoverReply> {
  const row = await visibleHandover(db, caller, handoverId);
  if (row.state !== 'undone') {
    if (row.state !== 'applied') throw new Problem('handover.wrong-state');
    if (!mayUndo(row, caller)) throw new Problem('handover.too-late');
    const undone = await db.write(
      "UPDATE handover SET state = 'undone', undone_at = ?, undone_by_id = ? WHERE id = ? AND state = 'applied'",
      [caller.now, caller.personId, handoverId],
    );
    if (undone === 0) throw new Problem('handover.wrong-state');
    const left = await putBack(db, row, tellerOf(caller));
    const done = row.done && { ...row.done, left };
    await db.write('UPDATE handover SET done = ? WHERE id = ?', [JSON.stringify(done), handoverId]);
    await db.write("DELETE FROM due_work WHERE thing_id = ? AND kind = 'handover'", [handoverId]);
    await recordAct(db, caller, 'undoHandover', { thingId: handoverId, facts: { left: left.length } });
    await makeReadAnew(db);
  }
  return presentHandover(db, await visibleHandover(db, caller, handoverId), caller);
}

export const readHandover = async (db: Reading, caller: Caller, handoverId: string): Promise<HandoverReply> =>
  presentHandover(db, await visibleHandover(db, caller, handoverId), caller);

async function presentHandover(db: Reading, row: HandoverRow, caller: Caller): Promise<HandoverReply> {
  const brief = await handoverBrief(db, row, caller);
  return { ...brief, ...(await linesOf(db, row, caller)) };
}

/** Row by row: what will change as things stand now; once applied, what has. */
async function linesOf(
  db: Reading,
  row: HandoverRow,
  { now }: Caller,
): Promise<Pick<HandoverReply, 'lines' | 'warnings'>> {
  const lines: Line[] = [];
  const warnings: string[] = [...(row.done?.left ?? [])];
  for (const { postId, successorId } of row.plan.posts) {
    const post = await postById(db, postId);
    if (!post) continue;
    const to = successorId === null ? null : await personFacts(db, successorId);
    lines.push({
      what: roleNames[post.role],
      words: `${post.personName} → ${to?.name ?? '空缺，由上一级代管'}`,
      count: null,
    });
    if (row.state !== 'prepared') continue;
    if (to?.disabledAt) warnings.push(`${to.name}的账号已停用，到时这个职务会空缺。`);
    if (stateOf(post, now) === 'over') warnings.push(`${post.personName}的职务已经结束，到时不再变动。`);
    const { deskOrders, promises, links, tasks } = await hangingOnPost(db, post, now);
    const more = (what: string, count: number, words: string) => count > 0 && lines.push({ what, words, count });
    more('保密件的经办人', deskOrders.length, to ? `改为${to.name}` : '由代管的一级重新打开');
    if (to) more('党组织的承诺', promises.length, `责任人改为${to.name}`);
    if (to && row.plan.moveLinks) more('联系的家庭', links.length, `改由${to.name}联系`);
    more('手上的任务', tasks, `请${post.personName}逐件选接着办还是交出去`);
  }
  if (row.done) lines.push(...changedLines(row), ...(await taskLines(db, row)));
  return { lines, warnings };
}

/** 手上的任务: how those who left have answered so far. */
async function taskLines(db: Reading, { plan, state }: HandoverRow): Promise<Line[]> {
  const held = await heldTasksOf(
    db,
    plan.posts.map(({ postId }) => postId),
  );
  // Taken back, nobody is asked any more.
  const answered = held.filter(({ kept, passedOn }) => state === 'applied' || kept + passedOn > 0);
  return answered.map(({ name, open, kept, passedOn }) => ({
    what: `${name}手上的任务`,
    words: [
      ...(kept > 0 ? [`接着办 ${kept} 件`] : []),
      ...(passedOn > 0 ? [`交出 ${passedOn} 件`] : []),
      ...(open > 0 ? [`还没答复 ${open} 件`] : []),
    ].join('，'),
    count: open + kept + passedOn,
  }));
}

const tableNames = {
  role_grant: '任职',
  service_order: '保密件的经办人',
  commitment: '党组织的承诺',
};

function changedLines({ done, state }: HandoverRow): Line[] {
  const words = state === 'undone' ? '已恢复' : '已变更';
  const links = (done?.links ?? []).reduce((sum, { linkIds }) => sum + linkIds.length, 0);
  const passed = links === 0 ? [] : [{ what: '联系的家庭', words, count: links }];
  const rows = (Object.keys(tableNames) as (keyof typeof tableNames)[]).flatMap((table) => {
    // A post that ends changes in several columns and is one post.
    const count = new Set((done?.changed ?? []).flatMap((each) => (each.table === table ? [each.id] : []))).size;
    return count === 0 ? [] : [{ what: tableNames[table], words, count }];
  });
  return [...rows, ...passed];
}
