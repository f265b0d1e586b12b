import { ulid } from 'ulid';
import { commitmentsIn } from './commitment-journey';
import { journeyIn, type Journey } from './journey';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';

/**
 * Round trips to the database cost most (stack.md), and counting them is not noisy: session, COMMIT and all. The bounds are
 * those of decisions.md §7.
 */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  village = journeyIn(server, town);
});
afterAll(() => server.close());

const count = async (work: () => Promise<unknown>): Promise<string[]> => {
  // The first request of a process also reads trees, categories and settings.
  await town.as('deskLead').ok('people.me');
  return server.statements.during(work);
};

test('a claim takes at most seven', async () => {
  const { taskId } = await village.toDispatched();
  const statements = await count(() => village.claim(taskId));
  expect(statements.length).toBeLessThanOrEqual(7);
  expect(statements.at(-1)).toBe('COMMIT');
});

test('a claim that comes too late takes no lock: session, one look, and back', async () => {
  const { taskId } = await village.toClaimed();
  const statements = await count(() =>
    village.triesTask('member3', 'claim', taskId, { promisedAt: village.inHours(5) }),
  );
  expect(statements.filter((sql) => /^(UPDATE|INSERT)|FOR UPDATE/.test(sql))).toEqual([]);
  expect(statements.length).toBeLessThanOrEqual(3);
});

test('a list takes at most three, however long it is', async () => {
  const consent = { how: 'spoken', by: '本人' } as const;
  for (let number = 0; number < 25; number += 1) {
    const body = { categoryId: 'streetLight', words: `第 ${number} 盏`, source: 'hub', consent } as const;
    await town.as('hubKeeper').ok('orders.place', { params: { orderId: ulid() }, body });
  }
  for (const scope of ['mine', 'desk', 'public'] as const) {
    const statements = await count(() => town.as('deskLead').ok('orders.list', { query: { scope, limit: 20 } }));
    expect([scope, statements.length <= 3]).toEqual([scope, true]);
  }
  for (const scope of ['claimable', 'mine', 'desk'] as const) {
    const statements = await count(() => town.as('deskLead').ok('tasks.list', { query: { scope } }));
    expect([scope, statements.length <= 3]).toEqual([scope, true]);
  }
});

test('a detail takes at most five, whatever has happened to it', async () => {
  const { orderId } = await village.toConfirmed();
  await village.does('resident', 'reopen', orderId, { words: '又不亮了' });
  const statements = await count(() => village.read(orderId, 'deskLead'));
  expect(statements.length).toBeLessThanOrEqual(5);
});

test('the figures of a year take four: session, year, deeds and debts, at whatever level one looks', async () => {
  const deeds = commitmentsIn(server, town);
  const { roundId } = await deeds.toPublished();
  for (const under of [town.branches.committee, town.branches.a]) {
    const statements = await count(() =>
      town.as('townSecretary').ok('rounds.figures', { params: { roundId }, query: { under } }),
    );
    // A branch is asked twice: what is below it, and then who is in it.
    expect(statements.length).toBeLessThanOrEqual(under === town.branches.committee ? 4 : 6);
  }
  const year = await count(() => town.as('admin').ok('rounds.yearFigures', { params: { year: deeds.year } }));
  expect(year.length).toBeLessThanOrEqual(4);
  const badges = await count(() => town.as('secretary').ok('commitments.counts'));
  expect(badges.length).toBeLessThanOrEqual(3);
});
