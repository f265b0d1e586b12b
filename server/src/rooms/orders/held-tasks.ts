import { holds } from '../../foundation/access/caller';
import { endOfTerm, windTerms } from '../../foundation/access/given-posts';
import { callerUnder } from '../../foundation/access/sessions';
import type { Db } from '../../foundation/database/connect';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import type { Reaction } from '../../foundation/outbox/outbox';
import type { Reference } from '../../foundation/reference/reference';
import { answerUntil } from './asked-seats';
import { loadRecord } from './order-record';
import { heldBy, releaseAll, type HeldTask } from './release-tasks';

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
    const { thingId: id, townId } = event;
    if (typeof until === 'string') await windTerms(db, [{ id, townId, endsAt: new Date(until) }]);
  },
};

async function forget(db: Db, postId: string): Promise<void> {
  await db.write('DELETE FROM due_work WHERE thing_id = ? AND kind = ?', [postId, endOfTerm]);
  const seats = await db.query<HeldTask>(
    'SELECT task_id AS taskId, order_id AS orderId FROM task_claim WHERE asked_in = ? AND asked_at IS NOT NULL',
    [postId],
  );
  if (seats.length === 0) return;
  await moveOrders(db, seats);
  await db.write('UPDATE task_claim SET asked_at = NULL, asked_in = NULL WHERE asked_in = ? AND asked_at IS NOT NULL', [
    postId,
  ]);
}

interface EndedPost {
  id: string;
  personId: string;
  endsAt: Date;
}

/**
 * Asked when it ends, and a day later about what was being claimed at that very moment; then the desk hears who is silent.
 * Whoever may no longer handle anything is relieved after that day.
 */
const ring: DueHandler = async (db, { thingId, townId, rung }, now, reference) => {
  const post = await endedPost(db, thingId, now);
  if (!post) return null;
  const mayKeep = await mayHandle(db, post.personId, now, reference);
  if (!mayKeep && (await lastEnded(db, post.personId, now)) !== post.id) return null;
  if (!mayKeep && rung > 0) {
    await releaseAll(db, post.personId, 'postEnded', now, reference);
    return null;
  }
  const asked = await ask(db, post, now);
  const count = mayKeep ? asked : (await heldBy(db, post.personId)).length;
  if (count > 0) await tell(db, post, { townId, now, facts: { count, mayKeep } });
  if (rung === 0) return { at: new Date(now.getTime() + undoable), rung: 1 };
  const open = await openSeats(db, post);
  if (open.length === 0) return null;
  const until = answerUntil(lastAskedOf(open), reference.town(townId));
  if (now < until) return { at: until, rung: rung + 1 };
  await tellDesks(db, open, now);
  return null;
};

export const heldTasksDueWork: Readonly<Record<string, DueHandler>> = { [endOfTerm]: ring };

/** One that never began does not end. Where he has the same one again it has not ended: re-elected, he is asked nothing. */
const hasEnded = `g.ends_at <= ? AND g.starts_at < g.ends_at AND g.behalf_of_id IS NULL AND NOT EXISTS (
  SELECT 1 FROM role_grant x WHERE x.person_id = g.person_id AND x.role = g.role AND x.node_id = g.node_id
    AND x.kind <=> g.kind AND x.starts_at <= ? AND (x.ends_at IS NULL OR x.ends_at > ?))`;

/** Null where it goes on. */
async function endedPost(db: Db, postId: string, now: Date): Promise<EndedPost | null> {
  const [post] = await db.query<EndedPost>(
    `SELECT g.id, g.person_id AS personId, g.ends_at AS endsAt FROM role_grant g WHERE g.id = ? AND ${hasEnded}`,
    [postId, now, now, now],
  );
  return post ?? null;
}

/** Of several that are over the last one relieves him, so that a day for taking back has passed since each. */
async function lastEnded(db: Db, personId: string, now: Date): Promise<string | undefined> {
  const [last] = await db.query<{ id: string }>(
    `SELECT g.id FROM role_grant g WHERE g.person_id = ? AND ${hasEnded} ORDER BY g.ends_at DESC, g.id DESC LIMIT 1`,
    [personId, now, now, now],
  );
  return last?.id;
}

/**
 * Marks what he had in hand when the post ended and returns how many. Each is asked once, whatever else of his ends: the
 * answer holds. Whoever gives one back at that moment decides anew, his order has moved.
 */
async function ask(db: Db, { id, personId, endsAt }: EndedPost, now: Date): Promise<number> {
  const seats = await db.query<HeldTask>(
    `SELECT s.task_id AS taskId, s.order_id AS orderId FROM task_claim s JOIN task t ON t.id = s.task_id
     WHERE s.person_id = ? AND s.state = 'taken' AND s.at <= ? AND s.asked_in IS NULL AND t.state IN ('offered', 'claimed')`,
    [personId, endsAt],
  );
  if (seats.length === 0) return 0;
  await moveOrders(db, seats);
  return db.write(
    `UPDATE task_claim SET asked_at = ?, asked_in = ?
     WHERE person_id = ? AND state = 'taken' AND asked_in IS NULL AND task_id IN (?)`,
    [now, id, personId, seats.map(({ taskId }) => taskId)],
  );
}

/** The root before what hangs on it (decisions.md §1.1). */
async function moveOrders(db: Db, seats: readonly HeldTask[]): Promise<void> {
  const orderIds = [...new Set(seats.map(({ orderId }) => orderId))].sort();
  await db.write('UPDATE service_order SET version = version + 1 WHERE id IN (?)', [orderIds]);
}

interface OpenSeat extends HeldTask {
  askedAt: Date;
}

/** Asked when this post ended, and without an answer. */
const openSeats = (db: Db, { id, personId }: Pick<EndedPost, 'id' | 'personId'>): Promise<OpenSeat[]> =>
  db.query<OpenSeat>(
    `SELECT s.task_id AS taskId, s.order_id AS orderId, s.asked_at AS askedAt FROM task_claim s JOIN task t ON t.id = s.task_id
     WHERE s.asked_in = ? AND s.person_id = ? AND s.asked_at IS NOT NULL AND s.state = 'taken'
       AND t.state IN ('offered', 'claimed') ORDER BY s.task_id`,
    [id, personId],
  );

/** As late as he has been promised for any of them. */
const lastAskedOf = (seats: readonly OpenSeat[]): Date =>
  new Date(Math.max(...seats.map(({ askedAt }) => askedAt.getTime())));

/** Without any post left nobody handles anything: he can only give it away, and after a day the system does. */
async function mayHandle(db: Db, personId: string, now: Date, reference: Reference): Promise<boolean> {
  const holder = await callerUnder(db, reference, personId, now);
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
      ...{ id, thing: 'heldTasks', thingId: postId, aggregateId: id, seq: 1, townId, action: 'ask', at: now },
      ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null, fromState: null, toState: null },
      ...{ words: null, facts: { ...facts, personId }, fannedOutAt: null },
    },
  ]);
}

/** A row that nobody reads but the messages, as for any clock of an order. */
async function tellDesks(db: Db, seats: readonly OpenSeat[], now: Date): Promise<void> {
  for (const { taskId, orderId } of seats) {
    const record = await loadRecord(db, orderId, null);
    if (!record) continue;
    await db.insert(History, [
      {
        ...{ id: newId(now), thing: 'clock', thingId: taskId, aggregateId: orderId, seq: record.version },
        ...{ townId: record.townId, action: 'unanswered', at: now, fromState: null, toState: null },
        ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null },
        ...{ words: null, facts: { clock: endOfTerm }, fannedOutAt: null },
      },
    ]);
  }
}
