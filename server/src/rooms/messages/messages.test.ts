import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
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
  expect(await phone.ok('messages.read', { body: { ids: [] } })).toEqual({ read: 0 });
  const { items } = await phone.ok('messages.list');
  expect(items.map(({ readAt }) => readAt !== null)).toEqual([true, true, false, false, false]);
  expect(await phone.ok('messages.read', { body: {} })).toEqual({ read: 3 });
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
