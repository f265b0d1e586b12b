import { ulid } from 'ulid';
import { journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { until } from '../../../test/web-process';

/** What the screen offers is what may be done: `allows` in the reply of an action and in what is read afterwards. */
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

const words = { words: '见说明' };
const allowed = async (who: PersonName, orderId: string) => (await village.read(orderId, who)).allows;

describe('办好了', () => {
  test('once she has said so it is not offered to her again, neither at once nor later', async () => {
    const { orderId } = await village.toReported();
    const { allows } = await village.does('resident', 'confirm', orderId, village.content);
    expect(allows).not.toContain('confirm');
    expect(await allowed('resident', orderId)).not.toContain('confirm');
    expect(await village.cannot('resident', 'confirm', orderId, village.content)).toBe('order.answered-already');
  });

  test('it stays open to the other party, and opens to her again in the next round', async () => {
    const orderId = await village.toAccepted();
    const neighbours = await village.place({ gridId: town.groups.a2 }, 'otherResident');
    await village.does('deskLead', 'merge', neighbours, { primaryId: orderId });
    const again = async () => {
      const taskId = await village.send(orderId);
      await village.claim(taskId);
      await village.report(taskId);
    };
    await again();
    await village.does('resident', 'confirm', orderId, village.content);
    expect(await allowed('otherResident', orderId)).toContain('confirm');
    await village.does('otherResident', 'reopen', orderId, words);
    await again();
    expect(await allowed('resident', orderId)).toContain('confirm');
  });
});

test('我也是 is not offered to who has just said it, nor 回访 to who has just settled it on the spot', async () => {
  const shown = await village.toDispatched();
  const joined = await village.does('otherResident', 'meToo', shown.orderId, {});
  expect(joined.allows).not.toContain('meToo');
  const settlement = { ...village.solved, contacted: true } as const;
  const settled = await village.does('deskLead', 'settle', await village.place(), settlement);
  expect(settled.allows).not.toContain('recordCallback');
});

describe('督查 and 申诉', () => {
  const fault = { result: 'fault', fault: 'missingEvidence', ...words } as const;
  const sampled = async () => {
    const { orderId } = await village.toConfirmed();
    const body = { actionId: ulid(), gridId: town.townId, month: '2026-09' };
    await town.as('inspector').ok('inspections.draw', { body });
    return orderId;
  };
  const offered = async (orderId: string) => {
    const of = async (who: PersonName) =>
      (await allowed(who, orderId)).filter((action) => ['inspect', 'appealFault', 'decideAppeal'].includes(action));
    return [await of('inspector'), await of('member2'), await of('inspector2')];
  };

  test('each step is offered to whose turn it is, and only then', async () => {
    const orderId = await sampled();
    expect(await offered(orderId)).toEqual([['inspect'], [], ['inspect']]);
    expect((await village.does('inspector', 'inspect', orderId, fault)).allows).not.toContain('inspect');
    expect(await offered(orderId)).toEqual([[], ['appealFault'], []]);
    expect((await village.does('member2', 'appealFault', orderId, words)).allows).not.toContain('appealFault');
    expect(await offered(orderId)).toEqual([[], [], ['decideAppeal']]);
  });

  test('without an appeal there is nothing to decide', async () => {
    const orderId = await sampled();
    const decision = { upheld: true, ...words };
    expect(await village.cannot('inspector2', 'decideAppeal', orderId, decision)).toBe('order.appeal-over');
    await village.does('inspector', 'inspect', orderId, fault);
    expect(await village.cannot('inspector2', 'decideAppeal', orderId, decision)).toBe('order.appeal-over');
  });
});

describe('下单 by two at once', () => {
  const task = () => ({ id: ulid(), mode: 'open' as const });

  test('eight send the same order out: one does, the others read who was quicker', async () => {
    const orderId = await village.toAccepted();
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        village.tries(index % 2 === 0 ? 'deskLead' : 'deskLead2', 'dispatch', orderId, {
          tasks: [task()],
          from: 'accepted',
        }),
      ),
    );
    expect(replies.map(({ code }) => code ?? 'sent').sort()).toEqual([...Array(7).fill('order.wrong-state'), 'sent']);
    expect((await village.read(orderId)).tasks).toHaveLength(1);
  });

  /** How many have read an order and now wait to change it. */
  const waiting = async (): Promise<number> => {
    const [row] = await server.world.database.reading.query<{ count: number }>(
      "SELECT COUNT(*) AS count FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE 'UPDATE service_order SET%'",
    );
    return Number(row?.count);
  };

  test('so it is when nobody says what he saw, as far as both have read the order before either sends it', async () => {
    const orderId = await village.toAccepted();
    // Holds the order's row, so that all eight have read it and wait for it.
    const replies: Promise<{ status: number }>[] = [];
    await server.world.database.transaction(async (db) => {
      await db.query('SELECT id FROM service_order WHERE id = ? FOR UPDATE', [orderId]);
      for (let index = 0; index < 8; index += 1)
        replies.push(village.tries('deskLead', 'dispatch', orderId, { tasks: [task()] }));
      await until(async () => (await waiting()) === 8);
    });
    const statuses = (await Promise.all(replies)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, ...Array(7).fill(409)]);
  });

  test('who looks at an old screen is told what it is now; who sees it sent may send more', async () => {
    const orderId = await village.toAccepted();
    await village.send(orderId);
    const late = await village.tries('deskLead2', 'dispatch', orderId, { tasks: [task()], from: 'accepted' });
    expect(late.problem).toMatchObject({ code: 'order.wrong-state', facts: { state: 'dispatched' } });
    await village.does('deskLead2', 'dispatch', orderId, { tasks: [task()], from: 'dispatched' });
    const [first] = (await village.read(orderId)).tasks;
    await village.claim(first?.id ?? '');
    await village.does('deskLead', 'dispatch', orderId, { tasks: [task()] });
    expect((await village.read(orderId)).tasks).toHaveLength(3);
  });
});
