import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { stageOf } from '@sandan/shared/lifecycle';
import { taskLifecycle } from '@sandan/shared/orders/task.lifecycle';
import type { ClockKind } from '@sandan/shared/working-time';
import type { Db } from '../foundation/database/connect';
import type { DueWork } from '../foundation/due-work/due-work.entity';
import type { History } from '../foundation/outbox/history.entity';
import { planned, type OrderStep, type TaskStep } from '../rooms/orders/advance';
import { historyRows } from '../rooms/orders/history-rows';
import type { OrderRecord } from '../rooms/orders/order-record';
import { OrderAnswer, OrderParty } from '../rooms/orders/order.entity';
import type { Task, TaskClaim } from '../rooms/orders/task.entity';
import type { SceneName } from './scenes';
import { shifted, type Stage } from './stage';
import type { Texts } from './words/texts';

export type StorySeat = OrderRecord['seats'][number] & Pick<TaskClaim, 'orderId' | 'endedAt'>;

/** One order from its placing on, with all the rows it leaves; it lives in memory until the town is written. */
export interface Story {
  stage: Stage;
  record: OrderRecord & { seats: StorySeat[] };
  fingerprint: Buffer;
  /** The present moment of the story. */
  at: Date;
  history: Partial<History>[];
  /** Answers, parties, supervisions, reminders, by entity. */
  beside: Map<EntityTarget<ObjectLiteral>, object[]>;
  pictures: StoryPicture[];
  texts: Texts;
}

export interface StoryPicture {
  thingKind: 'order' | 'history';
  thingId: string;
  ownerId: string;
  scene: SceneName;
  at: Date;
}

/** The story would go on after today: it has to begin earlier. */
export class PastToday extends Error {}
/** Chance has picked somebody who may not: another try finds another. */
export class NobodyFits extends Error {}

/** Time passes, counted only while that clock runs. */
export function wait(story: Story, minutes: number, clock: ClockKind = 'working'): void {
  story.at = shifted(story.stage, clock, story.at, minutes);
}

export const currentTask = (story: Story): Task => {
  const task = story.record.tasks.findLast(({ round, replaced }) => round === story.record.round && replaced === 0);
  if (!task) throw new Error('Nothing was dispatched');
  return task;
};

/**
 * The twin of the room's `advance` in memory: the step is planned by the same function and checked against the same
 * tables; only the writing is another. So no history can be one that the service would have refused.
 */
export function apply(story: Story, step: OrderStep): void {
  const { record, stage } = story;
  if (story.at > stage.today) throw new PastToday();
  const { to, clocks, set } = planned(record, step);
  const [first, ...more] = historyRows(record, step, to);
  story.history.push({ ...first }, ...more.map((row) => ({ ...row, id: stage.random.id(story.at) })));
  const isNewRound = (step.set?.round ?? record.round) > record.round;
  const tasks = [...tasksAfter(record, step), ...(step.offered ?? [])];
  story.record = {
    ...record,
    ...set,
    version: record.version + 1,
    tasks: isNewRound ? tasks.map((task) => overturnedIn(task, record.round)) : tasks,
    seats: seatsAfter(story, step),
    answeredIds: isNewRound ? [] : record.answeredIds,
    clocks: clocksAfter(record, clocks),
  };
}

function tasksAfter(record: OrderRecord, { tasks = [], retouched }: OrderStep): Task[] {
  const changes = new Map(tasks.map((change) => [change.task.id, change]));
  return record.tasks.map((task) => {
    const change = changes.get(task.id);
    const isOpen = task.state === 'offered' || task.state === 'claimed';
    const same = retouched && isOpen ? { ...task, ...retouched } : task;
    if (!change) return same;
    return {
      ...same,
      ...change.set,
      state: change.to,
      stage: stageOf(taskLifecycle, change.to),
      version: task.version + 1,
    };
  });
}

/** Done and thrown over by the resident's word: it stays in the history. */
const overturnedIn = (task: Task, round: number): Task =>
  task.round === round && task.state === 'done' ? { ...task, overturned: 1 } : task;

function clocksAfter(record: OrderRecord, changed: readonly DueWork[]): DueWork[] {
  const rows = new Map([...record.clocks, ...changed].map((row) => [`${row.thingId} ${row.kind}`, row]));
  return [...rows.values()];
}

/** Seats follow from what happened to their task, as the services write them. */
function seatsAfter(story: Story, { tasks = [], seated = [], actor }: OrderStep): StorySeat[] {
  const fresh = seated.map((seat): StorySeat => {
    const person = story.stage.person(String(seat.personId));
    return { ...(seat as TaskClaim), name: person.row.name, kind: null };
  });
  return [...story.record.seats, ...fresh].map((seat) => {
    const change = tasks.find(({ task }) => task.id === seat.taskId);
    return change ? seatAfter(seat, change, actor.id, story.at) : seat;
  });
}

function seatAfter(seat: StorySeat, { action, to, facts }: TaskStep, actorId: string | null, at: Date): StorySeat {
  if (action === 'sendBack' && seat.state === 'reported') return { ...seat, state: 'taken', endedAt: null };
  if (seat.state !== 'taken') return seat;
  if (action === 'report') return { ...seat, state: 'reported', endedAt: at };
  if (to === 'cancelled') return { ...seat, state: 'released', endedAt: at };
  if (seat.personId !== actorId) return seat;
  if (action === 'giveBack') return { ...seat, state: 'givenBack', endedAt: at, reason: String(facts?.['reason']) };
  if (action === 'contact' && facts?.['method'] === 'notReached') return { ...seat, tries: seat.tries + 1 };
  return seat;
}

/**
 * The database as the effects of the orders room see it here: what they insert is kept, what they update is what `apply`
 * has already done, and there is nothing yet that they could find.
 */
export const memoryOf = (story: Story): Db => {
  const keep = async (entity: EntityTarget<ObjectLiteral>, rows: readonly object[]): Promise<void> => {
    noteBeside(story, entity, rows);
  };
  return {
    get vault(): never {
      throw new Error('A story is sealed when it is written down');
    },
    insert: keep,
    upsert: keep,
    query: async () => [],
    write: async () => 1,
    get manager(): never {
      throw new Error('Photos of a story are drawn, not uploaded');
    },
  };
};

/** A row beside the order; who has answered and who has joined is also known to the record. */
export function noteBeside(story: Story, entity: EntityTarget<ObjectLiteral>, rows: readonly object[]): void {
  story.beside.set(entity, [...(story.beside.get(entity) ?? []), ...rows]);
  const { record } = story;
  if (entity === OrderAnswer) {
    const answered = (rows as OrderAnswer[]).flatMap(({ personId }) => personId ?? []);
    record.answeredIds = [...record.answeredIds, ...answered];
  }
  if (entity === OrderParty) record.parties = [...record.parties, ...(rows as OrderParty[])];
}
