import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, type Pool } from 'mysql2/promise';
import { ulid } from 'ulid';
import { Pool as HttpPool } from 'undici';
import {
  connectDatabase,
  connectionOf,
  type Database,
  type Reading,
  type SqlValue,
} from '../src/foundation/database/connect';
import { migrate } from '../src/foundation/database/migrate';
import { createReferenceCache } from '../src/foundation/reference/reference';
import { recognise } from '../src/foundation/access/sessions';
import { systemClock } from '../src/foundation/world/clock';
import { loadReference } from '../src/reference';
import { entities } from '../src/rooms';
import { listDesk } from '../src/rooms/orders/order-list.queries';
import { besideOf } from '../src/rooms/orders/order-detail.queries';
import { loadRecordToShow } from '../src/rooms/orders/order-record';
import { buildTown, type Town } from '../test/town';
import { fillOrders, openTasks } from './county';
import { closedLoop, pacedLoop, type Load } from './load';
import { freePort, startProgram, type Running } from './processes';

/**
 * `npm run bench`: everything in one run, so that the ratios mean something on a noisy machine (decisions.md §7).
 * Bare mysql2 replays the very statements of the server, at the same concurrency.
 */
const clients = 24;
const claims = Number(process.env['BENCH_CLAIMS'] ?? 1500);
const reads = Number(process.env['BENCH_READS'] ?? 6000);
const many = Number(process.env['BENCH_ORDERS'] ?? 1_000_000);

interface Statement {
  sql: string;
  values: readonly SqlValue[];
}

const rows: string[][] = [];
const say = (line: string) => console.log(line);
const rounded = (value: number, places = 0) => value.toFixed(places);

function note(name: string, load: Load): Load {
  rows.push([name, rounded(load.perSecond), rounded(load.p50, 1), rounded(load.p99, 1), String(load.failures)]);
  say(
    `  ${name}: ${rounded(load.perSecond)}/s, p50 ${rounded(load.p50, 1)} ms, p99 ${rounded(load.p99, 1)} ms${load.failures ? `, ${load.failures} FAILED` : ''}`,
  );
  return load;
}

const verdicts: { name: string; value: number; bound: string; holds: boolean }[] = [];
function judge(name: string, value: number, bound: string, holds: boolean): void {
  verdicts.push({ name, value, bound, holds });
}

/** Answers the statements that `work` would send, without sending them again later. */
async function recorded(database: Database, work: (reading: Reading) => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  await work({
    query: (sql, values = []) => {
      statements.push({ sql, values });
      return database.reading.query(sql, values);
    },
  });
  return statements;
}

function barePool(url: string, autocommit: boolean): Pool {
  const { username, ...rest } = connectionOf(url);
  const pool = createPool({ ...rest, user: username, connectionLimit: clients, timezone: 'Z', charset: 'utf8mb4' });
  pool.pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', () => undefined);
    connection.query(`SET SESSION time_zone='+00:00', autocommit=${autocommit ? 1 : 0}`, () => undefined);
  });
  return pool;
}

const replay = (pool: Pool, statements: readonly Statement[]) => async () => {
  for (const { sql, values } of statements) await pool.query(sql, values as unknown[]);
  return true;
};

class Api {
  private readonly pool: HttpPool;
  constructor(url: string) {
    this.pool = new HttpPool(url, { connections: 64, pipelining: 1 });
  }
  async call(method: 'GET' | 'POST', path: string, token: string, body?: unknown): Promise<number> {
    const answer = await this.pool.request({
      method,
      path,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : null,
    });
    await answer.body.dump();
    return answer.statusCode;
  }
  close = () => this.pool.close();
}

