import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { testDatabaseUrl } from './database';
import { journeyIn } from './journey';
import { program } from './program';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';

/**
 * A worker as its own process, killed in the middle of 300 events; another goes on. Nothing is lost and nothing is doubled:
 * in the end everybody has the messages that a village gets where nobody is killed.
 */
let server: TestServer;
let databaseUrl: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  // Background workers fire what is due in every town, so they have a database of their own, and the clock on the wall.
  databaseUrl = await testDatabaseUrl('killed');
  dataDir = await mkdtemp(join(tmpdir(), 'sandan-killed-'));
  server = await startTestServer({ config: { databaseUrl }, now: Date.now() });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

function startWorker(): ChildProcess {
  const [node, args, options] = program('main', {
    ...{ KEYS_FILE: server.world.config.keysFile, WECHAT_ORIGIN: server.wechat.origin },
    ...{ SANDAN_MODE: 'test', ROLE: 'worker', DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_LEVEL: 'info' },
  });
  const child = spawn(node, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

interface Logged {
  level: string;
  msg: string;
}

/** Until it is at work, and stops when it is asked to; what goes wrong in it is shown. */
function atWork({ stdout }: ChildProcess): Promise<void> {
  if (!stdout) throw new Error('Nobody hears the worker');
  const lines = createInterface(stdout);
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const { level, msg } = JSON.parse(line) as Logged;
      if (msg === 'listening') resolve();
      if (level === 'error' || level === 'fatal') console.error(line);
    });
  });
}

/** Every order: placed by the grid worker on his round, asked about, answered, accepted, dispatched: five events. */
async function fill(town: Town, orders: number): Promise<void> {
  const village = journeyIn(server, town);
  const onRound = { categoryId: 'streetLight', words: '路灯不亮', source: 'patrol', gridId: town.groups.a1 } as const;
  const one = async () => {
    const orderId = await village.place(onRound, 'gridWorker');
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏?' });
    await village.does('deskLead', 'answer', orderId, { words: '桥头' });
    await village.does('deskLead', 'accept', orderId, {});
    await village.send(orderId);
    return orderId;
  };
  for (let made = 0; made < orders; made += 10)
    await Promise.all(Array.from({ length: Math.min(10, orders - made) }, one));
}

const read = <Row>(sql: string, ...values: string[]) => server.world.database.reading.query<Row>(sql, values);
const count = async (sql: string, townId: string) => Number((await read<{ n: number }>(sql, townId))[0]?.n);
const delivered = (townId: string) =>
  count('SELECT COUNT(*) AS n FROM outbox_delivery WHERE town_id = ? AND done_at IS NOT NULL', townId);
const waiting = async (townId: string) =>
  (await count('SELECT COUNT(*) AS n FROM history WHERE town_id = ? AND fanned_out_at IS NULL', townId)) +
  (await count('SELECT COUNT(*) AS n FROM outbox_delivery WHERE town_id = ? AND done_at IS NULL', townId));

async function until(fact: () => Promise<boolean>, patience = 20_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await fact())) {
    if (performance.now() > end) throw new Error('it did not come to that');
    await pause(5);
  }
}

/** `order.accept 刘建华` → how many messages of that kind the person got. */
async function mail(town: Town): Promise<Record<string, number>> {
  const rows = await read<{ kind: string; name: string; n: number }>(
    `SELECT m.kind, p.name, COUNT(*) AS n FROM message m JOIN history h ON h.id = m.event_id JOIN person p ON p.id = m.person_id
     WHERE h.town_id = ? GROUP BY m.kind, p.name ORDER BY m.kind, p.name`,
    town.townId,
  );
  return Object.fromEntries(rows.map(({ kind, name, n }) => [`${kind} ${name}`, Number(n)]));
}

test('killed in the middle of 300 events, it loses nothing and doubles nothing', async () => {
  const calm = await buildTown(server);
  await fill(calm, 2);
  await server.drain(calm.townId);
  const ofTwo = await mail(calm);

  const town = await buildTown(server);
  await fill(town, 60);
  expect(await count('SELECT COUNT(*) AS n FROM history WHERE town_id = ?', town.townId)).toBe(300);
  const killed = startWorker();
  await atWork(killed);
  await until(async () => (await delivered(town.townId)) >= 80);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  expect(await waiting(town.townId)).toBeGreaterThan(0);

  // Half a minute passes: what the dead one had leased is free again.
  await server.world.database.transaction((db) =>
    db.write(
      'UPDATE outbox_delivery SET leased_until = leased_until - INTERVAL 31 SECOND WHERE leased_until IS NOT NULL',
    ),
  );
  const other = startWorker();
  await atWork(other);
  await until(async () => (await waiting(town.townId)) === 0);
  other.kill('SIGTERM');
  expect(await once(other, 'exit')).toEqual([0, null]);

  expect(await count('SELECT COUNT(*) AS n FROM outbox_delivery WHERE town_id = ? AND attempts > 0', town.townId)).toBe(
    0,
  );
  const timesThirty = Object.fromEntries(Object.entries(ofTwo).map(([key, n]) => [key, n * 30]));
  expect(await mail(town)).toEqual(timesThirty);
}, 60_000);

test('two workers side by side share the work and stop when they are asked to', async () => {
  const town = await buildTown(server);
  const both = [startWorker(), startWorker()];
  await Promise.all(both.map(atWork));
  await fill(town, 10);
  await until(async () => (await waiting(town.townId)) === 0);
  for (const child of both) child.kill('SIGTERM');
  for (const child of both) if (child.exitCode === null) await once(child, 'exit');
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const rows = await count(
    'SELECT COUNT(*) AS n FROM message m JOIN history h ON h.id = m.event_id WHERE h.town_id = ?',
    town.townId,
  );
  const different = await count(
    'SELECT COUNT(DISTINCT m.event_id, m.person_id) AS n FROM message m JOIN history h ON h.id = m.event_id WHERE h.town_id = ?',
    town.townId,
  );
  expect([rows, rows > 0]).toEqual([different, true]);
}, 60_000);
