import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { History } from '../outbox/history.entity';
import { happenedSince, historyStream } from './history-stream';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const rows = (count: number, given: Partial<History> = {}): Partial<History>[] =>
  Array.from({ length: count }, () => ({
    ...{ id: ulid(), thing: 'order', thingId: ulid(), aggregateId: ulid(), seq: 1, townId: null, action: 'note' },
    ...{ actorId: null, actorName: '系统', actorRole: 'system', at: new Date(server.clock.now()) },
    ...{ fromState: null, toState: null, words: null, facts: null, fannedOutAt: null },
    ...given,
  }));
const write = (all: Partial<History>[]) => server.world.database.transaction((db) => db.insert(History, all));
const fanOut = () =>
  server.world.database.transaction((db) =>
    db.write('UPDATE history SET fanned_out_at = UTC_TIMESTAMP(3) WHERE fanned_out_at IS NULL'),
  );
/** As if a worker had fanned these out a minute ago. */
const age = (all: readonly Partial<History>[]) =>
  server.world.database.transaction((db) =>
    db.write('UPDATE history SET fanned_out_at = UTC_TIMESTAMP(3) - INTERVAL 60 SECOND WHERE id IN (?)', [
      all.map(({ id }) => id ?? ''),
    ]),
  );
const idsOf = (all: readonly { id?: string }[]) => all.map(({ id }) => id).sort();

/** Follows orders, and answers the ids that are new since the last time; null for anything. */
function follower() {
  const source = { topics: ['orders' as const], things: ['order'] };
  const { next, told } = historyStream([
    {
      ...source,
      hearing: async (_reading, events) => () => events.map(({ id }) => ({ topic: 'orders' as const, id })),
    },
  ]).follow();
  return async () => {
    const { hearing } = await next(server.world.database.reading);
    told();
    return (hearing?.({} as never) ?? []).map(({ id }) => id).sort();
  };
}

test('what is committed late, under an old id and among others that were fanned out long since, is not missed', async () => {
  const news = follower();
  await news();
  const late = rows(1);
  let commit = () => {};
  const written = new Promise<void>((resolve) => (commit = resolve));
  const transaction = server.world.database.transaction(async (db) => {
    await db.insert(History, late);
    await written;
  });
  const early = rows(3);
  await write(early);
  expect(await news()).toEqual(idsOf(early));
  await age(early);
  expect(await news()).toEqual([]);
  commit();
  await transaction;
  await fanOut();
  expect(await news()).toEqual(idsOf(late));
  expect(await news()).toEqual([]);
});

test('however much happens, what is told already does not make it too much; what was missed does', async () => {
  const news = follower();
  await news();
  for (let round = 0; round < 3; round += 1) {
    const many = rows(300);
    await write(many);
    expect(await news()).toEqual(idsOf(many));
    await fanOut();
  }
  expect(await news()).toEqual([]);
  await write(rows(500));
  await fanOut();
  expect(await news()).toEqual([null]);
});

test('what waits for a worker in heaps is looked at in parts; the rest is told once it is fanned out', async () => {
  await write(rows(500, { thing: 'commitment' }));
  const news = follower();
  await news();
  const hidden = rows(5);
  await write(hidden);
  await news();
  await fanOut();
  const { items } = await happenedSince(server.world.database.reading, ['order'], null);
  expect(idsOf(items)).toEqual(expect.arrayContaining(idsOf(hidden)));
});

test('a clock of the database that was set back makes everything be read anew', async () => {
  const later = new Date(Date.now() + 60_000);
  expect((await happenedSince(server.world.database.reading, ['order'], later)).cutShort).toBe(true);
});
