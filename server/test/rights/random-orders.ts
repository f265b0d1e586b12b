import fc, { type Arbitrary } from 'fast-check';
import { ulid } from 'ulid';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import { seatLifecycle, taskLifecycle, type SeatState, type TaskState } from '@sandan/shared/orders/task.lifecycle';
import { taskModes, type TaskMode } from '@sandan/shared/orders/order.words';
import {
  helperKinds,
  rolePermissions,
  type GrantedRole,
  type HelperKind,
  type Role,
} from '@sandan/shared/access/roles';
import type { Caller } from '../../src/foundation/access/caller';
import { grantsOf } from '../../src/foundation/access/sessions';
import type { Db } from '../../src/foundation/database/connect';
import type { Reference } from '../../src/foundation/reference/reference';
import { systemActor } from '../../src/rooms/orders/advance';
import { deskColumns, placeColumns } from '../../src/rooms/orders/order-places';
import { freshRecord, newOrder } from '../../src/rooms/orders/order-rows';
import { Order, OrderParty, OrderSubject } from '../../src/rooms/orders/order.entity';
import { newTask } from '../../src/rooms/orders/task-rows';
import { Task, TaskClaim } from '../../src/rooms/orders/task.entity';

/** Whom and what random orders and actors are made of: few of each, so that they often meet. */
export interface Pool {
  people: readonly string[];
  households: readonly string[];
  grids: readonly string[];
  organizations: readonly string[];
}

const keysOf = <T extends string>(record: Readonly<Record<T, unknown>>): T[] => Object.keys(record) as T[];
const oneOf = <T>(values: readonly T[]): Arbitrary<T> => fc.constantFrom(...values);
const maybe = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const flag = fc.constantFrom(0, 1);

interface RandomTask {
  round: number;
  mode: TaskMode;
  state: TaskState;
  scopeGridId: string;
  assigneeId: string | null;
  receiverId: string | null;
  leadId: string | null;
  confidential: number;
  seats: { personId: string; state: SeatState }[];
}
export interface RandomOrder {
  facts: Pick<
    Order,
    | 'state'
    | 'source'
    | 'categoryId'
    | 'visibility'
    | 'publicSummary'
    | 'deskKind'
    | 'deskPersonId'
    | 'inSample'
    | 'round'
  > &
    Pick<Order, 'requesterId' | 'beneficiaryId' | 'householdId' | 'placeGridId' | 'deskGridId'>;
  tasks: RandomTask[];
  parties: { personId: string; kind: 'merged' | 'meToo' }[];
  subjects: string[];
}

export function randomOrder({ people, households, grids }: Pool): Arbitrary<RandomOrder> {
  const person = oneOf(people);
  const task: Arbitrary<RandomTask> = fc.record({
    round: fc.constantFrom(1, 2),
    mode: oneOf(keysOf(taskModes)),
    state: oneOf(keysOf(taskLifecycle.states)),
    scopeGridId: oneOf(grids),
    assigneeId: maybe(person),
    receiverId: maybe(person),
    leadId: maybe(person),
    confidential: flag,
    seats: fc.uniqueArray(fc.record({ personId: person, state: oneOf(keysOf(seatLifecycle.states)) }), {
      maxLength: 2,
      selector: ({ personId }) => personId,
    }),
  });
  return fc.record({
    facts: fc.record({
      state: oneOf<OrderState>(keysOf(orderLifecycle.states)),
      source: fc.constantFrom('resident', 'family', 'proxy', 'patrol'),
      categoryId: fc.constantFrom('streetLight', 'villageAccounts', 'suggestion', 'cadreConduct'),
      visibility: fc.constantFrom('open', 'normal', 'confidential'),
      publicSummary: maybe(fc.constant('正在修')),
      deskKind: fc.oneof(
        { weight: 4, arbitrary: fc.constant('desk') },
        { weight: 1, arbitrary: fc.constant('discipline') },
      ),
      deskPersonId: maybe(person),
      inSample: flag,
      round: fc.constantFrom(1, 2),
      requesterId: maybe(person),
      beneficiaryId: maybe(person),
      householdId: maybe(oneOf(households)),
      placeGridId: oneOf(grids),
      deskGridId: oneOf(grids),
    }),
    tasks: fc.array(task, { maxLength: 2 }),
    parties: fc.uniqueArray(fc.record({ personId: person, kind: fc.constantFrom('merged', 'meToo') }), {
      maxLength: 2,
      selector: ({ personId }) => personId,
    }),
    subjects: fc.uniqueArray(person, { maxLength: 1 }),
  }) as Arbitrary<RandomOrder>;
}

