import fc from 'fast-check';
import { ulid } from 'ulid';
import { actionsFrom, targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { derivedOrderStates, orderLifecycle } from '@sandan/shared/orders/order.lifecycle';
import { taskLifecycle } from '@sandan/shared/orders/task.lifecycle';
import { contradictionsIn } from './chronicle';
import type { Client, Reply } from './client';
import { days, hours, journeyIn } from './journey';
import { likely, orderBodies, taskBodies, usually, type Dice, type Stage } from './likely-bodies';
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
const everybody: PersonName[] = [
  ...(['resident', 'spouse', 'otherResident', 'member', 'member2', 'member3', 'memberOutside', 'hubKeeper'] as const),
  ...([
    'groupLead',
    'gridWorker',
    'deskLead',
    'deskLead2',
    'townDispatcher',
    'inspector',
    'inspector2',
    'liaison',
  ] as const),
];
const categories = ['streetLight', 'roadDamage', 'elderHelp', 'garbage', 'farmHands', 'dispute', 'disaster', 'other'];

/** One move: numbers that the present state of the order gives a meaning. */
const move = fc.record({
  what: fc.nat(),
  who: fc.nat(),
  kind: fc.constantFrom('order', 'order', 'order', 'task', 'task', 'task', 'time'),
  sensible: fc.constantFrom(true, true, true, true, false),
  dice: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
const life = fc.record({
  category: fc.nat(),
  start: fc.nat(),
  moves: fc.array(move, { minLength: 12, maxLength: 26 }),
});

const seed = 20260915;

test(`anybody does anything, 50 lives of an order (seed ${seed})`, async () => {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(life, async ({ category, start, moves }) => {
      server.clock.set(tuesdayMorning);
      const town = await buildTown(server);
      const stage = await begin(town, categories[category % categories.length] ?? '', start);
      for (const each of moves) {
        const did = await attempt(stage, each);
        if (did) done.set(did, (done.get(did) ?? 0) + 1);
        if (did) expect([did, await contradictionsIn(server.world.database.reading, stage.orderId)]).toEqual([did, []]);
      }
      await server.drain(town.townId);
      for (const id of [stage.orderId, stage.otherId]) {
        expect(await contradictionsIn(server.world.database.reading, id)).toEqual([]);
      }
    }),
    { numRuns: 50, seed, endOnFailure: true },
  );
  // The lives were worth living: nearly every action was really done by somebody.
  console.info(
    [...done]
      .sort(([, one], [, other]) => other - one)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  );
  expect(done.size).toBeGreaterThan(40);
}, 120_000);

/** Two orders of the same village: the one whose life it is, some way on, and a neighbour's that it may be merged with. */
async function begin(town: Town, categoryId: string, start: number): Promise<Stage> {
  const village = journeyIn(server, town);
  const placing = { categoryId, words: '请来看看', noticeRead: true };
  const otherId = await village.place({}, 'otherResident');
  await village.does('deskLead', 'accept', otherId, {});
  const stage = { town, otherId, now: () => server.clock.now() };
  if (start % 4 === 0) {
    const orderId = ulid();
    const direct = await town.as('resident').call('orders.placeDirect', { params: { orderId }, body: placing });
    if (!direct.problem) return { ...stage, orderId };
  }
  const orderId = await village.place(placing);
  if (start % 4 === 1) return { ...stage, orderId };
  await village.does('deskLead', 'accept', orderId, {});
  const assigned = { mode: 'assigned', assigneeId: town.people.member2.id } as const;
  const taskId = await village.send(orderId, categoryId === 'dispute' ? assigned : {});
  if (start % 4 === 3) await village.claim(taskId);
  return { ...stage, orderId };
}

const pick = <T>(items: readonly T[], number: number): T => items[number % items.length] as T;

const read = <Row>(sql: string, ...values: string[]) => server.world.database.reading.query<Row>(sql, values);

/** Does it, or is refused. The name of what was done; null when nothing was. */
async function attempt(stage: Stage, move: Move): Promise<string | null> {
  let rolled = 0;
  const dice: Dice = (sides) => (move.dice[rolled++ % move.dice.length] ?? 0) % sides;
  if (move.kind === 'order') return actOnOrder(stage, move, dice);
  if (move.kind === 'task') return actOnTask(stage, move, dice);
  server.clock.advance(pick([hours, 5 * hours, days, 4 * days, 9 * days], dice(5)));
  await server.drain(stage.town.townId);
  return null;
}

async function actOnOrder(stage: Stage, { what, who, sensible }: Move, dice: Dice): Promise<string | null> {
  const [order] = await read<{ state: string }>('SELECT state FROM service_order WHERE id = ?', stage.orderId);
  const state = order?.state ?? '';
  const [first] = await tasksOf(stage.orderId);
  const action = pick(choices(orders, state, orderBodies, sensible), what);
  if (action === 'inspect') await drawSample(stage.town);
  const body = orderBodies[action](first ? { ...stage, taskId: first.id } : stage, dice);
  const person = pick(sensible ? usually(action) : everybody, who);
  const reply = await post(stage.town.as(person), `orders.${action}`, { orderId: stage.orderId }, body);
  if (reply === null) return null;
  expect([action, state, targetsOf(orders, action, state, derivedOrderStates)]).toEqual([
    action,
    state,
    expect.arrayContaining([reply]),
  ]);
  return `orders.${action}`;
}

async function actOnTask(stage: Stage, { what, who, sensible }: Move, dice: Dice): Promise<string | null> {
  const tasks_ = await tasksOf(stage.orderId);
  if (tasks_.length === 0) return null;
  const { id, state, holder } = pick(tasks_, pick([0, 0, 0, 1, 2], dice(5)));
  const action = pick(choices(tasks, state, taskBodies, sensible), what);
  const body = taskBodies[action](stage, dice);
  const person = (sensible && holderOf(stage.town, holder, who)) || pick(sensible ? usually(action) : everybody, who);
  const reply = await post(stage.town.as(person), `tasks.${action}`, { taskId: id }, body);
  if (reply === null) return null;
  expect([action, state, targetsOf(tasks, action, state, [])]).toEqual([
    action,
    state,
    expect.arrayContaining([reply]),
  ]);
  return `tasks.${action}`;
}

/** What the table allows from here, the likelier the oftener; anything at all where somebody is not sensible. */
function choices<Deed extends string>(
  table: Lifecycle,
  state: string,
  bodies: Record<Deed, unknown>,
  sensible: boolean,
): Deed[] {
  const legal = sensible ? likely(actionsFrom(table, state)).filter((action) => action in bodies) : [];
  return (legal.length > 0 ? legal : Object.keys(bodies)) as Deed[];
}

interface TaskInHand {
  id: string;
  state: string;
  holder: string | null;
}
/** Those that something can still be done about come first. */
const tasksOf = (orderId: string) =>
  read<TaskInHand>(
    `SELECT id, state, COALESCE(receiver_id, lead_id, assignee_id) AS holder FROM task WHERE order_id = ?
     ORDER BY state IN ('offered', 'claimed') DESC, round DESC, id`,
    orderId,
  );

/** Two times in three whoever has the task is the one who acts on it. */
function holderOf({ people }: Town, holder: string | null, who: number): PersonName | undefined {
  const names = Object.keys(people) as PersonName[];
  return who % 3 === 0 ? undefined : names.find((name) => people[name].id === holder);
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
