import type { BodyOf } from '@sandan/shared/endpoint';
import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import { Problem } from '@sandan/shared/problems';
import { declineReasons, suspendReasons } from '@sandan/shared/orders/order.words';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import { addMinutes, type ClockKind } from '@sandan/shared/working-time';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import { roleFor } from '../../foundation/access/caller';
import type { Effect, Scene } from './act';
import { basisOf, categoryOf, derivedState, type Actor } from './advance';
import { clocksInto, clocksOnly, goOn, stopAll } from './clock-changes';
import { concealed, concealing } from './conceal';
import { clockUntil, nextAlarm, startClock, type ClockName } from './order-clocks';
import { deskColumns, deskAbove } from './order-places';
import type { OrderRecord } from './order-record';
import { evidence } from './order-checks';
import { seatOf, settledTask } from './settled-task';
import type { Order } from './order.entity';

type Body<Name extends keyof typeof ordersApi> = BodyOf<(typeof ordersApi)[Name]>;

/** 当场办结: one form, one task claimed and reported by the actor. */
export const settle: Effect<Body<'settle'>> = async (scene, body) => {
  const { record, actor } = scene;
  const { task, seat } = settledTask(scene, body);
  return {
    to: 'reported',
    set: {
      onTheSpot: 1,
      selfHandled: roleFor(scene.caller, 'order.accept', record.deskGridId) === actor.role ? 1 : 0,
      acceptedAt: record.acceptedAt ?? actor.now,
      contactInTime: 1,
    },
    offered: [task],
    seated: [seat],
    known: { seats: [...record.seats, seatOf(seat, scene.caller)] },
    beside: evidence(record, actor, body.photoIds, scene.actionId),
    clocks: clocksInto(record, actor, 'reported'),
    words: body.words,
    facts: { outcome: body.outcome },
  };
};

/** 打开保密件: whoever opens it is its named desk person from then on. */
export const open: Effect<Body<'open'>> = async ({ caller }) => ({ set: { deskPersonId: caller.personId } });

export const ask: Effect<Body<'ask'>> = async ({ record, actor }, { words }) => ({
  set: { asks: record.asks + 1, question: words, callAttempts: 0 },
  clocks: clocksInto(record, actor, 'asking'),
  words,
});

export const answer: Effect<Body<'answer'>> = async ({ record, actor, actionId }, { words, photoIds }) => {
  const paused = stopAll(record, actor).filter(({ thingId, kind }) => thingId === record.id && kind !== 'study');
  return {
    set: { question: null },
    clocks: [...paused, goOn(record, actor, 'study')],
    words,
    beside: evidence(record, actor, photoIds, actionId),
  };
};

type Classification = Pick<
  Body<'reclassify'>,
  'categoryId' | 'urgency' | 'visibility' | 'title' | 'publicSummary' | 'requesterConsents'
>;

/** Category, urgency, visibility, title and summary as the desk sets them. Throws when a rule forbids it. */
function classified(record: OrderRecord, actor: Actor, body: Classification): Partial<Order> {
  const category = body.categoryId ? actor.reference.category(body.categoryId) : categoryOf(record, actor.reference);
  if (!category) throw new Problem('category.not-found');
  const changed = category.id !== record.categoryId;
  const visibility =
    body.visibility ?? (changed && category.visibility === 'confidential' ? 'confidential' : record.visibility);
  if (record.visibility === 'confidential' && visibility !== 'confidential' && !body.requesterConsents) {
    throw new Problem('order.lower-confidential');
  }
  const summary = body.publicSummary ?? record.publicSummary ?? (visibility === 'open' ? category.name : null);
  return {
    categoryId: category.id,
    urgency: body.urgency ?? (changed ? category.urgency : record.urgency),
    visibility,
    title: body.title ?? (changed ? category.name : record.title),
    publicSummary: visibility === 'confidential' ? null : summary,
  };
}

export const accept: Effect<Body<'accept'>> = async ({ record, actor }, body) => {
  const set = { ...classified(record, actor, body), acceptedAt: record.acceptedAt ?? actor.now };
  const facts = becomesConfidential(record, set) ? { facts: concealing } : {};
  return { set, clocks: clocksInto({ ...record, ...set }, actor, 'accepted'), words: body.words ?? null, ...facts };
};

/** 调整类别: the limits run from the acceptance again, by the new category and urgency; the trail stays. */
export const reclassify: Effect<Body<'reclassify'>> = async ({ record, actor }, body) => {
  const set = classified(record, actor, body);
  const changed = { ...record, ...set };
  const conceals = becomesConfidential(record, set);
  const conceal = conceals ? concealed(changed, actor) : { to: record.state, tasks: [], clocks: [] };
  const ended = new Set(conceal.clocks.map(({ thingId, kind }) => `${thingId} ${kind}`));
  const clocks = record.clocks
    .filter(({ kind, thingId }) => rebasable.includes(kind) && !ended.has(`${thingId} ${kind}`))
    .map((row) => rebased(changed, actor, row));
  return {
    ...conceal,
    set,
    clocks: [...clocks, ...conceal.clocks],
    retouched: { urgency: changed.urgency, confidential: set.visibility === 'confidential' ? 1 : 0 },
    words: body.words,
    facts: {
      ...{ from: record.categoryId, to: changed.categoryId, urgency: changed.urgency },
      ...(conceals ? concealing : {}),
    },
  };
};

const becomesConfidential = (record: OrderRecord, { visibility }: Partial<Order>): boolean =>
  visibility === 'confidential' && record.visibility !== 'confidential';

const rebasable: readonly string[] = ['study', 'dispatch', 'claim', 'contact', 'handle'] satisfies ClockName[];

