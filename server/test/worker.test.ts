import { ulid } from 'ulid';
import { recordAct } from '../src/foundation/audit/record-act';
import { runDueWork, type DueHandler } from '../src/foundation/due-work/due-work';
import { maxAttempts, runOutbox, type DomainEvent, type Reaction } from '../src/foundation/outbox/outbox';
import { dueHandlers } from '../src/rooms';
import { days, hours, journeyIn, type Journey } from './journey';
import { startTestServer, tuesdayMorning, type TestServer } from './server';
import { buildTown, type Town } from './town';
import { until } from './web-process';

/** Events and clocks, run by any number of workers: in order, once, and one failure does not hold up the others. */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const read = <Row>(sql: string, ...values: (string | Date)[]) => server.world.database.reading.query<Row>(sql, values);
const write = (sql: string, ...values: string[]) => server.world.database.transaction((db) => db.write(sql, values));
const scope = () => ({ townId: town.townId });

/** Writes one row for every event it is told, and remembers in which order it was told. */
function bookkeeper(failsFor: (event: DomainEvent) => boolean = () => false) {
  const told: DomainEvent[] = [];
  const reaction: Reaction = {
    name: `test.${ulid()}`,
    wants: ({ thing }) => thing === 'order',
    run: async (db, event) => {
      const { id, at } = event;
      const facts = { everywhere: false, ended: 0 };
      await recordAct(db, { personId: null, now: at, townId: null }, 'signOut', { thingId: id, facts });
      if (failsFor(event)) throw new Error('the book is full');
      told.push(event);
    },
  };
  const parked: string[] = [];
  const { database, log, references } = server.world;
  const worker = {
    ...{ database, log, reactions: [reaction], reference: () => references.current() },
    onParked: (name: string) => void parked.push(name),
  };
  /** Until nothing is waiting. */
  const run = async () => {
    while ((await runOutbox(worker, scope())) > 0);
  };
  return { told, parked, run, name: reaction.name };
}

const written = async (events: readonly { id: string }[]) => {
  const rows = await read<{ thing_id: string }>(
    "SELECT thing_id FROM audit_entry WHERE act = 'signOut' AND thing_id IN (?)",
    events.map(({ id }) => id) as never,
  );
  return rows.map(({ thing_id }) => thing_id).sort();
};
const happened = () =>
  read<{ id: string; aggregate_id: string; seq: number }>(
    "SELECT id, aggregate_id, seq FROM history WHERE thing = 'order' AND town_id = ? ORDER BY seq",
    town.townId,
  );

/** Orders that much happens to, all at the same time. */
async function busyVillage(count: number): Promise<string[]> {
  const people = ['resident', 'otherResident', 'hubKeeper', 'member'] as const;
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const orderId = await village.place({}, people[index % people.length]);
      await village.does('deskLead', 'ask', orderId, { words: '哪一盏?' });
      await village.does('deskLead', 'answer', orderId, { words: '桥头' });
      await village.does('deskLead', 'accept', orderId, {});
      await village.send(orderId);
      return orderId;
    }),
  );
}