async function measureClaims(bench: Bench): Promise<void> {
  const { town, database, references, api } = bench;
  const warmUp = 500;
  const taskIds = await openTasks(database, await references.current(), town, claims * 2 + warmUp);
  const members = await town.moreMembers(Math.ceil((claims + warmUp) / 4) + clients);
  const promisedAt = new Date(Date.now() + 3_600_000).toISOString();
  const claimOne = async (piece: number) => {
    const member = members[piece % members.length];
    const path = `/api/tasks/${taskIds[piece]}/claim`;
    return (await api.call('POST', path, member?.token ?? '', { actionId: ulid(), promisedAt })) === 200;
  };
  await closedLoop(clients, warmUp, claimOne);
  const overHttp = note('claim over HTTP', await closedLoop(clients, claims, (piece) => claimOne(piece + warmUp)));
  const bare = note(
    'claim, the same writes by bare mysql2',
    await bareClaims(
      bench,
      taskIds.slice(claims + warmUp),
      members.map(({ id }) => id),
    ),
  );
  judge(
    'claim ÷ bare',
    overHttp.perSecond / bare.perSecond,
    '≥ 0.35, goal 0.6',
    overHttp.perSecond / bare.perSecond >= 0.35,
  );
}

/** The five statements of a claim (order and task, seat, history, clocks, COMMIT), in one transaction. */
async function bareClaims(
  { url, town, database }: Bench,
  taskIds: readonly string[],
  memberIds: readonly string[],
): Promise<Load> {
  const tasks = await database.reading.query<{ id: string; order_id: string }>(
    'SELECT id, order_id FROM task WHERE id IN (?)',
    [taskIds],
  );
  const pool = barePool(url, false);
  const now = new Date();
  const load = await closedLoop(clients, tasks.length, async (piece) => {
    const task = tasks[piece];
    const memberId = memberIds[piece % memberIds.length];
    if (!task || !memberId) return false;
    const connection = await pool.getConnection();
    await connection.query(
      `UPDATE service_order o STRAIGHT_JOIN task t ON t.order_id = o.id
       SET o.state = ?, o.stage = ?, o.due_at = ?, o.version = o.version + 1,
           t.state = 'claimed', t.stage = 'working', t.taken = 1, t.lead_id = ?, t.claimed_at = ?, t.promised_at = ?, t.version = t.version + 1
       WHERE o.id = ? AND o.version = ? AND t.id = ? AND t.state = 'offered' AND t.taken = 0`,
      ['handling', 'working', now, memberId, now, now, task.order_id, 3, task.id],
    );
    await connection.query(
      'INSERT INTO task_claim (task_id, person_id, order_id, state, promised_at, at, ended_at, tries, reason) VALUES (?, ?, ?, ?, ?, ?, NULL, 0, NULL)',
      [task.id, memberId, task.order_id, 'taken', now, now],
    );
    const history = [task.order_id, 4, town.townId, memberId, '某某', 'helper', now, null, null];
    await connection.query(
      `INSERT INTO history (id, aggregate_id, seq, town_id, actor_id, actor_name, actor_role, at, on_behalf_id, fanned_out_at, thing, thing_id, action, from_state, to_state, words, facts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'task', ?, 'claim', 'offered', 'claimed', NULL, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'order', ?, 'derive', 'dispatched', 'handling', NULL, NULL)`,
      [
        ulid(),
        ...history,
        task.id,
        JSON.stringify({ promisedAt: now.toISOString() }),
        ulid(),
        ...history,
        task.order_id,
      ],
    );
    const clock = (kind: string) => [
      task.id,
      kind,
      task.order_id,
      town.townId,
      'working',
      390,
      0,
      now,
      now,
      now,
      0,
      null,
      0,
      null,
    ];
    await connection.query(
      `INSERT INTO due_work (thing_id, kind, aggregate_id, town_id, clock, limit_minutes, used_minutes, running_since, due_at, next_at, rung, leased_until, attempts, error)
       VALUES (?), (?), (?) ON DUPLICATE KEY UPDATE clock = VALUES(clock), limit_minutes = VALUES(limit_minutes), used_minutes = VALUES(used_minutes),
         running_since = VALUES(running_since), due_at = VALUES(due_at), next_at = VALUES(next_at), rung = VALUES(rung)`,
      [clock('claim'), clock('contact'), clock('handle')],
    );
    await connection.query('COMMIT');
    connection.release();
    return true;
  });
  await pool.end();
  return load;
}

