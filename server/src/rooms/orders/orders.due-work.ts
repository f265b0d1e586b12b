import { newId } from '../../foundation/ids';
import { addMinutes, type ClockKind } from '@sandan/shared/working-time';
import { chinaYear, isQuiet, nextQuietEnd } from '@sandan/shared/china-time';
import type { Db } from '../../foundation/database/connect';
import type { Alarm, DueHandler } from '../../foundation/due-work/due-work';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import { History } from '../../foundation/outbox/history.entity';
import type { Reference } from '../../foundation/reference/reference';
import { advance, basisOf, categoryOf, systemActor, townOf, type Actor, type OrderStep } from './advance';
import { clocksOnly, stopTask } from './clock-changes';
import { finished } from './close.service';
import { isSampleOpen } from './inspect.service';
import { orderStepOf } from './act-task';
import { nextAlarm, startClock } from './order-clocks';
import { loadRecord, type OrderRecord } from './order-record';
import { escalated } from './route.service';
import { cancelOpen, resumed } from './study.service';
import { raiseSupervision } from './watch.service';
import { nextFallback } from './fallback';
import type { Task } from './task.entity';

/** Time passes (domain.md §4): reminders, fallback and escalation, silent closes, archiving. */
interface Ring {
  db: Db;
  row: DueWork;
  record: OrderRecord;
  actor: Actor;
  /** The due moment has come; before it the alarm is a reminder. */
  isDue: boolean;
}

type OnRing = (ring: Ring) => Promise<Alarm | null>;

const handler =
  (expects: (record: OrderRecord, row: DueWork) => boolean, onRing: OnRing): DueHandler =>
  async (db: Db, row: DueWork, now: Date, reference: Reference) => {
    const record = await loadRecord(db, row.aggregateId, null);
    if (!record || !row.dueAt || !expects(record, row)) return null;
    const actor = systemActor(now, reference);
    const { quiet } = townOf(record, reference);
    // A worker that was away over an alarm rings in the morning, and once for all that it has missed.
    if (record.urgency !== 'emergency' && isQuiet(now.getTime(), quiet)) {
      return { at: new Date(nextQuietEnd(now.getTime(), quiet)), rung: row.rung };
    }
    const ring = { db, row, record, actor, isDue: now >= row.dueAt };
    return onRing({ ...ring, row: { ...row, rung: missed(ring) } });
  };

const again = ({ row, record, actor }: Ring): Alarm | null => {
  const rung = row.rung + 1;
  const at = nextAlarm({ ...row, rung }, townOf(record, actor.reference), record.urgency);
  return at && { at, rung };
};

/** The last of the alarms that have come by now. */
function missed(ring: Ring): number {
  for (let rung = ring.row.rung; ; rung += 1) {
    const next = again({ ...ring, row: { ...ring.row, rung } });
    if (!next || next.at > ring.actor.now) return rung;
  }
}

/** A row of history that nobody reads but the messages: a reminder, or that something is overdue. */
async function tell(
  { db, row, record, actor, isDue }: Ring,
  facts: Record<string, string | number> = {},
): Promise<void> {
  await db.insert(History, [
    {
      id: newId(actor.now),
      thing: 'clock',
      thingId: row.thingId,
      aggregateId: record.id,
      seq: record.version,
      townId: record.townId,
      action: isDue ? 'overdue' : 'halfTime',
      actorId: null,
      actorName: actor.name,
      actorRole: actor.role,
      at: actor.now,
      fromState: null,
      toState: null,
      words: null,
      facts: { clock: row.kind, rung: row.rung, ...facts },
    },
  ]);
}

const step = (ring: Ring, action: NonNullable<OrderStep['action']>, rest: Partial<OrderStep>): Promise<OrderRecord> =>
  advance(ring.db, ring.record, { actionId: newId(ring.actor.now), actor: ring.actor, action, ...rest });

