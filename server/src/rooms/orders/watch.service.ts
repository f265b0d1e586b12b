import { newId } from '../../foundation/ids';
import type { BodyOf } from '@sandan/shared/endpoint';
import { chinaDay } from '@sandan/shared/china-time';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import { Problem } from '@sandan/shared/problems';
import type { Db } from '../../foundation/database/connect';
import { mayAct, type Effect } from './act';
import { basisOf, type Actor } from './advance';
import { concealed, concealing } from './conceal';
import { checkNotPast } from './dates';
import { extendClock, startClock } from './order-clocks';
import type { OrderRecord } from './order-record';
import { OrderParty, OrderReminder, Supervision } from './order.entity';

type Body<Name extends keyof typeof ordersApi> = BodyOf<(typeof ordersApi)[Name]>;

/** 催办: once a day is a unique key; the third raises a supervision (domain.md §3.2). */
export const remind: Effect<Body<'remind'>> = async ({ db, record, actor, caller }, { words }) => {
  const day = chinaDay(actor.now.getTime());
  const [today] = await db.query('SELECT 1 FROM order_reminder WHERE order_id = ? AND person_id = ? AND day = ?', [
    record.id,
    caller.personId,
    day,
  ]);
  if (today) throw new Problem('order.reminded-today');
  const reminders = record.reminders + 1;
  return {
    beside: async (tx) => {
      await tx.insert(OrderReminder, [{ orderId: record.id, personId: caller.personId, day, at: actor.now }]);
      if (reminders === 3) await raiseSupervision(tx, record, actor, '群众已催办三次，请尽快办理并答复。', null);
    },
    set: { reminders, ...(reminders === 3 ? { supervisions: record.supervisions + 1 } : {}) },
    words: words ?? null,
    facts: { count: reminders },
  };
};

export async function raiseSupervision(db: Db, record: OrderRecord, actor: Actor, words: string, dueOn: string | null) {
  await db.insert(Supervision, [
    {
      id: newId(actor.now),
      orderId: record.id,
      byId: actor.id ?? record.id,
      byName: actor.role === 'resident' ? '系统' : actor.name,
      byRole: actor.role === 'resident' ? 'system' : actor.role,
      words,
      dueOn,
      at: actor.now,
      answeredAt: null,
    },
  ]);
}

export const supervise: Effect<Body<'supervise'>> = async ({ record, actor }, { words, dueOn }) => {
  checkNotPast(dueOn, actor.now, 'dueOn');
  return {
    set: { supervisions: record.supervisions + 1 },
    words,
    facts: { dueOn: dueOn ?? null },
    beside: (db) => raiseSupervision(db, record, actor, words, dueOn ?? null),
  };
};

export const answerSupervision: Effect<Body<'answerSupervision'>> = async ({ record, actor }, { words }) => ({
  set: { supervisions: 0 },
  words,
  beside: async (db) => {
    await db.write('UPDATE supervision SET answered_at = ? WHERE order_id = ? AND answered_at IS NULL', [
      actor.now,
      record.id,
    ]);
  },
});

/** 我也是: told at the end, may comment, does not rate. */
export const meToo: Effect<Body<'meToo'>> = async ({ record, actor, caller }, { words }) => ({
  set: { meToos: record.meToos + 1 },
  known: { parties: [...record.parties, { personId: caller.personId, kind: 'meToo' }] },
  words: words ?? null,
  beside: (db) =>
    db.insert(OrderParty, [
      {
        orderId: record.id,
        personId: caller.personId,
        kind: 'meToo',
        fromOrderId: null,
        words: words ?? null,
        at: actor.now,
      },
    ]),
});

/** 延期: once by the desk up to the original limit; the second time it is the parent's. */
export const extend: Effect<Body<'extend'>> = async ({ record, actor, caller }, { taskId, words, minutes }) => {
  const task = record.tasks.find(({ id }) => id === taskId);
  if (!task || task.state !== 'claimed') throw new Problem('task.wrong-state');
  const clock = record.clocks.find(({ thingId, kind }) => thingId === taskId && kind === 'handle');
  if (!clock?.dueAt || clock.dueAt < actor.now) throw new Problem('order.past-due');
  const byParent = caller.grants.some(({ role }) => role === 'townDispatcher');
  if (task.extensions >= (byParent ? 2 : 1)) throw new Problem('order.extended-enough');
  const original = startClock('handle', basisOf(record, actor, taskId)).limitMinutes;
  const more = Math.min(minutes ?? original, original);
  return {
    clocks: [extendClock(clock, basisOf(record, actor, taskId), more)],
    tasks: [{ task, action: 'askExtension', to: 'claimed', set: { extensions: task.extensions + 1 }, told: false }],
    words,
    facts: { minutes: Math.round(more) },
  };
};

/** 转为保密: hall, public page and hints drop it at once; claimed tasks become assigned ones, offered ones go. */
export const protect: Effect<Body<'protect'>> = async ({ record, caller, actor }, { words }) => ({
  ...concealed(record, actor),
  set: {
    visibility: 'confidential',
    publicSummary: null,
    deskPersonId: mayAct('accept', record, caller) ? caller.personId : record.deskPersonId,
  },
  words,
  facts: concealing,
});

export const correctPerson: Effect<Body<'correctPerson'>> = async ({ db, record }, { requesterId, words }) => {
  const [person] = await db.query<{ household_id: string | null }>(
    'SELECT household_id FROM person WHERE id = ? AND disabled_at IS NULL',
    [requesterId],
  );
  if (!person) throw new Problem('request.bad-input', { fields: { requesterId: '没有找到这个人' } });
  return { set: { requesterId, householdId: person.household_id }, words, facts: { from: record.requesterId } };
};

/** A call that was tried: without one, a silent order of somebody who does not tap is never closed. */
export const noteCall: Effect<Body<'noteCall'>> = async ({ record }, { reached, words }) => ({
  set: { callAttempts: record.callAttempts + 1 },
  words: words ?? null,
  facts: { reached },
});
