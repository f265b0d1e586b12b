import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { keepHouse } from '../../housekeeping';
import { Message } from './message.entity';

let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  town = await buildTown(server);
});
afterAll(async () => server.close());

/** So many messages, one a minute and the last three at the same moment; the newest first. */
async function tell(person: PersonName, count: number): Promise<string[]> {
  const last = server.clock.now();
  const rows = Array.from({ length: count }, (_, index) => ({
    id: ulid(),
    personId: town.people[person].id,
    kind: 'order.accept',
    topic: 'orders' as const,
    title: '有人接了',
    words: `第 ${index + 1} 条`,
    eventId: ulid(),
    at: new Date(last - Math.max(0, index - 2) * 60_000),
  }));
  await server.world.database.transaction((db) => db.insert(Message, rows));
  return rows.sort((a, b) => +b.at - +a.at || (a.id < b.id ? 1 : -1)).map(({ id }) => id);
}

test('my messages come newest first, page by page, each once', async () => {
  const ids = await tell('resident', 25);
  const phone = town.as('resident');
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await phone.ok('messages.list', { query: { limit: 4, ...(cursor ? { cursor } : {}) } });
    expect(page.items.length).toBeLessThanOrEqual(4);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(ids);
});

test("a cursor of somebody else's list, or one that was changed, is refused", async () => {
  await tell('resident', 3);
  await tell('otherResident', 3);
  const { nextCursor } = await town.as('otherResident').ok('messages.list', { query: { limit: 1 } });
  for (const cursor of [nextCursor ?? '', `${nextCursor}x`, 'e30', '%00']) {
    const code = await town.as('resident').refused('messages.list', { query: { cursor } });
    expect(code).toBe('request.bad-cursor');
  }
});

test('what I have read is read, what others have not is not', async () => {
  const [first = '', second = ''] = await tell('resident', 5);
  const [theirs = ''] = await tell('otherResident', 2);
  const phone = town.as('resident');
  expect(await phone.ok('messages.read', { body: { ids: [first, second, theirs, ulid()] } })).toEqual({ read: 2 });
  expect(await phone.ok('messages.read', { body: { ids: [first] } })).toEqual({ read: 0 });
  expect(await phone.ok('messages.read', { body: {} })).toEqual({ read: 0 });
  const { items } = await phone.ok('messages.list');
  expect(items.map(({ readAt }) => readAt !== null)).toEqual([true, true, false, false, false]);
  const rest = items.slice(2).map(({ id }) => id);
  expect(await phone.ok('messages.read', { body: { ids: rest } })).toEqual({ read: 3 });
  const others = await town.as('otherResident').ok('messages.list');
  expect(others.items.map(({ readAt }) => readAt)).toEqual([null, null]);
});

test('a message leads to what it is about', async () => {
  const orderId = ulid();
  const row = {
    id: ulid(),
    personId: town.people.member.id,
    kind: 'order.dispatch',
    title: '新任务',
    words: '有一件事等您接',
  };
  await server.world.database.transaction((db) =>
    db.insert(Message, [
      { ...row, about: 'order', aboutId: orderId, eventId: ulid(), at: new Date(server.clock.now()) },
    ]),
  );
  const { items } = await town.as('member').ok('messages.list');
  expect(items).toMatchObject([{ kind: 'order.dispatch', about: { thing: 'order', id: orderId }, readAt: null }]);
});

/** As if they had been written so long ago: by the database's time, not by the village's. */
const cameAgo = (ids: readonly string[], seconds: number) =>
  server.world.database.transaction((db) =>
    db.write('UPDATE message SET arrived_at = UTC_TIMESTAMP(3) - INTERVAL ? SECOND WHERE id IN (?)', [seconds, ids]),
  );

test('all read is all that the list could hold: what comes meanwhile stays new, however old the thing it tells of', async () => {
  await cameAgo(await tell('resident', 30), 60);
  const phone = town.as('resident');
  const { items, upTo } = await phone.ok('messages.list', { query: { limit: 5 } });
  const [late = ''] = await tell('resident', 1);
  await server.world.database.transaction((db) =>
    db.write('UPDATE message SET at = ? WHERE id = ?', [new Date('2020-01-01T00:00:00Z'), late]),
  );
  const body = { ids: items.map(({ id }) => id), all: { upTo } };
  const both = await Promise.all([phone.ok('messages.read', { body }), phone.ok('messages.read', { body })]);
  expect(both.map(({ read }) => read).sort()).toEqual([0, 30]);
  expect(await phone.ok('messages.counts')).toMatchObject({ unread: 1 });
  expect((await phone.ok('messages.list', { query: { limit: 100 } })).items.at(-1)).toMatchObject({
    id: late,
    readAt: null,
  });
});

test('by topic: counted, filtered, and read by themselves', async () => {
  const ids = await tell('resident', 4);
  await server.world.database.transaction((db) =>
    db.write("UPDATE message SET topic = 'home' WHERE id IN (?)", [ids.slice(0, 3)]),
  );
  await cameAgo(ids, 60);
  const phone = town.as('resident');
  const unread = async () =>
    (await phone.ok('messages.counts')).topics
      .filter((each) => each.unread > 0)
      .map((each) => [each.topic, each.unread]);
  expect(await unread()).toEqual([
    ['orders', 1],
    ['home', 3],
  ]);
  const { items, nextCursor, upTo } = await phone.ok('messages.list', { query: { topic: 'home', limit: 2 } });
  expect(items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  const code = await phone.refused('messages.list', { query: { topic: 'orders', cursor: nextCursor ?? '' } });
  expect(code).toBe('request.bad-cursor');
  expect(await phone.ok('messages.read', { body: { all: { upTo, topic: 'home' } } })).toEqual({ read: 3 });
  expect(await unread()).toEqual([['orders', 1]]);
});

test('what is older than half a year goes, read or not', async () => {
  const [newest = '', ...older] = await tell('resident', 3);
  const longAgo = new Date(server.clock.now() - 181 * 24 * 3600_000);
  await server.world.database.transaction((db) =>
    db.write('UPDATE message SET at = ? WHERE id IN (?)', [longAgo, older]),
  );
  const gone = await keepHouse(server.world);
  expect(gone?.['messages']).toBeGreaterThanOrEqual(2);
  expect((await town.as('resident').ok('messages.list')).items.map(({ id }) => id)).toEqual([newest]);
});