/** The new limit on the clock that runs; one that stands still goes on with it later. */
function rebased(record: OrderRecord, actor: Actor, row: DueWork): DueWork {
  const basis = basisOf(record, actor, row.thingId);
  const { usedMinutes, runningSince } = row;
  const fresh = { ...startClock(row.kind as ClockName, basis), usedMinutes, runningSince };
  if (!runningSince) return { ...fresh, dueAt: null, nextAt: null };
  const left = fresh.limitMinutes - usedMinutes;
  const due = addMinutes(basis.town.calendar, fresh.clock as ClockKind, runningSince.getTime(), left);
  const set = { ...fresh, dueAt: new Date(due) };
  return { ...set, nextAt: nextAlarm(set, basis.town, record.urgency) };
}

export const decline: Effect<Body<'decline'>> = async (
  { db, record, actor, caller },
  { reason, words, secondPersonId },
) => {
  // 辱骂、骚扰: two persons decide.
  if (reason === 'abuse') {
    await needSecondPerson(db, record, { first: caller.personId, second: secondPersonId, now: caller.now });
  }
  const [name] = declineReasons[reason];
  return {
    set: { closedAt: actor.now },
    tasks: cancelOpen(record),
    clocks: clocksOnly(record, actor, 'declined'),
    words,
    facts: { reason, reasonName: name, ...(secondPersonId ? { secondPersonId } : {}) },
  };
};

/** Every offered or claimed task of an order that stops is cancelled in the same transaction (domain.md §3.3). */
export const cancelOpen = (record: OrderRecord, states: readonly string[] = ['offered', 'claimed']) =>
  record.tasks
    .filter(({ state }) => states.includes(state))
    .map((task) => ({ task, action: 'cancel' as const, to: 'cancelled' as const }));

async function needSecondPerson(
  db: Scene['db'],
  record: OrderRecord,
  { first, second, now }: { first: string; second: string | undefined; now: Date },
) {
  const [row] = await db.query<{ id: string }>(
    `SELECT g.id FROM role_grant g WHERE g.person_id = ? AND g.person_id <> ? AND g.role IN ('deskLead', 'townDispatcher', 'smallGridLead')
       AND g.node_id IN (?, ?, ?) AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?) LIMIT 1`,
    [second ?? null, first, record.groupId, record.villageId, record.townId, now, now],
  );
  if (!row)
    throw new Problem('request.bad-input', { fields: { secondPersonId: '辱骂、骚扰要两个人认定，请选另一位经办人' } });
}

/** 不服: goes to the parent, whose answer is the last. */
export const object: Effect<Body<'object'>> = async ({ record, actor }, { words }) => {
  const { tree } = actor.reference;
  const above = tree.gridOf(record.deskGridId).tier === 'town' ? record.deskGridId : deskAbove(tree, record.deskGridId);
  return {
    set: { ...deskColumns(tree, above), objected: 1, closedAt: null, moves: record.moves + 1 },
    clocks: clocksInto(record, actor, 'placed'),
    words,
    facts: { toGrid: above },
  };
};

export const suspend: Effect<Body<'suspend'>> = async ({ db, record, actor }, body) => {
  const resumeAt = new Date(body.resumeAt);
  const days = (resumeAt.getTime() - actor.now.getTime()) / (24 * 60 * 60_000);
  if (days <= 0) throw new Problem('request.bad-input', { fields: { resumeAt: '恢复时间要在现在以后' } });
  // 30 days by the desk itself; up to 180 with the parent's approval.
  if (days > 30) await needParentApproval(db, record, { approvedById: body.approvedById, days, now: actor.now });
  return {
    set: { suspends: record.suspends + 1, resumeAt },
    clocks: [...stopAll(record, actor), clockUntil('resume', basisOf(record, actor), resumeAt)],
    words: body.words,
    facts: { reason: body.reason, reasonName: suspendReasons[body.reason], resumeAt: resumeAt.toISOString() },
  };
};

async function needParentApproval(
  db: Scene['db'],
  record: OrderRecord,
  { approvedById, days, now }: { approvedById: string | undefined; days: number; now: Date },
) {
  const [row] = await db.query<{ id: string }>(
    `SELECT id FROM role_grant WHERE person_id = ? AND role = 'townDispatcher' AND node_id = ?
       AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?) LIMIT 1`,
    [approvedById ?? null, record.townId, now, now],
  );
  if (days > 180 || !row) throw new Problem('order.resume-too-late');
}

export const resume: Effect<Body<'resume'>> = async ({ record, actor }, { words }) =>
  resumed(record, actor, words ?? null);

/** Clocks go on with what was left; the state follows from the tasks. */
export function resumed(record: OrderRecord, actor: Actor, words: string | null) {
  const current = record.tasks.filter(({ round }) => round === record.round);
  const ofTasks = current.flatMap((task) => {
    if (task.state === 'offered') return [goOn(record, actor, 'claim', task.id)];
    if (task.state !== 'claimed') return [];
    return [
      ...(task.contactedAt ? [] : [goOn(record, actor, 'contact', task.id)]),
      goOn(record, actor, 'handle', task.id),
    ];
  });
  const to = derivedState(record, { actor });
  const own =
    to === 'accepted' ? [...stopAll(record, actor), goOn(record, actor, 'dispatch')] : clocksInto(record, actor, to);
  return {
    set: { resumeAt: null },
    clocks: [...own, ...ofTasks],
    words,
  };
}

/** Whoever may do one of these now needs to be able to ring the resident. */
export const callingActions: readonly OrderAction[] = [
  'accept',
  'ask',
  'recordCallback',
  'noteCall',
  'inspect',
  'verify',
  'dispatch',
];
