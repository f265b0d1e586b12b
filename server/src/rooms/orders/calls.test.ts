import { ulid } from 'ulid';
import { journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

let server: TestServer;
let town: Town;
let village: Journey;
const day = 24 * 60 * 60_000;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(Date.parse('2026-09-15T09:00:00+08:00'));
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const calls = async () => (await town.as('deskLead').ok('calls.list', {})).items;
const record = (callId: string, result: 'reached' | 'noAnswer', actionId = ulid()) =>
  town.as('deskLead').ok('calls.record', { params: { callId }, body: { actionId, result } });

/** The resident has not opened the app for so many days. */
const silentFor = async (days: number) => {
  // What he has just sent is still being noted as a look into the app.
  await server.world.background.settled();
  await server.world.database.transaction((db) =>
    db.write('UPDATE session SET last_seen_at = ? WHERE person_id = ?', [
      ...[new Date(server.clock.now() - days * day), town.people.resident.id],
    ]),
  );
};

test('whoever has been silent for a week is rung an hour later, and not once he has looked into the app', async () => {
  await village.does('deskLead', 'ask', await village.place(), { words: '是哪一盏？' });
  await village.drain();
  await silentFor(3);
  await village.does('deskLead', 'ask', await village.place(), { words: '是哪一盏？' });
  await village.drain();
  server.clock.advance(day / 12);
  await village.drain();
  expect(await calls()).toEqual([]);
  const orderId = await village.place();
  await silentFor(8);
  await village.does('deskLead', 'ask', orderId, { words: '是哪一盏？' });
  await village.drain();
  expect(await calls()).toEqual([]);
  server.clock.advance(61 * 60_000);
  await village.drain();
  expect(await calls()).toMatchObject([
    { orderId, reason: 'asking', say: expect.stringContaining('是哪一盏？'), phone: expect.stringContaining('****') },
  ]);
  expect((await calls())[0]?.say).toContain('我是碧塘村的');
  const [byTown] = (await town.as('townDispatcher').ok('calls.list', {})).items;
  expect(byTown?.say).toContain('我是东澄镇的');
  const { calls: waiting } = await town.as('deskLead').ok('boards.waiting');
  expect(waiting).toBe(1);
  await silentFor(0);
  expect(await calls()).toEqual([]);
});

test('nobody picks up: again the next morning, and after the third time somebody goes there', async () => {
  const orderId = await village.place();
  await silentFor(8);
  await village.does('deskLead', 'decline', orderId, { reason: 'outsideScope', words: '请到镇上办' });
  await village.drain();
  server.clock.advance(2 * 60 * 60_000);
  const first = (await calls())[0]?.id ?? '';
  const actionId = ulid();
  const once = await record(first, 'noAnswer', actionId);
  expect(once).toEqual({ result: 'noAnswer', againAt: '2026-09-16T00:00:00.000Z', isVisit: false });
  expect(await record(first, 'noAnswer', actionId)).toEqual(once);
  expect(await calls()).toEqual([]);
  for (const isVisit of [false, true]) {
    server.clock.advance(day);
    expect(await record(first, 'noAnswer')).toMatchObject({ isVisit });
  }
  server.clock.advance(day);
  expect(await calls()).toMatchObject([{ tries: 3, isVisit: true }]);
  const both = await Promise.allSettled([record(first, 'reached'), record(first, 'reached')]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await calls()).toEqual([]);
});

test('on the fifth day whoever has not said is rung, and the call counts for the order', async () => {
  const { orderId } = await village.toReported();
  await silentFor(0);
  for (const days of [3, 2]) {
    server.clock.advance(days * day);
    await village.drain();
  }
  const [one] = await calls();
  expect(one).toMatchObject({ orderId, reason: 'reported' });
  const reveal = { params: { orderId }, body: { actionId: ulid(), purpose: 'callback' as const } };
  expect((await town.as('deskLead').ok('orders.revealContact', reveal)).phone).toMatch(/^1\d{10}$/);
  await record(one?.id ?? '', 'noAnswer');
  const [row] = await server.world.database.reading.query<{ tries: number }>(
    'SELECT call_attempts AS tries FROM service_order WHERE id = ?',
    [orderId],
  );
  expect(row?.tries).toBe(1);
});

test('今日待办 is a paper of the desk: a list of people, written down with everybody in it', async () => {
  await village.place();
  server.clock.advance(3 * day);
  await village.drain();
  await village.place({ categoryId: 'hardship', words: '家里困难' });
  const body = { actionId: ulid(), gridId: town.villageA };
  const { address, fileName } = await town.as('deskLead').ok('calls.today', { body });
  expect(fileName).toContain('今日待办-2026-09-18.pdf');
  const file = await town.as('deskLead').raw('GET', address);
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  await file.arrayBuffer();
  const acts = await server.world.database.reading.query<{ act: string }>(
    'SELECT act FROM audit_entry WHERE thing_id = ? ORDER BY at, id',
    [town.villageA],
  );
  expect(
    acts
      .map(({ act }) => act)
      .filter((act) => act.includes('Today'))
      .sort(),
  ).toEqual([...['exportToday', 'openTodayPaper']]);
});
