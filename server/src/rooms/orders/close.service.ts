import type { BodyOf } from '@sandan/shared/endpoint';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import { Problem } from '@sandan/shared/problems';
import { orderLimits } from '@sandan/shared/orders/order.words';
import type { HistoryFacts } from '../../foundation/outbox/history.entity';
import type { Db } from '../../foundation/database/connect';
import type { Effect, Scene } from './act';
import { basisOf, type Actor, type TaskStep } from './advance';
import { clocksInto, clocksOnly } from './clock-changes';
import { startClock } from './order-clocks';
import { deskAbove, deskColumns } from './order-places';
import type { OrderRecord } from './order-record';
import { OrderAnswer, type Order } from './order.entity';
import { wayOn } from './orders.guards';
import { evidence } from './order-checks';
import { copyForDesk } from './desk-copy';
import { cancelOpen } from './study.service';

type Body<Name extends keyof typeof ordersApi> = BodyOf<(typeof ordersApi)[Name]>;

export const verify: Effect<Body<'verify'>> = async ({ record, actor }, { words }) => ({
  set: { callAttempts: 0 },
  clocks: clocksInto(record, actor, 'reported'),
  words: words ?? null,
});

/** 退回重办: the task goes back to its holder, with half of the limit. */
export const sendBack: Effect<Body<'sendBack'>> = async ({ record, actor }, { words, taskId }) => {
  const reported = record.tasks.filter(({ round, state }) => round === record.round && state === 'reported');
  const task = reported.find(({ id }) => id === taskId) ?? (taskId === undefined ? reported[0] : undefined);
  if (!task) throw new Problem('task.wrong-state');
  return {
    to: 'handling',
    tasks: [{ task, action: 'sendBack', to: 'claimed', words, set: { reportedAt: null, outcome: null }, told: true }],
    clocks: [...clocksInto(record, actor, 'handling'), startClock('handle', basisOf(record, actor, task.id), 0.5)],
    set: { outcome: null, reportedAt: null },
    words,
    beside: async (db) => {
      await db.write(
        "UPDATE task_claim SET state = 'taken', ended_at = NULL WHERE task_id = ? AND state = 'reported'",
        [task.id],
      );
    },
  };
};

/** What was reported is done; an assisting task that nobody has finished is over with its round. */
export const finished = (record: OrderRecord, set: TaskStep['set'] = {}): TaskStep[] => [
  ...record.tasks
    .filter(({ round, state }) => round === record.round && state === 'reported')
    .map((task) => ({ task, action: 'finish' as const, to: 'done' as const, set, told: false })),
  ...cancelOpen(record),
];

interface Given {
  contacted: boolean;
  solved: boolean;
  stars: number;
  words?: string | undefined;
}

const writeAnswer =
  (
    { record, actor, actionId }: Scene,
    given: Given,
    how: Pick<OrderAnswer, 'method' | 'personId' | 'recordedById' | 'spokeTo'>,
    decides: boolean,
  ) =>
  async (db: Db): Promise<void> => {
    await db.insert(OrderAnswer, [
      {
        id: actionId,
        orderId: record.id,
        round: record.round,
        ...how,
        contacted: given.contacted ? 1 : 0,
        solved: given.solved ? 1 : 0,
        stars: given.stars,
        words: given.words ?? null,
        decides: decides ? 1 : 0,
        at: actor.now,
      },
    ]);
  };

/** What the story tells of an answer. After a ruling a "no" is what the resident has left to object with (domain.md §3.2). */
const factsOf = ({ record }: Scene, { contacted, solved, stars }: Given): HistoryFacts => ({
  contacted,
  solved,
  stars,
  ...(record.ruled === 1 && !solved ? { objects: true } : {}),
});

const deciding = (given: Given): Partial<Order> => ({
  answeredContacted: given.contacted ? 1 : 0,
  answeredSolved: given.solved ? 1 : 0,
  answeredStars: given.stars,
});

/**
 * A "no" to what was reported as solved is no answer as long as it can be put right: it goes on as 没办好. Where nothing is
 * open any more (ruled by the level above, or too late) it is the answer: it closes the order and counts as not solved.
 */
const mustGoOn = ({ record, caller }: Scene, given: Given): boolean =>
  !given.solved && record.outcome === 'solved' && wayOn(record, caller) !== null;

/** 办好了 / 接受答复: the first answer decides, those of later parties are kept beside it. */
export const confirm: Effect<Body<'confirm'>> = async (scene, given) => {
  const { record, actor, caller } = scene;
  const isLater = record.state === 'confirmed';
  if (!isLater && mustGoOn(scene, given)) throw new Problem('order.say-reopen');
  const beside = writeAnswer(
    scene,
    given,
    { method: 'self', personId: caller.personId, recordedById: null, spokeTo: null },
    !isLater,
  );
  const facts = factsOf(scene, given);
  const known = { answeredIds: [...record.answeredIds, caller.personId] };
  if (isLater) return { to: 'confirmed', words: given.words ?? null, facts, beside, known };
  return {
    beside,
    known,
    ...closing(record, actor, 'self', given),
    clocks: clocksOnly(record, actor, 'confirmed'),
    words: given.words ?? null,
    facts,
  };
};