async function measureReads(bench: Bench): Promise<void> {
  const { town, database, references, api, url } = bench;
  const members = await town.moreMembers(400);
  const { caller } = await recognise(database.reading, references, town.people.deskLead.token, new Date());
  const list = await recorded(database, (reading) => listDesk(reading, caller, { scope: 'desk', limit: 20 }));
  const [first] = await database.reading.query<{ id: string }>(
    "SELECT order_id AS id FROM task WHERE state = 'claimed' LIMIT 1",
  );
  const orderId = first?.id ?? '';
  const detail = await recorded(database, async (reading) => {
    const record = await loadRecordToShow(reading, orderId);
    if (record) await besideOf(reading, record);
  });
  const pool = barePool(url, true);
  const readers = await grantDesk(
    bench,
    members.map(({ id }) => id),
  );
  const token = (piece: number) => members[piece % readers]?.token ?? '';
  await closedLoop(
    clients,
    500,
    async (piece) => (await api.call('GET', '/api/orders?scope=desk', token(piece))) === 200,
  );
  const listOver = note(
    'list of 20 over HTTP',
    await closedLoop(
      clients,
      reads,
      async (piece) => (await api.call('GET', '/api/orders?scope=desk', token(piece))) === 200,
    ),
  );
  const listBare = note('list, the same SQL by bare mysql2', await closedLoop(clients, reads, replay(pool, list)));
  judge(
    'list ÷ bare',
    listOver.perSecond / listBare.perSecond,
    '≥ 0.33, goal 0.5',
    listOver.perSecond / listBare.perSecond >= 0.33,
  );
  const detailOver = note(
    'detail over HTTP',
    await closedLoop(
      clients,
      reads,
      async (piece) => (await api.call('GET', `/api/orders/${orderId}`, token(piece))) === 200,
    ),
  );
  const detailBare = note(
    'detail, the same SQL by bare mysql2',
    await closedLoop(clients, reads, replay(pool, detail)),
  );
  judge(
    'detail ÷ bare',
    detailOver.perSecond / detailBare.perSecond,
    '≥ 0.33, goal 0.5',
    detailOver.perSecond / detailBare.perSecond >= 0.33,
  );
  const paced = note(
    '50 people, one request a second',
    await pacedLoop(50, 20, async (piece) => (await api.call('GET', '/api/orders?scope=desk', token(piece))) === 200),
  );
  judge('p99 of a read by 50 people (ms)', paced.p99, '< 50', paced.p99 < 50);
  await pool.end();
}

/** The rate limit is per person: many desk people share the load. */
async function grantDesk({ database, town }: Bench, ids: readonly string[]): Promise<number> {
  await database.transaction((db) =>
    db.write("UPDATE role_grant SET role = 'deskLead', kind = NULL, node_id = ? WHERE person_id IN (?)", [
      town.villageA,
      ids,
    ]),
  );
  return ids.length;
}

/** One list in four shapes, alone on the machine: what the database costs, by the number of orders. */
async function listShapes(bench: Bench): Promise<Record<string, number>> {
  const { database, references, town } = bench;
  const { caller } = await recognise(database.reading, references, town.people.townDispatcher.token, new Date());
  const query = { scope: 'desk' as const, limit: 20 };
  const deep = await deepCursor(database, (cursor) =>
    listDesk(database.reading, caller, { ...query, stage: 'done', ...(cursor ? { cursor } : {}) }),
  );
  const two = {
    ...caller,
    grants: caller.grants.map((grant) => ({
      ...grant,
      grids: [caller.reference.tree.gridOf(town.villageA), caller.reference.tree.gridOf(town.villageB)],
    })),
  };
  const shapes: Record<string, () => Promise<unknown>> = {
    'first page': () => listDesk(database.reading, caller, query),
    'by stage': () => listDesk(database.reading, caller, { ...query, stage: 'done' }),
    deep: () => listDesk(database.reading, caller, { ...query, stage: 'done', cursor: deep }),
    'two grants': () => listDesk(database.reading, two, query),
  };
  const result: Record<string, number> = {};
  for (const [name, run] of Object.entries(shapes)) {
    for (let warm = 0; warm < 20; warm += 1) await run();
    const load = await closedLoop(1, 200, async () => Boolean(await run()));
    result[name] = load.p50;
  }
  return result;
}

