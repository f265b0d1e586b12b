import { ulid } from 'ulid';
import { DueWork } from '../../src/foundation/due-work/due-work.entity';
import type { Reference } from '../../src/foundation/reference/reference';
import { basisOf, systemActor, type Actor } from '../../src/rooms/orders/advance';
import { startClock } from '../../src/rooms/orders/order-clocks';
import { deskColumns, placeColumns } from '../../src/rooms/orders/order-places';
import { freshRecord, newOrder } from '../../src/rooms/orders/order-rows';
import { Order, OrderParty, OrderSubject } from '../../src/rooms/orders/order.entity';
import { newTask } from '../../src/rooms/orders/task-rows';
import { Task, TaskClaim } from '../../src/rooms/orders/task.entity';
import { orderLifecycle } from '@sandan/shared/orders/order.lifecycle';
import type { TestServer } from '../server';
import type { Town } from '../town';
import type { PersonName } from '../town-cast';

/** A task in the order; `holder` sits in it. */
export type TaskGiven = Partial<Omit<Task, 'mode'>> & {
  mode?: Task['mode'];
  holder?: PersonName;
  seat?: TaskClaim['state'];
  /** 换届: the holder is asked whether he goes on with it. */
  asked?: boolean;
};

export interface OrderGiven extends Partial<Order> {
  task?: TaskGiven;
  subjects?: readonly PersonName[];
  merged?: readonly PersonName[];
}

export interface Standing {
  orderId: string;
  taskId: string;
}

export type Put = (given?: OrderGiven) => Promise<Standing>;

/**
 * Puts an order of the resident into the town as rows, in whatever state: a lamp in the first group of village A, on its
 * village's desk, seen by nobody but those concerned. For tests of who may do what, where the way there does not matter.
 */
export function thingsOf({ world, clock }: Pick<TestServer, 'world' | 'clock'>, town: Town): Put {
  return async ({ task: taskGiven, subjects = [], merged = [], ...given } = {}) => {
    const reference = await world.references.current();
    const actor = systemActor(new Date(clock.now()), reference);
    const order = orderOf(town, reference, actor, given);
    const record = freshRecord(order);
    const { holder, seat = 'taken', asked = false, ...taskFields } = taskGiven ?? {};
    const holderId = holder ? town.people[holder].id : null;
    const seated = holderId ? { taken: 1, leadId: holderId, claimedAt: actor.now } : {};
    const scope = { id: ulid(), mode: 'open', scopeGridId: town.villageA } as const;
    const task = newTask(record, actor, { ...scope, ...seated, ...taskFields }, taskFields.state);
    await world.database.transaction(async (db) => {
      await db.insert(Order, [order]);
      const people = (names: readonly PersonName[]) => names.map((name) => town.people[name].id);
      await db.insert(
        OrderSubject,
        people(subjects).map((personId) => ({ orderId: order.id, personId })),
      );
      const parties = people(merged).map(
        (personId) => ({ orderId: order.id, personId, kind: 'merged', at: actor.now }) as const,
      );
      await db.insert(OrderParty, parties);
      if (!taskGiven) return;
      await db.insert(Task, [task]);
      if (holderId)
        await db.insert(TaskClaim, [
          {
            ...{ taskId: task.id, personId: holderId, orderId: order.id, state: seat, at: actor.now },
            askedAt: asked ? actor.now : null,
          },
        ]);
      if (task.state === 'claimed') await db.insert(DueWork, [startClock('handle', basisOf(record, actor, task.id))]);
    });
    return { orderId: order.id, taskId: task.id };
  };
}

function orderOf(town: Town, { tree }: Reference, actor: Actor, given: Partial<Order>): Order {
  const { resident } = town.people;
  const placeGridId = given.placeGridId ?? town.groups.a1;
  const deskGridId = given.deskGridId ?? town.villageA;
  return newOrder(actor, {
    ...{ id: ulid(), source: 'resident', categoryId: 'streetLight', urgency: 'normal', visibility: 'normal' },
    ...{ title: '一组路灯不亮', words: '门口的路灯三天不亮了', deskKind: 'desk', fingerprint: Buffer.alloc(32) },
    ...{ requesterId: resident.id, beneficiaryId: resident.id, householdId: town.households.resident },
    ...{ contactName: resident.name, contactPhone: resident.phone },
    ...town.centres.a1,
    ...given,
    ...placeColumns(tree, placeGridId),
    ...deskColumns(tree, deskGridId),
    stage: orderLifecycle.states[given.state ?? 'placed'].stage,
  });
}
