import { ulid } from 'ulid';
import type { Reply } from './client';
import { journeyIn, type Attempt, type Journey } from './journey';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';

/** Many at the same moment: one winner, honest losers, nothing half (decisions.md §1). */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const tally = (
  replies: readonly { status: number; code?: string | undefined; problem?: { code: string } | undefined }[],
) => {
  const counted: Record<string, number> = {};
  for (const { status, problem } of replies) {
    const key = problem ? `${status} ${problem.code}` : String(status);
    counted[key] = (counted[key] ?? 0) + 1;
  }
  return counted;
};
const statuses = (replies: readonly { status: number }[]) => replies.map(({ status }) => status).sort();
const rows = async <Row>(sql: string, values: string[]) => server.world.database.reading.query<Row>(sql, values);

/** All at the same moment; what the slowest but one in a hundred had to wait, in milliseconds. */
async function allAtOnce<R>(deeds: readonly (() => Promise<R>)[]): Promise<{ replies: R[]; p99: number }> {
  const waits: number[] = [];
  const timed = async (deed: () => Promise<R>): Promise<R> => {
    const began = performance.now();
    const reply = await deed();
    waits.push(performance.now() - began);
    return reply;
  };
  const replies = await Promise.all(deeds.map(timed));
  waits.sort((one, other) => one - other);
  return { replies, p99: waits[Math.floor(waits.length * 0.99)] ?? Infinity };
}

async function everybodyClaims(taskId: string, count: number) {
  const members = await town.moreMembers(count);
  // Warm connections; and what the same crowd takes to read who they are, on a machine as busy as this one is now.
  const reading = await allAtOnce(
    members.map(
      ({ client }) =>
        () =>
          client.ok('people.me'),
    ),
  );
  const promisedAt = village.inHours(5);
  const claim =
    ({ client }: (typeof members)[number]) =>
    (): Promise<Reply<unknown>> =>
      client.call('tasks.claim', { params: { taskId }, body: { actionId: ulid(), promisedAt } });
  const { replies, p99 } = await allAtOnce(members.map(claim));
  return { replies, p99, bound: Math.max(3_000, 4 * reading.p99) };
}

describe('claiming', () => {
  test('400 members claim one task at once: one has it, 399 read who was quicker', async () => {
    const { orderId, taskId } = await village.toDispatched();
    const { replies, p99, bound } = await everybodyClaims(taskId, 400);
    expect(tally(replies)).toEqual({ 200: 1, '409 task.already-claimed': 399 });
    expect(p99).toBeLessThan(bound);
    const { state, tasks, history } = await village.read(orderId);
    expect(state).toBe('handling');
    expect(tasks).toMatchObject([{ state: 'claimed', taken: 1, seats: [{ state: 'taken' }] }]);
    expect(history.filter(({ action }) => action === 'claim')).toHaveLength(1);
    const loser = replies.find(({ problem }) => problem);
    expect(loser?.problem?.facts).toMatchObject({ state: 'claimed', by: tasks[0]?.seats[0]?.name });
  });

  test('a team of five among 400: five have a seat, and it starts', async () => {
    const { orderId, taskId } = await village.toDispatched({ mode: 'team', seats: 5, minSeats: 5 });
    const { replies, p99, bound } = await everybodyClaims(taskId, 400);
    expect(tally(replies)).toEqual({ 200: 5, '409 task.full': 395 });
    expect(p99).toBeLessThan(bound);
    const { state, tasks, history } = await village.read(orderId);
    expect(state).toBe('handling');
    expect(tasks).toMatchObject([{ state: 'claimed', taken: 5, seats: times(5, () => ({ state: 'taken' })) }]);
    expect(history.filter(({ action }) => action === 'claim')).toHaveLength(5);
  });

  test('one member taps on seven tasks at once: five are his', async () => {
    const placers = ['resident', 'otherResident'] as const;
    const orders = await Promise.all(times(7, (index) => village.place({}, placers[index % 2])));
    await Promise.all(orders.map((orderId) => village.does('deskLead', 'accept', orderId, {})));
    const ids = await Promise.all(orders.map((orderId) => village.send(orderId)));
    const promisedAt = village.inHours(5);
    const replies = await Promise.all(
      ids.map((taskId) => village.triesTask('member2', 'claim', taskId, { promisedAt })),
    );
    expect(tally(replies)).toEqual({ 200: 5, '409 task.too-many-claimed': 2 });
  });

  test('claimed and taken back by the desk at once: never in hand of an order that has none', async () => {
    for (const _ of [1, 2, 3]) {
      const { orderId, taskId } = await village.toDispatched();
      const replies = await Promise.all([
        village.triesTask('member2', 'claim', taskId, { promisedAt: village.inHours(5) }),
        village.triesTask('deskLead', 'cancel', taskId, { words: '不用了' }),
      ]);
      expect(statuses(replies).at(0)).toBe(200);
      expect(statuses(replies).at(1)).toBeLessThan(500);
      const order = await village.read(orderId);
      const [task] = order.tasks;
      expect([order.state, task?.state]).toEqual(['accepted', 'cancelled']);
      expect(task?.seats.map(({ state }) => state)).toEqual(task?.seats.map(() => 'released'));
    }
  });

  test('claimed while the order is suspended: either it rests with its task, or the task was in hand before', async () => {
    const { orderId, taskId } = await village.toDispatched();
    const pause = { reason: 'waitWeather', words: '下雨', resumeAt: village.inHours(48) } as const;
    const [, suspended] = await Promise.all([
      village.triesTask('member2', 'claim', taskId, { promisedAt: village.inHours(5) }),
      village.tries('deskLead', 'suspend', orderId, pause),
    ]);
    expect(suspended.status).toBe(200);
    const order = await village.read(orderId);
    expect(order).toMatchObject({ state: 'suspended', tasks: [{ claimDueAt: null, handleDueAt: null }] });
  });
});