async function deepCursor(
  database: Database,
  page: (cursor: string | null) => Promise<{ nextCursor: string | null }>,
): Promise<string> {
  void database;
  let cursor: string | null = null;
  for (let pages = 0; pages < 15; pages += 1) {
    const next: string | null = (await page(cursor)).nextCursor;
    if (!next) break;
    cursor = next;
  }
  return cursor ?? '';
}

interface Bench {
  url: string;
  town: Town;
  database: Database;
  references: ReturnType<typeof createReferenceCache>;
  api: Api;
  server: Running;
}

async function openBench(folder: string): Promise<Bench> {
  const root = process.env['BENCH_DATABASE_URL'];
  const bundle = process.env['SERVER_BUNDLE_DIR'];
  if (!root || !bundle) throw new Error('Run it by `npm run bench`');
  const address = new URL(root);
  address.pathname = '/sandan_bench';
  const url = address.toString();
  const { username, database: _none, ...where } = connectionOf(root);
  const admin = createPool({ ...where, user: username, connectionLimit: 1 });
  await admin.query('CREATE DATABASE IF NOT EXISTS sandan_bench CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci');
  await admin.end();
  await migrate({ ownerUrl: url, entities });
  const database = await connectDatabase({ url, entities });
  const references = createReferenceCache(database.reading, loadReference);
  const port = await freePort();
  const server = await startProgram(
    join(bundle, 'main.js'),
    { SANDAN_MODE: 'test', ROLE: 'web', DATABASE_URL: url, DATA_DIR: folder, LOG_LEVEL: 'info' },
    port,
    '/health/ready',
  );
  const town = await buildTown({ world: { database } as never, url: server.url, clock: { ...systemClock } as never });
  return { url, town, database, references, api: new Api(server.url), server };
}

async function measurePlainKoa(bundle: string): Promise<void> {
  const koa = await startProgram(join(bundle, 'plain-koa.js'), {}, await freePort(), '/');
  const api = new Api(koa.url);
  note('plain Koa', await closedLoop(clients, reads, async () => (await api.call('GET', '/', '')) === 200));
  await api.close();
  await koa.stop();
}

async function measureGrowth(bench: Bench): Promise<void> {
  const fill = (total: number) => bench.database.transaction((db) => fillOrders(db, bench.town, total));
  say('filling to 10,000 orders …');
  await fill(10_000);
  const small = await listShapes(bench);
  say(`filling to ${many.toLocaleString('en')} orders …`);
  await fill(many);
  const large = await listShapes(bench);
  for (const [name, milliseconds] of Object.entries(large)) {
    const ratio = milliseconds / (small[name] ?? milliseconds);
    say(
      `  list ${name}: ${rounded(small[name] ?? 0, 2)} ms at 10,000, ${rounded(milliseconds, 2)} ms at ${many.toLocaleString('en')}`,
    );
    judge(`list ${name}: ${many.toLocaleString('en')} ÷ 10,000`, ratio, '≤ 1.5', ratio <= 1.5);
  }
}

function printTable(): void {
  const head = ['what', 'per second', 'p50 ms', 'p99 ms', 'failed'];
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  say('');
  for (const row of table)
    say(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    );
  say('');
  for (const { name, value, bound, holds } of verdicts)
    say(`${holds ? 'holds ' : 'FALLS SHORT'}  ${name}: ${rounded(value, 2)} (${bound})`);
}

const folder = mkdtempSync(join(tmpdir(), 'sandan-bench-'));
const bench = await openBench(folder);
try {
  await measurePlainKoa(import.meta.dirname);
  await measureClaims(bench);
  await measureReads(bench);
  const memory = bench.server.memory();
  if (memory) judge('RSS of the web process (MB)', memory.peak, '< 250', memory.peak < 250);
  if (!process.argv.includes('--quick')) await measureGrowth(bench);
  printTable();
} finally {
  await bench.api.close();
  await bench.server.stop();
  await bench.database.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = verdicts.every(({ holds }) => holds) ? 0 : 1;