const tellAndGoOn: OnRing = async (ring) => {
  await tell(ring);
  return again(ring);
};

/** 研判超时: told to the desk; overdue by one more limit it goes to the desk above. */
const study: OnRing = async (ring) => {
  const { record, row, actor } = ring;
  const town = townOf(record, actor.reference);
  const escalateAt = row.dueAt
    ? addMinutes(town.calendar, row.clock as ClockKind, row.dueAt.getTime(), row.limitMinutes)
    : Infinity;
  const isLate = actor.now.getTime() >= escalateAt;
  if (isLate && canGoUp(record, actor)) {
    await step(ring, 'escalate', { ...escalated(record, actor, '研判超时，系统上报', { reason: 'studyOverdue' }) });
    return null;
  }
  if (isLate) await superviseTop(ring, record, '研判超时，请尽快研判。');
  await tell(ring);
  const next = again(ring);
  if (!ring.isDue || isLate || (next && next.at.getTime() <= escalateAt)) return next;
  return { at: new Date(escalateAt), rung: row.rung + 1 };
};

const canGoUp = (record: OrderRecord, { reference }: Actor): boolean =>
  reference.tree.gridOf(record.deskGridId).tier !== 'town';

/** At the top nothing can be passed on; the town's desk is called to account instead, once. */
async function superviseTop({ db, actor }: Ring, record: OrderRecord, words: string): Promise<void> {
  if (record.supervisions > 0) return;
  await advance(db, record, {
    actionId: newId(actor.now),
    actor,
    action: 'supervise',
    set: { supervisions: record.supervisions + 1 },
    words,
    beside: (tx) => raiseSupervision(tx, record, actor, words, null),
  });
}

const taskOf = ({ record, row }: Ring): Task | undefined => record.tasks.find(({ id }) => id === row.thingId);

/** 无人接单: remind → linked member, hub, group lead → escalate (domain.md §3.4 fallback). */
const claim: OnRing = async (ring) => {
  const { db, record, actor, isDue } = ring;
  const task = taskOf(ring);
  if (!task) return null;
  // A team that has begun to gather stays short: the desk starts it, puts it off or cancels it.
  if (!isDue || task.taken > 0) return tellAndGoOn(ring);
  const category = categoryOf(record, actor.reference);
  const actionId = newId(actor.now);
  const next = category.fallbackAssign && wasOpen(task) ? await nextFallback(db, record, task, actor) : null;
  if (next) {
    await advance(
      db,
      record,
      orderStepOf(record, task, 'reassign', actor, actionId, {
        to: 'offered',
        taskSet: { mode: 'assigned', places: 1, minPlaces: 1, assigneeId: next.personId, fallbackStep: next.step },
        clocks: [startClock('claim', basisOf(record, actor, task.id), 0.5)],
        facts: { toPersonId: next.personId, fallback: next.kind },
      }),
    );
    return null;
  }
  await expire(ring, task, actionId);
  return null;
};

/** Offered to all at first; whom the desk or the resident has chosen is nobody's stand-in. */
const wasOpen = ({ mode, fallbackStep }: Task): boolean => mode === 'open' || mode === 'team' || fallbackStep > 0;

/** Nobody took it: the order comes back to the desk, and goes up where it had been open to all. */
async function expire(ring: Ring, task: Task, actionId: string): Promise<void> {
  const { db, record, actor } = ring;
  const expired = await advance(
    db,
    record,
    orderStepOf(record, task, 'expire', actor, actionId, { to: 'expired', clocks: stopTask(record, actor, task.id) }),
  );
  if (!wasOpen(task) || !['accepted', 'handling'].includes(expired.state)) return;
  const fresh = await loadRecord(db, record.id, null);
  if (!fresh) return;
  if (!canGoUp(fresh, actor)) return superviseTop(ring, fresh, '无人接单，请尽快安排。');
  const up = escalated(fresh, actor, '无人接单，系统上报', { reason: 'unclaimed' });
  await advance(db, fresh, { actionId: newId(actor.now), actor, action: 'escalate', ...up });
}