describe('two at one desk', () => {
  test('both accept: one does, the other reads by whom', async () => {
    const orderId = await village.place();
    const replies = await Promise.all([
      village.tries('deskLead', 'accept', orderId, {}),
      village.tries('deskLead2', 'accept', orderId, {}),
    ]);
    expect(statuses(replies)).toEqual([200, 409]);
    expect(loserOf(replies)).toMatchObject({ code: 'order.wrong-state', facts: { state: 'accepted' } });
  });

  test('one dispatches while the resident withdraws: no task is left on an order that is gone', async () => {
    for (const _ of [1, 2, 3]) {
      const orderId = await village.toAccepted();
      const replies = await Promise.all([
        village.tries('deskLead', 'dispatch', orderId, { tasks: [{ id: ulid(), mode: 'open' }] }),
        village.tries('resident', 'withdraw', orderId, {}),
      ]);
      expect(replies[1]?.status).toBe(200);
      const order = await village.read(orderId, 'deskLead');
      expect(order.state).toBe('withdrawn');
      expect(order.tasks.map(({ state }) => state)).toEqual(order.tasks.map(() => 'cancelled'));
    }
  });

  test('one dispatches, the other passes it up: one of them wins, or one after the other', async () => {
    const orderId = await village.toAccepted();
    const replies = await Promise.all([
      village.tries('deskLead', 'dispatch', orderId, { tasks: [{ id: ulid(), mode: 'open' }] }),
      village.tries('deskLead2', 'escalate', orderId, { words: '村里办不了' }),
    ]);
    expect(replies[1]?.status).toBe(200);
    const order = await village.read(orderId);
    expect([order.state, ...order.tasks.map(({ state }) => state)]).toEqual([
      'placed',
      ...order.tasks.map(() => 'cancelled'),
    ]);
  });
});

test('the resident says 办好了 on one phone and 没办好 on the other: the story has one order', async () => {
  for (const _ of [1, 2, 3]) {
    const { orderId } = await village.toReported();
    const [confirmed, reopened] = await Promise.all([
      village.tries('resident', 'confirm', orderId, village.content),
      village.tries('resident', 'reopen', orderId, { words: '又坏了' }),
    ]);
    // After 办好了 she may still say 没办好; after 没办好 there is nothing to confirm.
    expect([200, 409]).toContain(confirmed.status);
    expect(reopened.status).toBe(200);
    const order = await village.read(orderId, 'resident');
    expect(order).toMatchObject({ state: 'accepted', round: 2, reopens: 1 });
    expect(order.answers).toHaveLength(confirmed.status === 200 ? 1 : 0);
  }
});