describe('events', () => {
  test('two workers at once tell every event once, those of one order in the order in which they happened', async () => {
    const orderIds = await busyVillage(12);
    const book = bookkeeper();
    await Promise.all([book.run(), book.run()]);
    const events = await happened();
    expect(events).toHaveLength(60);
    expect(book.told).toHaveLength(60);
    for (const orderId of orderIds) {
      const told = book.told.filter(({ aggregateId }) => aggregateId === orderId).map(({ action }) => action);
      expect(told).toEqual(['place', 'ask', 'answer', 'accept', 'dispatch']);
    }
    expect(await written(events)).toEqual(events.map(({ id }) => id).sort());
  });

  test('a reaction that fails leaves nothing behind, tries again later and later, and is put aside after ten times', async () => {
    const [unlucky = '', ...others] = await busyVillage(3);
    const book = bookkeeper(({ aggregateId, action }) => aggregateId === unlucky && action === 'ask');
    await book.run();
    for (const orderId of others)
      expect(book.told.filter(({ aggregateId }) => aggregateId === orderId)).toHaveLength(5);
    // What happened to it afterwards waits for its turn.
    expect(book.told.filter(({ aggregateId }) => aggregateId === unlucky).map(({ action }) => action)).toEqual([
      'place',
    ]);

    const waits: number[] = [];
    for (let attempt = 2; attempt <= maxAttempts; attempt += 1) {
      const [row] = await read<{ seconds: number }>(
        'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), next_at) AS seconds FROM outbox_delivery WHERE reaction = ? AND attempts > 0 AND done_at IS NULL',
        book.name,
      );
      waits.push(Number(row?.seconds));
      await write(
        'UPDATE outbox_delivery SET next_at = UTC_TIMESTAMP(3) WHERE reaction = ? AND attempts > 0',
        book.name,
      );
      await book.run();
    }
    for (const [index, seconds] of waits.entries()) {
      expect(seconds).toBeLessThanOrEqual(2 ** (index + 1));
      expect(seconds).toBeGreaterThan(2 ** (index + 1) - 30);
    }
    expect(waits.at(-1)).toBeGreaterThan(400);
    expect(book.parked).toEqual([book.name]);
    expect(book.told.filter(({ aggregateId }) => aggregateId === unlucky).map(({ action }) => action)).toEqual([
      'place',
      'answer',
      'accept',
      'dispatch',
    ]);
    const events = await happened();
    const failed = events.filter(({ aggregate_id, seq }) => aggregate_id === unlucky && seq === 2).map(({ id }) => id);
    expect(await written(events)).toEqual(
      events
        .map(({ id }) => id)
        .filter((id) => !failed.includes(id))
        .sort(),
    );
  });

  test('what a dead worker had in hand is done by another when its lease is over, not before', async () => {
    await busyVillage(2);
    const book = bookkeeper();
    const { database } = server.world;
    await runOutbox(
      {
        ...server.world,
        reactions: [{ name: book.name, wants: () => true, run: () => Promise.reject(new Error('killed')) }],
        reference: () => server.world.references.current(),
      },
      scope(),
    );
    await database.transaction((db) =>
      db.write(
        'UPDATE outbox_delivery SET next_at = UTC_TIMESTAMP(3), leased_until = UTC_TIMESTAMP(3) + INTERVAL 20 SECOND WHERE reaction = ?',
        [book.name],
      ),
    );
    await book.run();
    expect(book.told).toEqual([]);
    await write(
      'UPDATE outbox_delivery SET leased_until = leased_until - INTERVAL 20 SECOND WHERE reaction = ?',
      book.name,
    );
    await book.run();
    expect(book.told.filter(({ thing }) => thing === 'order')).toHaveLength(10);
  });
});

