import { ulid } from 'ulid';
import { keepHouse } from '../src/housekeeping';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';

let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
});
afterAll(() => server.close());

const day = 24 * 60 * 60_000;
const sessionsOf = async (personId: string) =>
  (await server.world.database.reading.query('SELECT id FROM session WHERE person_id = ?', [personId])).length;

test('a session that ended a week ago is removed, one in use is kept', async () => {
  const { child, spouse } = town.people;
  await town.as('child').ok('people.signOut', { body: { everywhere: true } });
  server.clock.advance(8 * day);
  const gone = await keepHouse(server.world);
  expect(gone?.['sessions']).toBeGreaterThan(0);
  expect(await sessionsOf(child.id)).toBe(0);
  expect(await sessionsOf(spouse.id)).toBe(1);
});

test('two processes do not keep house at once', async () => {
  const both = await Promise.all([
    server.world.database.alone('a test', async () => {
      await server.world.database.reading.query('SELECT SLEEP(0.2)');
      return ulid();
    }),
    server.world.database.reading
      .query('SELECT SLEEP(0.05)')
      .then(() => server.world.database.alone('a test', async () => ulid())),
  ]);
  expect(both.filter((each) => each !== null)).toHaveLength(1);
});

test('a typhoon day pauses the working clocks; an emergency goes on', async () => {
  const orderId = ulid();
  const place = { params: { orderId }, body: { categoryId: 'streetLight', words: '灯不亮' } };
  const before = (await town.as('resident').ok('orders.place', place)).dueAt;
  const urgent = await town.as('otherResident').ok('orders.place', {
    params: { orderId: ulid() },
    body: { categoryId: 'garbage', words: '垃圾', emergency: true },
  });
  const now = server.clock.now();
  await town.as('admin').ok('settings.closePeriod', {
    params: { gridId: town.townId, periodId: ulid() },
    body: { name: '台风', from: new Date(now).toISOString(), to: new Date(now + 2 * day).toISOString() },
  });
  await server.drain(town.townId);
  const after = await town.as('resident').ok('orders.read', { params: { orderId } });
  expect(Date.parse(after.dueAt ?? '') - Date.parse(before ?? '')).toBeGreaterThanOrEqual(day);
  const stillUrgent = await town.as('otherResident').ok('orders.read', { params: { orderId: urgent.id } });
  expect(stillUrgent.dueAt).toBe(urgent.dueAt);
});
