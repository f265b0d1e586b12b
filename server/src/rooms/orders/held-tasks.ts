import { holds } from '../../foundation/access/caller';
import { callerById } from '../../foundation/access/sessions';
import type { Db } from '../../foundation/database/connect';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import type { Reference } from '../../foundation/reference/reference';
import { orderStepOf } from './act-task';
import { advance, systemActor } from './advance';
import { answerUntil } from './asked-seats';
import { leaveTask } from './leave-task';
import { loadRecord } from './order-record';

const kind = 'heldTasks';
/** As long as a handover may be taken back, nobody's tasks are taken from him. */
const undoable = 24 * 60 * 60_000;

/**
 * 换届: at the moment a post ends, whoever had it is asked about every task in hand (接着办 or 交出去). Given anew, as when
 * a handover is taken back, nothing is asked any more. 停用、去世: an account that is closed has no tasks.
 */
export const heldTasks: Reaction = {
  name: 'orders.heldTasks',
  wants: ({ thing, action }) =>
    (thing === 'post' && ['give', 'end'].includes(action)) ||
    (thing === 'person' && ['disable', 'die'].includes(action)),
  run: async (db, event, reference) => {
    if (event.thing === 'person') return releaseAll(db, event.thingId, 'accountClosed', event.at, reference);
    if (event.action === 'give') await forget(db, event.thingId);
    const until = event.facts?.['until'];
    if (typeof until === 'string') await askAt(db, event, new Date(until));
  },
};

/** At the end of its term a post ends by itself: the question has a clock from the day it is given. */
const askAt = (db: Db, { thingId, townId }: DomainEvent, nextAt: Date): Promise<void> =>
  db.upsert(
    DueWork,
    [
      {
        ...{ thingId, kind, aggregateId: thingId, townId, clock: 'always', limitMinutes: 0, usedMinutes: 0 },
        ...{ nextAt, rung: 0, attempts: 0 },
      },
    ],
    ['nextAt', 'rung', 'attempts'],
  );

async function forget(db: Db, postId: string): Promise<void> {
  await db.write('DELETE FROM due_work WHERE thing_id = ? AND kind = ?', [postId, kind]);
  await db.write('UPDATE task_claim SET asked_at = NULL, asked_in = NULL WHERE asked_in = ? AND asked_at IS NOT NULL', [
    postId,
  ]);
}

interface EndedPost {
  id: string;
  personId: string;
  endsAt: Date;
}

/** Asked when it ends; a day later, whoever may no longer handle anything is relieved; then the desk hears who is silent. */
const ring: DueHandler = async (db, { thingId, townId, rung }, now, reference) => {
  const post = await endedPost(db, thingId, now);
  if (!post) return null;
  const asked = await ask(db, post, now);
  if (rung === 0) {
    if (asked.length === 0) return null;
    const mayKeep = await mayHandle(db, post.personId, now, reference);
    await tell(db, post, { townId, now, facts: { count: asked.length, mayKeep } });
    return { at: new Date(now.getTime() + undoable), rung: 1 };
  }
  if (!(await mayHandle(db, post.personId, now, reference))) {
    await releaseAll(db, post.personId, 'postEnded', now, reference);
    return null;
  }
  const until = answerUntil(post.endsAt, reference.town(townId));
  if (now < until) return { at: until, rung: rung + 1 };
  await tellDesks(db, post, now);
  return null;
};

export const heldTasksDueWork: Readonly<Record<string, DueHandler>> = { [kind]: ring };

/** Null where it goes on, or where he has the same one again: re-elected, he is asked nothing. */
async function endedPost(db: Db, postId: string, now: Date): Promise<EndedPost | null> {
  const [post] = await db.query<EndedPost>(
    `SELECT g.id, g.person_id AS personId, g.ends_at AS endsAt FROM role_grant g
     WHERE g.id = ? AND g.ends_at <= ? AND g.behalf_of_id IS NULL AND NOT EXISTS (
       SELECT 1 FROM role_grant x WHERE x.person_id = g.person_id AND x.role = g.role AND x.node_id = g.node_id
         AND x.kind <=> g.kind AND x.starts_at <= ? AND (x.ends_at IS NULL OR x.ends_at > ?))`,
    [postId, now, now, now],
  );
  return post ?? null;
}