const contact: OnRing = async (ring) => {
  const { db, record, isDue } = ring;
  if (isDue && record.contactInTime === null) {
    await db.write('UPDATE service_order SET contact_in_time = 0 WHERE id = ?', [record.id]);
  }
  return tellAndGoOn(ring);
};

/** Who cannot tap is not closed by silence alone: one call must have been tried (domain.md §3.2). */
async function needsCall(db: Db, record: OrderRecord, now: Date): Promise<boolean> {
  if (record.callAttempts > 0) return false;
  if (record.source === 'proxy' || record.source === 'hub' || record.requesterId === null || record.words === null)
    return true;
  const [row] = await db.query<{ birth_year: number | null }>('SELECT birth_year FROM person WHERE id = ?', [
    record.requesterId,
  ]);
  return row?.birth_year !== null && row !== undefined && chinaYear(now.getTime()) - row.birth_year > 70;
}

/** 待确认: reminder on day 3, call list on day 5, closed apart as 未回应 on day 7. */
const feedback: OnRing = async (ring) => {
  const { db, record, actor, isDue } = ring;
  if (!isDue || (await needsCall(db, record, actor.now))) return tellAndGoOn(ring);
  await step(ring, 'lapseFeedback', {
    to: 'unanswered',
    set: { closedHow: 'silent', closedAt: actor.now },
    tasks: finished(record),
    clocks: clocksOnly(record, actor, 'unanswered'),
  });
  return null;
};

const asking: OnRing = async (ring) => {
  const { record, actor } = ring;
  if (record.callAttempts === 0) return tellAndGoOn(ring);
  await step(ring, 'lapseAnswer', {
    to: 'declined',
    set: { closedAt: actor.now },
    tasks: cancelOpen(record),
    clocks: clocksOnly(record, actor, 'declined'),
    words: '我们问的情况没有等到回复，方便时请再点单。',
    facts: { reason: 'noAnswer', reasonName: '补充无回应' },
  });
  return null;
};

const resume: OnRing = async (ring) => {
  await step(ring, 'resume', resumed(ring.record, ring.actor, null));
  return null;
};

const archive: OnRing = async (ring) => {
  const { db, record, actor } = ring;
  if (record.inSample === 1 && (await isSampleOpen(db, record.id))) return again(ring);
  await step(ring, 'archive', { to: 'archived', set: { inSample: 0 }, clocks: clocksOnly(record, actor, 'archived') });
  return null;
};

const settleFault: OnRing = async (ring) => {
  await step(ring, 'settleFault', {
    to: 'archived',
    set: { inSample: 0 },
    clocks: clocksOnly(ring.record, ring.actor, 'archived'),
  });
  return null;
};

const taskIs =
  (...states: Task['state'][]) =>
  (record: OrderRecord, row: DueWork): boolean =>
    record.tasks.some(({ id, state }) => id === row.thingId && states.includes(state));
const orderIs =
  (...states: OrderRecord['state'][]) =>
  (record: OrderRecord): boolean =>
    states.includes(record.state);

export const orderDueWork: Record<string, DueHandler> = {
  study: handler(orderIs('placed'), study),
  dispatch: handler(orderIs('accepted'), tellAndGoOn),
  verify: handler(orderIs('checking'), tellAndGoOn),
  review: handler(orderIs('inReview'), tellAndGoOn),
  asking: handler(orderIs('asking'), asking),
  resume: handler(orderIs('suspended'), resume),
  feedback: handler(orderIs('reported'), feedback),
  window: handler(orderIs('confirmed', 'unanswered'), archive),
  fault: handler(orderIs('confirmed', 'unanswered'), settleFault),
  claim: handler(taskIs('offered'), claim),
  contact: handler(taskIs('claimed'), contact),
  handle: handler(taskIs('claimed'), tellAndGoOn),
};