export interface RandomActor {
  personId: string;
  householdId: string | null;
  homeGridId: string | null;
  caresFor: string[];
  grants: { role: GrantedRole; kind: HelperKind | null; tree: 'grid' | 'party'; nodeId: string }[];
}

export function randomActor({ people, households, grids, organizations }: Pool): Arbitrary<RandomActor> {
  const roles = keysOf(rolePermissions).filter((role): role is GrantedRole => role !== 'resident');
  const kind = maybe(oneOf(keysOf(helperKinds)));
  const over = (tree: 'grid' | 'party', nodes: readonly string[]) =>
    fc.record({ role: oneOf(roles), kind, tree: fc.constant(tree), nodeId: oneOf(nodes) });
  return fc.record({
    personId: oneOf(people),
    householdId: maybe(oneOf(households)),
    homeGridId: maybe(oneOf(grids)),
    caresFor: fc.subarray([...households], { maxLength: 2 }),
    grants: fc.array(
      fc.oneof({ weight: 3, arbitrary: over('grid', grids) }, { weight: 1, arbitrary: over('party', organizations) }),
      {
        maxLength: 4,
      },
    ),
  });
}

export const callerOf = ({ grants, ...who }: RandomActor, reference: Reference, now: Date): Caller => ({
  ...{
    ...who,
    sessionId: ulid(),
    channel: null,
    provedAt: null,
    name: '某人',
    sealedPhone: null,
    awayUntil: null,
    largeType: false,
    bornOn: null,
    agreedNotice: 1,
    skills: [],
    now,
    reference,
  },
  grants: grantsOf(
    grants.map(({ role, kind, tree, nodeId }): [Role, HelperKind | null, 'grid' | 'party', string] => [
      role,
      kind,
      tree,
      nodeId,
    ]),
    reference,
  ),
});

/** Writes them as rows; returns their ids. */
export async function insertOrders(
  db: Db,
  orders: readonly RandomOrder[],
  reference: Reference,
  now: Date,
): Promise<string[]> {
  const actor = systemActor(now, reference);
  const rows = orders.map(({ facts }) => {
    const { placeGridId, deskGridId } = facts;
    const title = '路灯不亮';
    return newOrder(actor, {
      ...{ id: ulid(), urgency: 'normal', title, fingerprint: Buffer.alloc(32) },
      ...{ ...facts, stage: orderLifecycle.states[facts.state].stage },
      ...placeColumns(reference.tree, placeGridId),
      ...deskColumns(reference.tree, deskGridId),
    });
  });
  const things = orders.map((order, index) => ({ ...order, row: rows[index] as Order }));
  const tasks = things.flatMap(({ row, tasks: given }) =>
    given.map(({ seats, state, ...wanted }) => {
      const task = newTask(freshRecord(row), actor, { id: ulid(), ...wanted }, state);
      return { task, seats };
    }),
  );
  await db.insert(Order, rows);
  await db.insert(
    Task,
    tasks.map(({ task }) => task),
  );
  await db.insert(
    TaskClaim,
    tasks.flatMap(({ task, seats }) =>
      seats.map((seat) => ({ ...seat, taskId: task.id, orderId: task.orderId, at: now })),
    ),
  );
  await db.insert(
    OrderParty,
    things.flatMap(({ row, parties }) => parties.map((party) => ({ ...party, orderId: row.id, at: now }))),
  );
  await db.insert(
    OrderSubject,
    things.flatMap(({ row, subjects }) => subjects.map((personId) => ({ orderId: row.id, personId }))),
  );
  return rows.map(({ id }) => id);
}