/** Marks what he had in hand when the post ended, each once; what was being claimed at that moment comes with the next ring. */
async function ask(db: Db, { id, personId, endsAt }: EndedPost, now: Date): Promise<string[]> {
  const rows = await db.query<{ taskId: string }>(
    `SELECT s.task_id AS taskId FROM task_claim s JOIN task t ON t.id = s.task_id
     WHERE s.person_id = ? AND s.state = 'taken' AND s.at <= ? AND t.state IN ('offered', 'claimed')
       AND (s.asked_in IS NULL OR s.asked_in <> ?) ORDER BY s.task_id`,
    [personId, endsAt, id],
  );
  const taskIds = rows.map(({ taskId }) => taskId);
  if (taskIds.length > 0)
    await db.write(
      "UPDATE task_claim SET asked_at = ?, asked_in = ? WHERE person_id = ? AND state = 'taken' AND task_id IN (?)",
      [now, id, personId, taskIds],
    );
  return taskIds;
}

/** Without any post left nobody handles anything: he can only give it away, and after a day the system does. */
async function mayHandle(db: Db, personId: string, now: Date, reference: Reference): Promise<boolean> {
  const references = { at: () => Promise.resolve(reference), current: () => Promise.resolve(reference) };
  const holder = await callerById(db, references, personId, now);
  return holder !== null && holds(holder, 'task.keep');
}

interface Telling {
  townId: string | null;
  now: Date;
  facts: { count: number; mayKeep: boolean };
}

/** An aggregate of its own: the messages follow it. */
async function tell(db: Db, { id: postId, personId }: EndedPost, { townId, now, facts }: Telling): Promise<void> {
  const id = newId(now);
  await db.insert(History, [
    {
      ...{ id, thing: kind, thingId: postId, aggregateId: id, seq: 1, townId, action: 'ask', at: now },
      ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null, fromState: null, toState: null },
      ...{ words: null, facts: { ...facts, personId }, fannedOutAt: null },
    },
  ]);
}

interface HeldTask {
  taskId: string;
  orderId: string;
}

const heldNow = (db: Db, personId: string, postId: string | null): Promise<HeldTask[]> =>
  db.query<HeldTask>(
    `SELECT s.task_id AS taskId, s.order_id AS orderId FROM task_claim s JOIN task t ON t.id = s.task_id
     WHERE s.person_id = ? AND s.state = 'taken' AND t.state IN ('offered', 'claimed')
       ${postId === null ? '' : 'AND s.asked_in = ? AND s.asked_at IS NOT NULL'} ORDER BY s.task_id`,
    [personId, ...(postId === null ? [] : [postId])],
  );

type ReleaseReason = 'postEnded' | 'accountClosed';
const releaseReasons: Readonly<Record<ReleaseReason, string>> = {
  postEnded: '原经办人已离任',
  accountClosed: '原经办人的账号已停用',
};

/** 经办人变动 (domain.md §3.4 release): back to the hall or the desk, without a blot on him. */
async function releaseAll(db: Db, personId: string, reason: ReleaseReason, now: Date, reference: Reference) {
  const actor = systemActor(now, reference);
  for (const { taskId, orderId } of await heldNow(db, personId, null)) {
    const record = await loadRecord(db, orderId, null);
    const task = record?.tasks.find(({ id }) => id === taskId);
    if (!record || !task || task.round !== record.round) continue;
    const left = leaveTask({ record, task, actor, personId, seat: 'released', reason: 'handover', isBlot: false });
    const step = { ...left, facts: { reason, reasonName: releaseReasons[reason], personId } };
    await advance(db, record, orderStepOf(record, task, 'release', actor, newId(now), step));
  }
}

/** A row that nobody reads but the messages, as for any clock of an order. */
async function tellDesks(db: Db, { id: postId, personId }: EndedPost, now: Date): Promise<void> {
  for (const { taskId, orderId } of await heldNow(db, personId, postId)) {
    const record = await loadRecord(db, orderId, null);
    if (!record) continue;
    await db.insert(History, [
      {
        ...{ id: newId(now), thing: 'clock', thingId: taskId, aggregateId: orderId, seq: record.version },
        ...{ townId: record.townId, action: 'unanswered', at: now, fromState: null, toState: null },
        ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null },
        ...{ words: null, facts: { clock: kind }, fannedOutAt: null },
      },
    ]);
  }
}
