import { stageOf } from '@sandan/shared/lifecycle';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { Outcome, OrderSource } from '@sandan/shared/orders/order.words';
import type { Role } from '@sandan/shared/access/roles';
import { actorOf, basisOf, categoryOf, type Actor } from '../rooms/orders/advance';
import { startClock } from '../rooms/orders/order-clocks';
import { deskColumns, placeColumns, studyDesk } from '../rooms/orders/order-places';
import { fingerprintOf } from '../foundation/fingerprint';
import { freshRecord, newOrder } from '../rooms/orders/order-rows';
import type { Order } from '../rooms/orders/order.entity';
import { settledTask } from '../rooms/orders/settled-task';
import { newTask } from '../rooms/orders/task-rows';
import type { Task, TaskClaim } from '../rooms/orders/task.entity';
import type { Inhabitant } from './homes';
import type { Place } from './places';
import { pointIn, rounded } from './polygons';
import type { SceneName } from './scenes';
import type { Stage } from './stage';
import type { Story, StorySeat } from './story';
import type { Texts } from './words/texts';

export interface Placing {
  source: OrderSource;
  categoryId: string;
  group: Place;
  at: Date;
  /** Who presses the button, and in what role. */
  by: Inhabitant;
  role: Role;
  /** Whom it is for; also whom it is told to, when somebody orders in another's name. */
  beneficiary: Inhabitant | null;
  words: string;
  /** What the templates of this story's words speak of. */
  texts: Texts;
  picture?: SceneName | undefined;
  urgency?: Order['urgency'];
}

/** How it begins: to be studied, straight to the own member, or settled on the spot (with what was done). */
export type Beginning =
  | { way: 'study' }
  | { way: 'direct'; member: Inhabitant }
  | { way: 'settled'; outcome: Outcome; words: string; picture?: SceneName | undefined };

/** 点单: the first row of a story, as the room's `placeOrder` writes it. */
export function place(stage: Stage, placing: Placing, beginning: Beginning = { way: 'study' }): Story {
  const { at, by } = placing;
  const actor = actorOf(stage.caller(by, at), placing.role);
  const order = orderOf(stage, placing, actor);
  const first = firstStep(order, actor, beginning, stage.random.id(at));
  const { state, set, task, seat, clockOf } = first;
  const record = freshRecord({ ...order, ...set, state, stage: stageOf(orderLifecycle, state) });
  const clock = startClock(clockOf, basisOf(record, actor, clockOf === 'claim' && task ? task.id : order.id));
  const historyId = stage.random.id(at);
  const story: Story = {
    ...{ stage, at, fingerprint: order.fingerprint, texts: placing.texts, beside: new Map(), pictures: [] },
    record: {
      ...record,
      dueAt: clock.dueAt,
      clocks: [clock],
      tasks: task ? [task] : [],
      seats: seat ? [seatOf(seat, by)] : [],
    },
    history: [
      {
        ...{ id: historyId, thing: 'order', thingId: order.id, aggregateId: order.id, seq: 1, townId: order.townId },
        ...{ action: first.action, actorId: actor.id, actorName: actor.name, actorRole: actor.role, at },
        ...{ onBehalfId: order.beneficiaryId, fromState: null, toState: state, fannedOutAt: null },
        words: first.action === 'settle' ? (task?.words ?? null) : null,
        facts: { source: order.source, categoryId: order.categoryId },
      },
    ],
  };
  const ownerId = by.row.id;
  if (placing.picture)
    story.pictures.push({ thingKind: 'order', thingId: order.id, ownerId, scene: placing.picture, at });
  const done = beginning.way === 'settled' ? beginning.picture : undefined;
  if (done) story.pictures.push({ thingKind: 'history', thingId: historyId, ownerId, scene: done, at });
  return story;
}

const onBehalf: readonly OrderSource[] = ['proxy', 'hub'];
const byResident: readonly OrderSource[] = ['resident', 'family'];

function orderOf(stage: Stage, placing: Placing, actor: Actor): Order {
  const { source, by, beneficiary, group, at, words, texts } = placing;
  const { tree } = stage.reference;
  const category = categoryOf({ categoryId: placing.categoryId }, stage.reference);
  const behalf = onBehalf.includes(source);
  const contact = beneficiary ?? (byResident.includes(source) || !behalf ? by : null);
  const [lng, lat] = rounded(pointIn(group.polygon, stage.random));
  return newOrder(actor, {
    ...placeColumns(tree, group.grid.id),
    ...deskColumns(tree, studyDesk(tree, tree.gridOf(group.grid.id), category)),
    id: stage.random.id(at),
    ...{ source, categoryId: category.id, deskKind: category.deskKind, title: category.name, words },
    ...{ urgency: placing.urgency ?? category.urgency, visibility: category.visibility },
    requesterId: behalf ? (beneficiary?.row.id ?? null) : by.row.id,
    beneficiaryId: beneficiary?.row.id ?? (source === 'resident' ? by.row.id : null),
    householdId: beneficiary?.row.householdId ?? (byResident.includes(source) ? by.row.householdId : null),
    contactName: contact?.row.name ?? null,
    contactPhone: contact?.row.phone ?? by.row.phone,
    consent: behalf ? { how: 'spoken', by: beneficiary?.row.name ?? '本人', recordedById: by.row.id } : null,
    ...{ address: texts.spot, lat, lng },
    fingerprint: fingerprintOf({ words, at: at.toISOString() }),
  });
}

interface FirstStep {
  state: OrderState;
  action: 'place' | 'placeDirect' | 'settle';
  set: Partial<Order>;
  clockOf: 'study' | 'claim' | 'feedback';
  task?: Task;
  seat?: Partial<TaskClaim>;
}

function firstStep(order: Order, actor: Actor, beginning: Beginning, taskId: string): FirstStep {
  const record = freshRecord(order);
  switch (beginning.way) {
    case 'study':
      return { state: 'placed', action: 'place', set: {}, clockOf: 'study' };
    case 'direct': {
      const assigneeId = beginning.member.row.id;
      const task = newTask(record, actor, {
        id: taskId,
        mode: 'assigned',
        scopeGridId: order.villageId ?? order.placeGridId,
        assigneeId,
      });
      return { state: 'dispatched', action: 'placeDirect', set: { acceptedAt: actor.now }, clockOf: 'claim', task };
    }
    case 'settled': {
      const { outcome, words } = beginning;
      const { task, seat } = settledTask({ record, actor }, { outcome, words, photoIds: ['drawn'] });
      const set = {
        onTheSpot: 1,
        selfHandled: 1,
        acceptedAt: actor.now,
        reportedAt: actor.now,
        contactInTime: 1,
        outcome,
      };
      return { state: 'reported', action: 'settle', set, clockOf: 'feedback', task, seat };
    }
  }
}

const seatOf = (seat: Partial<TaskClaim>, by: Inhabitant): StorySeat => ({
  ...(seat as TaskClaim),
  name: by.row.name,
  kind: null,
});
