import fc from 'fast-check';
import { ulid } from 'ulid';
import { targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { derivedOrderStates, orderLifecycle } from '@sandan/shared/orders/order.lifecycle';
import { taskLifecycle } from '@sandan/shared/orders/task.lifecycle';
import { contradictionsIn } from './chronicle';
import type { Client, Reply } from './client';
import { days, hours, journeyIn } from './journey';
import { orderBodies, taskBodies, weightOf, whoseTurn, type Dice, type Stage } from './likely-bodies';
import { startTestServer, tuesdayMorning, type TestServer } from './server';
import { buildTown, type Town } from './town';
import type { PersonName } from './town-cast';

/**
 * Anybody does anything to an order in any state, hundreds of times over: never a fault of ours, never a state outside the
 * table, and afterwards the history explains how everything came to be what it is.
 */
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const orders: Lifecycle = orderLifecycle;
const tasks: Lifecycle = taskLifecycle;
/** The oftener named, the oftener asked to do something. */
const everybody: PersonName[] = [
  ...(['resident', 'resident', 'resident', 'otherResident', 'spouse', 'memberOutside', 'hubKeeper'] as const),
  ...(['deskLead', 'deskLead', 'deskLead', 'deskLead2', 'townDispatcher', 'townDispatcher', 'groupLead'] as const),
  ...(['member', 'member2', 'member2', 'member3', 'gridWorker', 'inspector', 'inspector2', 'liaison'] as const),
];
const categories = ['streetLight', 'roadDamage', 'elderHelp', 'garbage', 'farmHands', 'dispute', 'disaster', 'other'];

/** One move: numbers that the present state of the order gives a meaning. Mostly people do what their screen offers. */
const move = fc.record({
  kind: fc.constantFrom('offered', 'offered', 'offered', 'offered', 'offered', 'anything', 'time'),
  what: fc.nat(),
  who: fc.nat(),
  dice: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
const life = fc.record({ category: fc.nat(), start: fc.nat(), moves: fc.array(move, { minLength: 6, maxLength: 11 }) });

const seed = 20260915;

test(`anybody does anything, 50 lives of an order (seed ${seed})`, async () => {
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(life, async ({ category, start, moves }) => {
      server.clock.set(tuesdayMorning);
      const town = await buildTown(server);
      const stage = await begin(town, categories[category % categories.length] ?? '', start);
      for (const each of moves) {
        const did = await attempt(stage, each);
        if (did === null) continue;
        done.add(did);
        expect([did, await contradictionsIn(server.world.database.reading, stage.orderId)]).toEqual([did, []]);
      }
      await server.drain(town.townId);
      for (const id of [stage.orderId, stage.otherId]) {
        expect(await contradictionsIn(server.world.database.reading, id)).toEqual([]);
      }
    }),
    { numRuns: 50, seed, endOnFailure: true },
  );
  // The lives were worth living: most of the actions were really done by somebody.
  expect(done.size).toBeGreaterThan(35);
}, 180_000);

/** Two orders of the same village: the one whose life it is, some way on, and a neighbour's that it may be merged with. */
async function begin(town: Town, categoryId: string, start: number): Promise<Stage> {
  const village = journeyIn(server, town);
  const placing = { categoryId, words: '请来看看', noticeRead: true };
  const otherId = await village.place({}, 'otherResident');
  await village.does('deskLead', 'accept', otherId, {});
  const stage = { town, otherId, now: () => server.clock.now() };
  const begun = start % 6;
  if (begun === 0) {
    const orderId = ulid();
    const direct = await town.as('resident').call('orders.placeDirect', { params: { orderId }, body: placing });
    if (!direct.problem) return { ...stage, orderId };
  }
  const orderId = await village.place(placing);
  if (begun === 1) return { ...stage, orderId };
  await village.does('deskLead', 'accept', orderId, {});
  const assigned = { mode: 'assigned', assigneeId: town.people.member2.id } as const;
  const send = () => village.send(orderId, categoryId === 'dispute' ? assigned : {});
  const taskId = await send();
  if (begun >= 3) await village.claim(taskId);
  if (begun < 4) return { ...stage, orderId };
  await village.report(taskId);
  if (begun === 5 && categoryId !== 'roadDamage') await reopenTwice();
  return { ...stage, orderId };

  async function reopenTwice(): Promise<void> {
    for (const _ of [1, 2]) {
      await village.does('resident', 'reopen', orderId, { words: '还没好' });
      const again = await send();
      await village.claim(again);
      await village.report(again);
    }
  }
}

const pick = <T>(items: readonly T[], number: number): T => items[number % items.length] as T;

const read = <Row>(sql: string, ...values: string[]) => server.world.database.reading.query<Row>(sql, values);

interface Deed {
  key: string;
  table: Lifecycle;
  action: string;
  /** The task it is done to; the order itself when left out. */
  taskId?: string;
}
const onOrder = (action: string): Deed => ({ key: `orders.${action}`, table: orders, action });
const onTask = (action: string, taskId: string): Deed => ({ key: `tasks.${action}`, table: tasks, action, taskId });

/** Does it, or is refused. The name of what was done; null when nothing was. */
async function attempt(stage: Stage, move: Move): Promise<string | null> {
  let rolled = 0;
  const dice: Dice = (sides) => (move.dice[rolled++ % move.dice.length] ?? 0) % sides;
  const { town } = stage;
  if (move.kind === 'time') {
    server.clock.advance(pick([hours, 5 * hours, days, 4 * days, 9 * days], dice(5)));
    await server.drain(town.townId);
    return 'time';
  }
  const [order] = await read<{ state: string }>('SELECT state FROM service_order WHERE id = ?', stage.orderId);
  if (order && ['confirmed', 'unanswered'].includes(order.state)) await drawSample(town);
  const turn = move.kind === 'offered' && dice(5) > 0 ? whoseTurn(order?.state ?? '') : everybody;
  const client = town.as(pick(turn, move.who));
  const there = await read<{ id: string; state: string }>(
    'SELECT id, state FROM task WHERE order_id = ? ORDER BY id DESC',
    stage.orderId,
  );
  const deeds = move.kind === 'offered' ? await offeredTo(client, stage.orderId, there) : anything(there);
  if (deeds.length === 0) return null;
  const deed = pick(deeds, move.what);
  const [task] = there;
  return carryOut(client, { ...stage, ...(task ? { taskId: task.id } : {}) }, deed, dice);
}

/** What this person's screen offers, what carries the order on oftener than what ends it. */
async function offeredTo(
  client: Client,
  orderId: string,
  there: readonly { id: string; state: string }[],
): Promise<Deed[]> {
  const { data } = await client.call('orders.read', { params: { orderId } });
  // Who claims has the task in his hall, not the order.
  if (!data || data.view === 'public') {
    const open = there.filter(({ state }) => state === 'offered').map(({ id }) => onTask('claim', id));
    return [...open, ...(data?.allows ?? []).map(onOrder)];
  }
  const offered = [
    ...data.allows.map(onOrder),
    ...data.tasks.flatMap(({ id, allows }) => allows.map((each) => onTask(each, id))),
  ];
  return offered.flatMap((deed) => Array.from({ length: weightOf(deed.action) }, () => deed)).filter(hasBody);
}

const anything = (there: readonly { id: string }[]): Deed[] => [
  ...Object.keys(orderBodies).map(onOrder),
  ...there.flatMap(({ id }) => Object.keys(taskBodies).map((action) => onTask(action, id))),
];

const bodies: Readonly<Record<string, Readonly<Record<string, (stage: Stage, dice: Dice) => object>>>> = {
  orders: orderBodies,
  tasks: taskBodies,
};
const bodyOf = ({ key, action }: Deed) => bodies[key.split('.')[0] ?? '']?.[action];
const hasBody = (deed: Deed): boolean => bodyOf(deed) !== undefined;

async function carryOut(client: Client, stage: Stage, deed: Deed, dice: Dice): Promise<string | null> {
  const { key, table, action, taskId } = deed;
  const rows = taskId ? 'SELECT state FROM task WHERE id = ?' : 'SELECT state FROM service_order WHERE id = ?';
  const [{ state } = { state: '' }] = await read<{ state: string }>(rows, taskId ?? stage.orderId);
  const body = bodyOf(deed)?.(stage, dice) ?? {};
  const reply = await post(client, key, taskId ? { taskId } : { orderId: stage.orderId }, body);
  if (reply === null) return null;
  const derivable = taskId ? [] : derivedOrderStates;
  expect([key, state, targetsOf(table, action, state, derivable)]).toEqual([
    key,
    state,
    expect.arrayContaining([reply]),
  ]);
  return key;
}

/** A month is drawn once; that it was drawn before is no news. */
async function drawSample(town: Town): Promise<void> {
  const month = new Date(server.clock.now()).toISOString().slice(0, 7);
  const body = { actionId: ulid(), gridId: town.townId, month };
  const { status } = await town.as('inspector').call('inspections.draw', { body });
  expect([200, 409]).toContain(status);
}

type AnyCall = (key: string, sent: object) => Promise<Reply<{ state: string }>>;

/** The state it led to, or null where it was refused; anything but a plain refusal is a fault of ours. */
async function post(client: Client, key: string, params: object, body: object): Promise<string | null> {
  const call = client.call as unknown as AnyCall;
  const { status, data, problem } = await call(key, { params, body: { actionId: ulid(), ...body } });
  if (data) return data.state;
  expect([key, [400, 403, 404, 409, 422].includes(status) ? null : problem]).toEqual([key, null]);
  return null;
}
