import { ulid } from 'ulid';
import { stageOf } from '@sandan/shared/lifecycle';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { Order } from '../orders/order.entity';

let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  town = await buildTown(server);
});
afterAll(async () => server.close());

const minute = 60_000;
const day = 24 * 60 * minute;

interface Told extends Partial<Order> {
  state: OrderState;
  /** Days before now. */
  ago?: number;
  group?: keyof Town['groups'];
}

/** Orders as they would stand after their way, straight into the table: only the figures are tested here. */
async function write(...told: Told[]): Promise<void> {
  const rows = told.map(({ state, ago = 1, group = 'a1', ...facts }) => {
    const at = new Date(server.clock.now() - ago * day);
    const village = group.startsWith('a') ? town.villageA : town.villageB;
    return {
      ...{ id: ulid(), state, stage: stageOf(orderLifecycle, state), version: 1, source: 'resident' as const },
      ...{ categoryId: 'streetLight', urgency: 'normal' as const, visibility: 'normal' as const, title: '路灯不亮' },
      ...{ placeGridId: town.groups[group], countyId: town.countyId, townId: town.townId, villageId: village },
      ...{ groupId: town.groups[group], deskGridId: village, deskKind: 'desk' as const },
      ...{ fingerprint: Buffer.alloc(32), placedAt: at, acceptedAt: at },
      ...{ reopens: 0, onTheSpot: 0, selfHandled: 0 },
      ...facts,
    };
  });
  await server.world.database.transaction((db) => db.insert(Order, rows));
}
const times = (count: number, told: Told): Told[] => Array.from({ length: count }, () => told);
const figures = (query: { gridId?: string; from?: string; to?: string } = {}) =>
  town.as('townDispatcher').ok('boards.figures', { query });

test('the four rates are counted as the village agreed, and what stands beside them is never inside', async () => {
  const content = { answeredContacted: 1, answeredSolved: 1, answeredStars: 5, contactInTime: 1 };
  await write(
    ...times(16, { state: 'confirmed', ...content }),
    ...times(4, { state: 'archived', ...content, answeredSolved: 0, answeredStars: 2, reopens: 1 }),
    ...times(2, { state: 'confirmed', ...content, answeredContacted: 0, answeredStars: 4, onTheSpot: 1 }),
    ...times(3, { state: 'unanswered', contactInTime: 1, closedHow: 'silent', selfHandled: 1 }),
    ...times(5, { state: 'handling', contactInTime: 0 }),
    { state: 'accepted', contactInTime: null },
    { state: 'placed', acceptedAt: null },
    { state: 'declined', acceptedAt: null },
    ...times(2, { state: 'merged' }),
    { state: 'converted' },
    { state: 'withdrawn' },
    { state: 'confirmed', ...content, outcome: 'planned' },
    { state: 'confirmed', ...content, outcome: 'beyondPower', answeredStars: 3 },
  );
  expect(await figures()).toEqual({
    ...{ gridId: town.townId, gridName: '东澄镇', from: '2025-09-15', to: '2026-09-15', accepted: 33 },
    completionRate: { part: 27, of: 33, rate: 0.818 },
    responseRate: { part: 25, of: 33, rate: 0.758 },
    resolutionRate: { part: 20, of: 24, rate: 0.833 },
    satisfactionRate: { part: 19, of: 24, rate: 0.792 },
    beside: {
      ...{ running: 6, unanswered: 3, declined: 1, merged: 2, converted: 1, withdrawn: 1 },
      ...{ onTheSpot: 2, selfHandled: 3, planned: 1, beyondPower: 1, reopened: 4 },
    },
  });
});

test('where fewer than twenty answered there is no rate, only the counts', async () => {
  const answered = { answeredContacted: 1, answeredSolved: 1, answeredStars: 5, contactInTime: 1 };
  await write(...times(19, { state: 'confirmed', ...answered }), ...times(6, { state: 'handling' }));
  const { resolutionRate, completionRate } = await figures();
  expect(resolutionRate).toEqual({ part: 19, of: 19, rate: null });
  expect(completionRate).toEqual({ part: 19, of: 25, rate: 0.76 });
});

test('figures belong to the place, whoever had the order on the desk, and to the day of acceptance in China', async () => {
  await write(
    ...times(6, { state: 'confirmed', group: 'a1', deskGridId: town.townId }),
    ...times(7, { state: 'confirmed', group: 'b1' }),
    // 23:30 and 00:30 in China, around the midnight between the 9th and the 10th.
    { state: 'confirmed', acceptedAt: new Date('2026-09-09T15:30:00Z'), ago: 30 },
    { state: 'confirmed', acceptedAt: new Date('2026-09-09T16:30:00Z'), ago: 30 },
  );
  expect((await figures({ gridId: town.villageA })).accepted).toBe(8);
  expect((await figures({ gridId: town.groups.b1 })).accepted).toBe(7);
  expect((await figures({ gridId: town.villageA, from: '2026-09-10' })).accepted).toBe(7);
  const one = await figures({ gridId: town.villageA, from: '2026-09-09', to: '2026-09-09' });
  expect([one.accepted, one.from, one.to]).toEqual([1, '2026-09-09', '2026-09-09']);
});

test('a confidential order counts in totals, never in a cell below five', async () => {
  const confidential = { visibility: 'confidential' as const };
  await write(
    ...times(8, { state: 'handling' }),
    { state: 'handling', ...confidential },
    ...times(2, { state: 'withdrawn' }),
    { state: 'withdrawn', ...confidential },
  );
  const { accepted, beside } = await figures();
  expect([accepted, beside.running, beside.withdrawn]).toEqual([9, 9, 2]);
});

test('a village sees its own figures and its groups, nobody a neighbour; residents see none', async () => {
  const desk = town.as('deskLead');
  expect((await desk.ok('boards.figures')).gridId).toBe(town.villageA);
  expect((await desk.ok('boards.figures', { query: { gridId: town.groups.a2 } })).gridName).toBe('二组');
  for (const gridId of [town.villageB, town.townId]) {
    expect(await desk.refused('boards.figures', { query: { gridId } })).toBe('access.forbidden');
  }
  expect(await desk.refused('boards.figures', { query: { gridId: ulid() } })).toBe('grid.not-found');
  expect(await town.as('resident').refused('boards.figures')).toBe('access.forbidden');
  expect((await town.as('secretary').ok('boards.figures')).gridId).toBe(town.villageA);
});

test.each([
  ['from=2026-09-10&to=2026-09-01', 'to'],
  ['from=0001-01-01', 'from'],
  ['to=9999-12-31', 'to'],
  ['from=2026-02-30', 'from'],
  ['from=yesterday', 'from'],
])('no figures for %s', async (query, field) => {
  const response = await town.as('townDispatcher').raw('GET', `/api/figures?${query}`);
  const { fields } = (await response.json()) as { fields: Record<string, string> };
  expect([response.status, Object.keys(fields)]).toEqual([400, [field]]);
});
