import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPool, type Pool } from 'mysql2/promise';
import { Pool as HttpPool } from 'undici';
import {
  connectDatabase,
  connectionOf,
  type Database,
  type Reading,
  type SqlValue,
} from '../src/foundation/database/connect';
import { migrate } from '../src/foundation/database/migrate';
import { openVault } from '../src/foundation/personal-data/open-vault';
import { createReferenceCache } from '../src/foundation/reference/reference';
import { systemClock } from '../src/foundation/world/clock';
import { loadReference } from '../src/reference';
import { entities } from '../src/rooms';
import { buildTown, type Town } from '../test/town';
import { freePort, startProgram, type Running } from './processes';
import type { Spender } from './report';

export const clients = 24;

export interface Statement {
  sql: string;
  values: readonly SqlValue[];
}

/** Answers the statements that `work` would send, without sending them again later. */
export async function recorded(database: Database, work: (reading: Reading) => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  await work({
    vault: database.reading.vault,
    query: (sql, values = []) => {
      statements.push({ sql, values });
      return database.reading.query(sql, values);
    },
  });
  return statements;
}

export function barePool(url: string, autocommit: boolean): Pool {
  const { username, ...rest } = connectionOf(url);
  const pool = createPool({ ...rest, user: username, connectionLimit: clients, timezone: 'Z', charset: 'utf8mb4' });
  pool.pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', () => undefined);
    connection.query(`SET SESSION time_zone='+00:00', autocommit=${autocommit ? 1 : 0}`, () => undefined);
  });
  return pool;
}

export const replay = (pool: Pool, statements: readonly Statement[]) => async () => {
  for (const { sql, values } of statements) await pool.query(sql, values as unknown[]);
  return true;
};

export class Api {
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
  async upload(path: string, token: string, body: Buffer): Promise<number> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' };
    const answer = await this.pool.request({ method: 'PUT', path, headers, body });
    await answer.body.dump();
    return answer.statusCode;
  }
  close = () => this.pool.close();
}

export interface Bench {
  url: string;
  town: Town;
  database: Database;
  references: ReturnType<typeof createReferenceCache>;
  api: Api;
  server: Running;
  /** The server, the database and this process: whose CPU is told beside each figure. */
  spenders: readonly Spender[];
}

export async function openBench(folder: string): Promise<Bench> {
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
  const vault = openVault({ mode: 'test', keysFile: join(folder, 'keys.json') });
  await migrate({ ownerUrl: url, entities, vault });
  const database = await connectDatabase({ url, entities, vault });
  const references = createReferenceCache(database.reading, loadReference);
  const port = await freePort();
  const server = await startProgram(
    join(bundle, 'main.js'),
    { SANDAN_MODE: 'test', ROLE: 'web', DATABASE_URL: url, DATA_DIR: folder, LOG_LEVEL: 'info' },
    port,
    '/health/ready',
  );
  const town = await buildTown({ world: { database } as never, url: server.url, clock: { ...systemClock } as never });
  const [files] = await database.reading.query<{ pid: string }>('SELECT @@pid_file AS pid');
  const databasePid = Number(readFileSync(files?.pid ?? '', 'utf8'));
  const spenders: Spender[] = [
    ['server', server.pid],
    ['database', databasePid],
    ['client', process.pid],
  ];
  return { url, town, database, references, api: new Api(server.url), server, spenders };
}