const closing = (record: OrderRecord, actor: Actor, how: Order['closedHow'], given: Given) => ({
  to: 'confirmed' as const,
  set: { ...deciding(given), closedHow: how, closedAt: record.closedAt ?? actor.now },
  tasks: finished(record),
});

/** 回访代录: the same three answers by phone or at the door; a "no" goes on as 没办好, and the third as an appeal. */
export const recordCallback: Effect<Body<'recordCallback'>> = async (scene, given) => {
  const { record, actor, caller } = scene;
  if (!given.reopen && mustGoOn(scene, given)) throw new Problem('order.say-reopen');
  const who = {
    method: 'callback',
    personId: record.requesterId,
    recordedById: caller.personId,
    spokeTo: given.spokeTo,
  } as const;
  const common = {
    words: given.words ?? null,
    facts: { ...factsOf(scene, given), method: given.method },
  };
  if (given.reopen) {
    if (given.solved) throw new Problem('request.bad-input', { fields: { solved: '办好了就不用重办' } });
    if (record.ruled === 1) throw new Problem('order.ruled');
    return { ...common, ...notSolved(record, actor), beside: writeAnswer(scene, given, who, true) };
  }
  return {
    ...common,
    beside: writeAnswer(scene, given, who, true),
    ...closing(record, actor, 'callback', given),
    clocks: clocksOnly(record, actor, 'confirmed'),
  };
};

const notSolved = (record: OrderRecord, actor: Actor) =>
  record.reopens < orderLimits.reopens
    ? { to: 'accepted' as const, ...reopened(record, actor) }
    : { to: 'inReview' as const, ...reviewedAbove(record, actor) };

/** Reported or done tasks of the round stay in the history, overturned; a new round starts with new tasks. */
export const overturned = (record: OrderRecord): TaskStep[] => finished(record, { overturned: 1 });

export const overturnDone =
  (record: OrderRecord) =>
  async (db: Db): Promise<void> => {
    await db.write("UPDATE task SET overturned = 1 WHERE order_id = ? AND round = ? AND state = 'done'", [
      record.id,
      record.round,
    ]);
  };

/** A new round: what was answered belongs to the old one. */
export const newRound = (record: OrderRecord): Partial<Order> => ({
  round: record.round + 1,
  outcome: null,
  reportedAt: null,
  closedAt: null,
  closedHow: null,
  answeredContacted: null,
  answeredSolved: null,
  answeredStars: null,
  callAttempts: 0,
});

const reopened = (record: OrderRecord, actor: Actor) => ({
  set: { ...newRound(record), reopens: record.reopens + 1 },
  tasks: overturned(record),
  clocks: clocksOnly(record, actor, 'accepted'),
});

export const reopen: Effect<Body<'reopen'>> = async ({ record, actor, actionId }, body) => {
  const photos = evidence(record, actor, body.photoIds, actionId);
  return {
    beside: async (db) => {
      await photos(db);
      await overturnDone(record)(db);
    },
    to: 'accepted',
    ...reopened(record, actor),
    words: body.words,
    facts: { anotherPerson: body.anotherPerson, round: record.round + 1 },
  };
};

/** 还是没办好, the third time: the level above looks into it; what is on the town's desk stays there, for the inspector. */
export const appealUp: Effect<Body<'appealUp'>> = async ({ record, actor }, { words }) => {
  const { tree } = actor.reference;
  const above = reviewDesk(record, actor);
  return { ...reviewedAbove(record, actor), words, facts: { toGrid: above, toName: tree.gridOf(above).name } };
};

const reviewDesk = ({ deskGridId }: OrderRecord, { reference: { tree } }: Actor): string =>
  tree.gridOf(deskGridId).tier === 'town' ? deskGridId : deskAbove(tree, deskGridId);

const reviewedAbove = (record: OrderRecord, actor: Actor) => ({
  set: { ...deskColumns(actor.reference.tree, reviewDesk(record, actor)), closedAt: null, deskPersonId: null },
  tasks: cancelOpen(record),
  clocks: clocksOnly(record, actor, 'inReview'),
});

export const orderRedo: Effect<Body<'orderRedo'>> = async ({ record, actor }, { words }) => ({
  beside: overturnDone(record),
  set: { ...newRound(record), ruled: 1 },
  tasks: overturned(record),
  clocks: clocksOnly(record, actor, 'accepted'),
  words,
  facts: { round: record.round + 1 },
});

/** 核查办结: counted as not solved unless the resident agrees. */
export const closeReview: Effect<Body<'closeReview'>> = async (
  { record, actor },
  { words, outcome, residentAgrees },
) => ({
  set: {
    outcome,
    ruled: 1,
    closedHow: 'review',
    closedAt: actor.now,
    answeredSolved: residentAgrees ? 1 : 0,
  },
  tasks: finished(record),
  clocks: clocksOnly(record, actor, 'archived'),
  words,
  facts: { outcome, residentAgrees },
});

/** 撤单: a danger does not go away with the order, so the desk takes it on under its own name (domain.md §3.2). */
export const withdraw: Effect<Body<'withdraw'>> = async (scene, { words }) => {
  const { record, actor } = scene;
  return {
    ...(record.categoryId === 'hazard' ? { beside: copyForDesk(record, actor) } : {}),
    set: { closedAt: actor.now },
    tasks: cancelOpen(record),
    clocks: clocksOnly(record, actor, 'withdrawn'),
    words: words ?? null,
  };
};
