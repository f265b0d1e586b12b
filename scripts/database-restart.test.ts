import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../server/test/server';
import { buildTown, type Town } from '../server/test/town';
import { newPasswords } from './bootstrap.mjs';
import { startDatabase, type Database, type Plan } from './database.mjs';
import { keepAlive } from './keep-alive.mjs';
import { provideMariadb } from './mariadb.mjs';
import { stopProcess } from './processes.mjs';

/** The database goes away under a running server, which says so and goes on when it is back. */
let folder: string;
let plan: Plan;
let database: Database;
let server: TestServer;
let town: Town;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandan-restart-'));
  chmodSync(folder, 0o711);
  const places = { data: join(folder, 'data'), log: join(folder, 'log') };
  const flags = ['--innodb-flush-log-at-trx-commit=1'];
  plan = { ...places, passwords: newPasswords(), mariadb: await provideMariadb(), flags };
  database = await startDatabase(plan);
  process.env['TEST_DATABASE_URL'] = database.url('root', '');
  server = await startTestServer();
  town = await buildTown(server);
}, 60_000);
afterAll(async () => {
  // Where the server did not start, its database must not keep the run from ending.
  await (server as TestServer | undefined)?.close();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

const placing = { categoryId: 'streetLight', words: '路灯不亮了' };
const consent = { how: 'spoken', by: '本人' } as const;

/** Six phones: each reads its list and places order after order, repeating one until it is in. */
function traffic() {
  const replies: { status: number; code?: string }[] = [];
  const placed: string[] = [];
  let going = true;
  const phone = async (): Promise<void> => {
    const client = town.as('hubKeeper');
    while (going) {
      const orderId = ulid();
      const body = { ...placing, source: 'hub', consent } as const;
      const list = await client.call('orders.list', { query: { scope: 'mine' } });
      const order = await client.call('orders.place', { params: { orderId }, body });
      for (const { status, problem } of [list, order])
        replies.push({ status, ...(problem ? { code: problem.code } : {}) });
      if (order.status === 200) placed.push(orderId);
    }
  };
  const phones = Array.from({ length: 6 }, phone);
  const seen = async (fact: (reply: { status: number }) => boolean, from: number): Promise<void> => {
    while (!replies.slice(from).some(fact)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const stop = async () => {
    going = false;
    await Promise.all(phones);
  };
  return { replies, placed, seen, stop };
}

const wentDown = {
  'is stopped': () => database.stop(),
  'is killed': () => stopProcess(database.server, 0),
};

test.each(Object.entries(wentDown))(
  'a database that %s: 503 and never 500, then everything goes on',
  async (_, goDown) => {
    const { replies, placed, seen, stop } = traffic();
    await seen(({ status }) => status === 200, 0);
    await goDown();
    await seen(({ status }) => status === 503, 0);
    const back = replies.length;
    database = await startDatabase(plan);
    await seen(({ status }) => status === 200, back);
    await stop();

    const codes = [
      ...new Set(replies.filter(({ status }) => status !== 200).map(({ status, code }) => `${status} ${code}`)),
    ];
    expect(codes).toEqual(['503 server.busy']);
    // What was answered with 200 is there.
    const found = await server.world.database.reading.query('SELECT id FROM service_order WHERE id IN (?)', [placed]);
    expect(found).toHaveLength(placed.length);
    const orderId = ulid();
    await town.as('resident').ok('orders.place', { params: { orderId }, body: placing });
    await server.drain(town.townId);
  },
  60_000,
);

test('npm start brings a killed database back by itself', async () => {
  let over = false;
  void keepAlive(database, () => over);
  const { replies, seen, stop } = traffic();
  const killed = database.server.pid;
  await stopProcess(database.server, 0);
  await seen(({ status }) => status === 503, 0);
  await seen(({ status }) => status === 200, replies.length);
  await stop();
  expect(database.server.pid).not.toBe(killed);
  over = true;
}, 60_000);