describe('the same again', () => {
  test('one note sent twenty times at once is written once, and every phone is content', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const body = { actionId: ulid(), words: '到现场了' };
    const replies = await Promise.all(
      times(20, () => town.as('member2').call('tasks.note', { params: { taskId }, body })),
    );
    expect(tally(replies)).toEqual({ 200: 20 });
    expect((await village.read(orderId)).history.filter(({ action }) => action === 'note')).toHaveLength(1);
  });

  test('one claim, one acceptance, one answer, one me-too: each twenty times at once', async () => {
    const placed = await village.place();
    const accept = { actionId: ulid() };
    const accepted = await Promise.all(
      times(20, () => town.as('deskLead').call('orders.accept', { params: { orderId: placed }, body: accept })),
    );
    expect(tally(accepted)).toEqual({ 200: 20 });

    const joins = { actionId: ulid() };
    const joined = await Promise.all(
      times(20, () => town.as('otherResident').call('orders.meToo', { params: { orderId: placed }, body: joins })),
    );
    expect(tally(joined)).toEqual({ 200: 20 });
    expect((await village.read(placed)).meToo).toBe(1);

    const taskId = await village.send(placed);
    const claims = { actionId: ulid(), promisedAt: village.inHours(5) };
    const claimed = await Promise.all(
      times(20, () => town.as('member2').call('tasks.claim', { params: { taskId }, body: claims })),
    );
    expect(tally(claimed)).toEqual({ 200: 20 });
    expect(await village.readTask(taskId)).toMatchObject({ taken: 1, seats: [{ state: 'taken' }] });

    await village.report(taskId);
    const answer = { actionId: ulid(), ...village.content };
    const answered = await Promise.all(
      times(20, () => town.as('resident').call('orders.confirm', { params: { orderId: placed }, body: answer })),
    );
    expect(tally(answered)).toEqual({ 200: 20 });
    expect((await village.read(placed, 'resident')).answers).toHaveLength(1);
  });

  test('an action id that was used for something else, or by somebody else, is refused', async () => {
    const orderId = await village.place();
    const body = { actionId: ulid() };
    await town.as('deskLead').ok('orders.accept', { params: { orderId }, body });
    const escalate = { params: { orderId }, body: { ...body, words: '上报' } };
    expect(await town.as('deskLead').refused('orders.escalate', escalate)).toBe('action.repeated-differently');
    expect(await town.as('deskLead2').refused('orders.accept', { params: { orderId }, body })).toBe(
      'action.repeated-differently',
    );
    const other = await village.place();
    expect(await town.as('deskLead').refused('orders.accept', { params: { orderId: other }, body })).toBe(
      'action.repeated-differently',
    );
  });

  test('one order sent twenty times at once is one order', async () => {
    const orderId = ulid();
    const body = { categoryId: 'streetLight', words: '路灯不亮了' };
    const replies = await Promise.all(
      times(20, () => town.as('resident').call('orders.place', { params: { orderId }, body })),
    );
    expect(tally(replies)).toEqual({ 200: 20 });
    expect(await rows('SELECT id FROM history WHERE aggregate_id = ?', [orderId])).toHaveLength(1);
    expect(await rows('SELECT kind FROM due_work WHERE aggregate_id = ?', [orderId])).toEqual([{ kind: 'study' }]);
  });

  test('two people use one id at the same moment: one has the order, the other learns nothing of it', async () => {
    const orderId = ulid();
    const body = { categoryId: 'streetLight', words: '路灯不亮了' };
    const replies = await Promise.all(
      (['resident', 'otherResident'] as const).map((who) =>
        town.as(who).call('orders.place', { params: { orderId }, body }),
      ),
    );
    expect(statuses(replies)).toEqual([200, 409]);
    const loser = loserOf(replies);
    expect(loser).toMatchObject({ code: 'order.id-taken' });
    expect(loser?.facts).toBeUndefined();
  });

  test('neighbours say 我也是 at the same moment: all are counted', async () => {
    const { orderId } = await village.toDispatched();
    const neighbours = ['otherResident', 'hubKeeper', 'member'] as const;
    const replies = await Promise.all(neighbours.map((who) => village.tries(who, 'meToo', orderId, {})));
    expect(tally(replies)).toEqual({ 200: neighbours.length });
    expect((await village.read(orderId)).meToo).toBe(neighbours.length);
  });
});

const loserOf = (replies: readonly (Reply<unknown> | Attempt)[]) =>
  replies.find(({ status }) => status !== 200)?.problem;