describe('clocks', () => {
  const due = (handlers: Readonly<Record<string, DueHandler>> = dueHandlers) => ({
    ...server.world,
    handlers,
    reference: () => server.world.references.current(),
    now: () => new Date(server.clock.now()),
  });
  const rung = async (townId: string) =>
    read<{ aggregate_id: string; action: string }>(
      "SELECT aggregate_id, action FROM history WHERE town_id = ? AND thing = 'clock'",
      townId,
    );

  test('two workers at once ring each once', async () => {
    const orderIds = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        village.place({}, (['resident', 'otherResident', 'member'] as const)[index % 3]),
      ),
    );
    server.clock.advance(6 * hours);
    await Promise.all([1, 2, 3].map(() => runDueWork(due(), scope())));
    const rows = await rung(town.townId);
    expect(rows.map(({ action }) => action)).toEqual(orderIds.map(() => 'halfTime'));
    expect(new Set(rows.map(({ aggregate_id }) => aggregate_id)).size).toBe(12);
    expect(await runDueWork(due(), scope())).toBe(0);
  });

  test('time that passes in one town passes in no other', async () => {
    const elsewhere = await buildTown(server);
    const there = await journeyIn(server, elsewhere).place();
    await village.place();
    await village.wait(6 * hours);
    expect(await rung(town.townId)).not.toEqual([]);
    expect(await rung(elsewhere.townId)).toEqual([]);
    expect((await read<{ rung: number }>('SELECT rung FROM due_work WHERE aggregate_id = ?', there))[0]?.rung).toBe(0);
  });

  test('a clock whose handler fails rings again later; the others ring on, and nothing of it is left half', async () => {
    const [bad, good] = [await village.place(), await village.place()];
    const handlers = {
      study: (async (db, row, now, reference) => {
        const next = await dueHandlers['study']?.(db, row, now, reference);
        if (row.aggregateId === bad) throw new Error('the bell is cracked');
        return next ?? null;
      }) satisfies DueHandler,
    };
    server.clock.advance(6 * hours);
    await runDueWork(due(handlers), scope());
    expect((await rung(town.townId)).map(({ aggregate_id }) => aggregate_id)).toEqual([good]);
    const [row] = await read<{ attempts: number; error: string; rung: number }>(
      'SELECT attempts, error, rung FROM due_work WHERE aggregate_id = ?',
      bad,
    );
    expect(row).toMatchObject({ attempts: 1, error: 'Error the bell is cracked', rung: 0 });
    expect(await runDueWork(due(), scope())).toBe(0);
    await write('UPDATE due_work SET leased_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE aggregate_id = ?', bad);
    await runDueWork(due(), scope());
    expect(await rung(town.townId)).toHaveLength(2);
  });

  test('whoever takes minutes over a step keeps it: its lease is renewed, and no second worker begins it', async () => {
    const orderId = await village.place();
    server.clock.advance(6 * hours);
    const isLeased = async () =>
      (await read('SELECT 1 FROM due_work WHERE aggregate_id = ? AND leased_until > UTC_TIMESTAMP(3)', orderId))
        .length > 0;
    const takenBeside: number[] = [];
    const handlers = {
      study: (async (db, row, now, reference) => {
        // So long that the lease has run out.
        await write(
          'UPDATE due_work SET leased_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE aggregate_id = ?',
          orderId,
        );
        await until(isLeased);
        takenBeside.push(await runDueWork(due(), scope()));
        return (await dueHandlers['study']?.(db, row, now, reference)) ?? null;
      }) satisfies DueHandler,
    };
    expect(await runDueWork({ ...due(handlers), renewEvery: 5 }, scope())).toBe(1);
    expect(takenBeside).toEqual([0]);
    expect(await rung(town.townId)).toHaveLength(1);
  });

  test('a clock that was set anew meanwhile is nobody’s lease: it rings when it is due', async () => {
    const { orderId, taskId } = await village.toDispatched();
    // The stand-in gets a new clock from the very hand that holds the lease on the old one.
    await village.wait(days + hours);
    expect(await village.readTask(taskId)).toMatchObject({ mode: 'assigned', state: 'offered' });
    await village.wait(days);
    await village.wait(days);
    await village.wait(2 * days);
    expect((await village.read(orderId)).tasks[0]).toMatchObject({ state: 'expired' });
  });

  test('what is moved between the lease and the bell does not ring', async () => {
    const orderId = await village.place();
    server.clock.advance(6 * hours);
    const handlers = {
      study: (async () => {
        throw new Error('it must not ring');
      }) satisfies DueHandler,
    };
    const slow = due(handlers);
    const reference = async () => {
      // The desk accepts just now.
      await village.tries('deskLead', 'accept', orderId, {});
      return server.world.references.current();
    };
    await runDueWork({ ...slow, reference }, scope());
    const [row] = await read<{ attempts: number }>(
      "SELECT attempts FROM due_work WHERE aggregate_id = ? AND kind = 'study'",
      orderId,
    );
    expect(row?.attempts).toBe(0);
  });
});
