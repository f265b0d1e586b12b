import type { CallReason } from '@sandan/shared/calls/call.words';
import type { Db } from '../../foundation/database/connect';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { newId } from '../../foundation/ids';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import { reachedByWechat } from '../messages/messages.queries';
import { CallNote } from './call-note.entity';
import { stands } from './calls.queries';

const day = 24 * 60 * 60_000;
/** Who has not opened the app for so long is not told by its inbox (domain.md §8). */
const silentFor = 7 * day;
/** So long WeChat has to bring its message, before somebody is asked to ring. */
const patience = 60 * 60_000;
/** Of what waits for his answer, or sends him elsewhere, everybody is told: so long he has to look himself. */
const ownTime = day;

/** What is told by telephone where nothing else reaches: domain.md §8, last column. */
function reasonOf({ thing, action, facts }: DomainEvent): CallReason | null {
  if (thing === 'clock') return reasonOfClock(action, facts);
  const reasons: Readonly<Record<string, CallReason>> = {
    'order.ask': 'asking',
    'order.decline': 'declined',
    'task.claim': 'claimed',
  };
  return reasons[`${thing}.${action}`] ?? null;
}

/** On the fifth day; and a question that nobody has answered is not closed before somebody has rung (domain.md §3.2). */
function reasonOfClock(action: string, facts: DomainEvent['facts']): CallReason | null {
  if (facts?.['clock'] === 'feedback') return Number(facts['rung']) >= 1 ? 'reported' : null;
  return facts?.['clock'] === 'asking' && action === 'overdue' ? 'asking' : null;
}

interface Callee {
  requesterId: string | null;
  /** Spoken, or entered by somebody else: he does not look into the app. */
  isSpoken: boolean;
  seenAt: Date | null;
}

async function calleeOf(db: Db, orderId: string): Promise<Callee | null> {
  const [row] = await db.query<Omit<Callee, 'isSpoken'> & { isSpoken: number }>(
    `SELECT o.requester_id AS requesterId, o.words IS NULL OR o.source IN ('proxy', 'hub') AS isSpoken,
       (SELECT MAX(s.last_seen_at) FROM session s WHERE s.person_id = o.requester_id) AS seenAt
     FROM service_order o WHERE o.id = ?`,
    [orderId],
  );
  return row ? { ...row, isSpoken: Number(row.isSpoken) === 1 } : null;
}

/** 并单: the orders of others that this one is done for; each is asked once, as its own requester is (domain.md §8). */
async function mergedInto(db: Db, primaryId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT o.id FROM service_order p JOIN service_order o ON o.primary_id = p.id AND o.state = 'merged'
       AND (o.requester_id IS NULL OR p.requester_id IS NULL OR o.requester_id <> p.requester_id)
     WHERE p.id = ? AND NOT EXISTS (SELECT 1 FROM call_note c
       WHERE c.order_id = o.id AND c.reason = 'reported' AND c.since >= p.reported_at) ORDER BY o.id`,
    [primaryId],
  );
  return rows.map(({ id }) => id);
}

const callKind = 'call';

/** 电话通知单: at once for whom nothing can reach; for who has been silent, once WeChat has had its time. */
export const callNotes: Reaction = {
  name: 'orders.calls',
  wants: ({ thing, action }) =>
    ['order.ask', 'order.decline', 'task.claim', 'clock.halfTime', 'clock.overdue'].includes(`${thing}.${action}`),
  run: async (db, event) => {
    const reason = reasonOf(event);
    const callee = reason && (await calleeOf(db, event.aggregateId));
    if (!callee) return;
    const wait = event.thing === 'clock' ? 0 : waitOf(reason, callee, event.at);
    if (wait !== null) await note(db, event, reason, new Date(event.at.getTime() + wait));
    if (reason !== 'reported') return;
    for (const orderId of await mergedInto(db, event.aggregateId))
      await note(db, { ...event, id: newId(event.at), aggregateId: orderId }, reason, event.at);
  },
};

/** How long before somebody rings; null: nobody has to. */
function waitOf(reason: CallReason, { isSpoken, requesterId, seenAt }: Callee, at: Date): number | null {
  if (isSpoken || requesterId === null) return 0;
  if (seenAt === null || seenAt.getTime() <= at.getTime() - silentFor) return patience;
  return reason === 'asking' || reason === 'declined' ? ownTime : null;
}

/** One open call for each order and reason: a second reminder asks for no second call, but of what is new it begins anew. */
async function note(db: Db, event: DomainEvent, reason: CallReason, nextAt: Date): Promise<void> {
  const { id: eventId, aggregateId: orderId, townId, at } = event;
  const [open] = await db.query<{ id: string }>(
    "SELECT id FROM call_note WHERE order_id = ? AND reason = ? AND state IN ('waiting', 'visit') LIMIT 1",
    [orderId, reason],
  );
  // Whoever has looked into the app before is asked again: that he has looked is no answer.
  if (open && event.thing === 'clock')
    return void (await db.write('UPDATE call_note SET since = ? WHERE id = ?', [at, open.id]));
  const id = open?.id ?? newId(at);
  await db.upsert(
    CallNote,
    [{ id, orderId, eventId, reason, state: 'waiting', since: at, nextAt, tries: 0 }],
    ['eventId', 'state', 'since', 'nextAt', 'tries'],
  );
  if (nextAt <= at) return;
  const clock = {
    ...{ thingId: id, kind: callKind, aggregateId: orderId, townId, clock: 'always', limitMinutes: 0, usedMinutes: 0 },
    ...{ runningSince: null, dueAt: null, nextAt, rung: 0, leasedUntil: null, attempts: 0, error: null },
  };
  await db.upsert(DueWork, [clock], ['nextAt', 'rung', 'leasedUntil', 'attempts', 'error']);
}

/** WeChat has had its time: whoever got its message is not rung. */
const settleReached: DueHandler = async (db, { thingId }, now) => {
  const [row] = await db.query<{ eventId: string; requesterId: string | null }>(
    `SELECT c.event_id AS eventId, o.requester_id AS requesterId FROM call_note c JOIN service_order o ON o.id = c.order_id
     WHERE c.id = ? AND c.state = 'waiting'`,
    [thingId],
  );
  if (row?.requesterId && (await reachedByWechat(db, row.requesterId, row.eventId)))
    await db.write("UPDATE call_note SET state = 'unneeded', settled_at = ? WHERE id = ? AND state = 'waiting'", [
      ...[now, thingId],
    ]);
  return null;
};

/** Calls whose order has moved on: nobody has to make them any more, and no list has to look at them. Returns how many. */
export async function settleOutdated(db: Db, now: Date): Promise<number> {
  const rows = await db.query<{ id: string }>(
    `SELECT c.id FROM call_note c JOIN service_order o ON o.id = c.order_id
     WHERE c.state IN ('waiting', 'visit') AND c.since < ? AND NOT ${stands} LIMIT 20000`,
    [new Date(now.getTime() - day)],
  );
  if (rows.length === 0) return 0;
  return db.write(
    "UPDATE call_note SET state = 'unneeded', settled_at = ? WHERE id IN (?) AND state IN ('waiting', 'visit')",
    [now, rows.map(({ id }) => id)],
  );
}

export const callDueWork: Readonly<Record<string, DueHandler>> = { [callKind]: settleReached };
