import { ulid } from 'ulid';
import { openPhone } from '../../../test/live-phone';
import { journeyIn } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { until } from '../../../test/web-process';
import { Message } from './message.entity';

let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer({ live: { times: { poll: 20, rest: 1 } } });
});
beforeEach(async () => {
  town = await buildTown(server);
});
afterAll(() => server.close());

const saidOf = (phone: Awaited<ReturnType<typeof openPhone>>) =>
  phone.messages.filter((said) => said.kind === 'changed' && said.topic === 'messages');

test('who is told something hears that he has a message, and no more than that; others hear nothing', async () => {
  const village = journeyIn(server, town);
  const [resident, other] = [
    await openPhone(town.as('resident'), server.url),
    await openPhone(town.as('otherResident'), server.url),
  ];
  await village.toClaimed();
  await village.drain();
  await resident.hears('messages');
  expect(saidOf(resident)[0]).toEqual({ kind: 'changed', topic: 'messages', ids: [], at: expect.any(String) });
  expect(saidOf(other)).toEqual([]);
  expect((await town.as('resident').ok('messages.counts')).unread).toBeGreaterThan(0);
});

const messageTo = (personId: string): Partial<Message> => ({
  ...{ id: ulid(), personId, kind: 'order.accept', topic: 'orders', title: '受理了', words: '在办了', eventId: ulid() },
  at: new Date(server.clock.now()),
});

test('one that is seen seconds after it was written is heard all the same, and once', async () => {
  const phone = await openPhone(town.as('resident'), server.url);
  const tell = (seconds: number) =>
    server.world.database.transaction(async (db) => {
      const message = messageTo(town.people.resident.id);
      await db.insert(Message, [message]);
      const written = `UPDATE message SET arrived_at = UTC_TIMESTAMP(3) - INTERVAL ${seconds} SECOND WHERE id = ?`;
      await db.write(written, [message.id ?? '']);
    });
  await tell(8);
  await phone.hears('messages');
  await tell(0);
  await until(async () => saidOf(phone).length > 1, 5_000);
  expect(saidOf(phone)).toHaveLength(2);
});

test('what is read on one device is told to the other ones, so that their badges go down; to nobody else', async () => {
  const [mine, others] = [town.people.resident.id, town.people.otherResident.id];
  const messages = [messageTo(mine), messageTo(mine), messageTo(others)];
  await server.world.database.transaction(async (db) => {
    await db.insert(Message, messages);
    await db.write('UPDATE message SET arrived_at = UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE WHERE person_id IN (?)', [
      [mine, others],
    ]);
  });
  const [computer, other] = [
    await openPhone(town.as('resident'), server.url),
    await openPhone(town.as('otherResident'), server.url),
  ];
  const { unread } = await town.as('resident').ok('messages.counts');
  const ids = [messages[0]?.id ?? ''];
  expect(await town.as('resident').ok('messages.read', { body: { ids } })).toEqual({ read: 1 });
  await computer.hears('messages');
  expect((await town.as('resident').ok('messages.counts')).unread).toBe(unread - 1);
  expect(saidOf(other)).toEqual([]);
});

test('while the phone was away: told once it is back', async () => {
  const before = await openPhone(town.as('resident'), server.url);
  const place = before.place();
  before.ws.close();
  await server.world.database.transaction((db) => db.insert(Message, [messageTo(town.people.resident.id)]));
  const after = await openPhone(town.as('resident'), server.url, { since: place });
  await after.hears('messages');
});
