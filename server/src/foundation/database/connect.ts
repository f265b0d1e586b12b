import { createRequire } from 'node:module';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type Logger,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';
import { ConfigFault } from '../config';
import { repeatOnConflict } from './conflicts';
import type { Vault } from '../personal-data/vault';
import { insertion } from './insertion';
import { createSlots } from './slots';

export type EntityClass = new () => object;

/** The callback flavour of mysql2, as TypeORM's driver wants it. */
type Answered = (error: Error | null, result: unknown) => void;
interface MysqlConnection {
  query(sql: string, parameters?: readonly SqlValue[], answered?: Answered): void;
  execute(sql: string, parameters: readonly SqlValue[], answered: Answered): void;
}
interface MysqlPool extends MysqlConnection {
  on(event: 'connection', listener: (connection: MysqlConnection) => void): void;
}
interface MysqlDriver {
  createPool(options: object): MysqlPool;
}
const mysql2 = createRequire(import.meta.url)('mysql2') as MysqlDriver;

const sqlMode =
  'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY';

/** A value for a placeholder. Dates are UTC; arrays expand to lists. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | readonly SqlValue[];

/**
 * `prepared`: each connection keeps the statement parsed, a third off the database's time (measured: a record of an order
 * 0.53 → 0.35 ms). For the few statements of every request; their text is constant and no parameter is an array.
 */
export type How = 'prepared';

/** Reads. GET handlers get only this, so they cannot write. */
export interface Reading {
  /** Opens what was read from a sealed column. */
  vault: Vault;
  query<Row>(sql: string, parameters?: readonly SqlValue[], how?: How): Promise<Row[]>;
}

/** One transaction at the door. Services have no other way to the database. */
export interface Db extends Reading {
  /** TypeORM's own door to the same transaction. */
  manager: EntityManager;
  /** Affected (matched) rows. A condition on state or version must stand in the WHERE (decisions.md §1.2). */
  write(sql: string, parameters?: readonly SqlValue[], how?: How): Promise<number>;
  /** One multi-row INSERT by the entity's columns; properties left out take the column's default. */
  insert<E extends ObjectLiteral>(entity: EntityTarget<E>, rows: readonly Partial<E>[]): Promise<void>;
  /** INSERT … ON DUPLICATE KEY UPDATE of the named properties. */
  upsert<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    rows: readonly Partial<E>[],
    update: readonly (keyof E & string)[],
  ): Promise<void>;
}

export interface Database {
  reading: Reading;
  /** Runs `work` in one transaction; repeats it whole on deadlock (at most three times) or lock wait (once), see conflicts.ts (decisions.md §1.7). */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Runs `work` if no other process is at it under this name (GET_LOCK); null where one is. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T | null>;
  /** The source for migrations and metadata. */
  source: DataSource;
  pool(): { size: number; used: number; waiting: number };
  close(): Promise<void>;
}

export interface ConnectOptions {
  url: string;
  entities: EntityClass[];
  vault: Vault;
  /** Connections that write; reads get half as many. */
  writers?: number;
  /** Called with every statement; tests count round trips with it. */
  onStatement?: (sql: string) => void;
}

export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const writers = options.writers ?? 16;
  // Two pools: with autocommit off a transaction needs no BEGIN, one round trip less in every write.
  const [reads, writes] = await Promise.all([
    // What is read is told in SQL alone: only the inserts go by the columns of the entities.
    openSource({ ...options, entities: [] }, Math.ceil(writers / 2), true),
    openSource(options, writers, false),
  ]);
  const { onStatement } = options;
  const readSlots = createSlots(Math.ceil(writers / 2));
  const writeSlots = createSlots(writers);

  return {
    source: writes.source,
    reading: {
      vault: options.vault,
      query: <Row>(sql: string, parameters: readonly SqlValue[] = [], how?: How) =>
        readSlots.use(async () => (await send(reads.pool, onStatement, { sql, parameters, how })) as Row[]),
    },
    transaction: (work) => repeatOnConflict(() => writeSlots.use(() => runTransaction(writes, work))),
    alone: (name, work) => runAlone(reads.source, name, work),
    pool: () => ({
      size: writers + Math.ceil(writers / 2),
      used: readSlots.used() + writeSlots.used(),
      waiting: readSlots.waiting() + writeSlots.waiting(),
    }),
    close: async () => {
      await Promise.all([reads.source.destroy(), writes.source.destroy()]);
    },
  };
}

type OnStatement = ConnectOptions['onStatement'];

interface Opened {
  source: DataSource;
  pool: MysqlPool;
  vault: Vault;
  onStatement: OnStatement;
}

async function openSource(options: ConnectOptions, size: number, autocommit: boolean): Promise<Opened> {
  let pool: MysqlPool | undefined;
  const source = new DataSource({
    type: 'mariadb',
    url: undefined,
    ...connectionOf(options.url),
    driver: { ...mysql2, createPool: (settings: object) => (pool = poolWithSettings(settings, autocommit)) },
    poolSize: size,
    entities: options.entities,
    timezone: 'Z',
    charset: 'utf8mb4',
    synchronize: false,
    migrationsRun: false,
    logger: options.onStatement ? statementLogger(options.onStatement) : undefined,
    logging: options.onStatement ? ['query'] : false,
  });
  await open(source);
  if (!pool) throw new Error('TypeORM made no pool');
  return { source, pool, vault: options.vault, onStatement: options.onStatement };
}

/** Throws {@link ConfigFault} where nobody answers at the address, or refuses the account. */
export async function open(source: DataSource): Promise<void> {
  try {
    await source.initialize();
  } catch (error) {
    // What comes from the network or the database has a code; to try several addresses in vain has no other message.
    const { code, message } = error as { code?: string; message?: string };
    if (code === undefined) throw error;
    throw new ConfigFault([`数据库连不上，请检查地址、账号和密码 / the database cannot be used: ${message || code}`]);
  }
}

/**
 * `mysql://user:password@host:port/database?socketPath=/…` as the driver's fields. Throws {@link ConfigFault}, which does
 * not repeat the address: it holds a password.
 */
export function connectionOf(address: string) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['mysql:', 'mariadb:'].includes(url.protocol))
    throw new ConfigFault([
      '数据库地址要写成 mysql://账号:密码@主机:端口/库名 / the address of a database is mysql://user:password@host:port/database',
    ]);
  const socketPath = url.searchParams.get('socketPath');
  return {
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    ...(socketPath ? { socketPath } : { host: url.hostname, port: Number(url.port || 3306) }),
  };
}

/** Settings are sent on the pool's own event, before anybody can use the connection (decisions.md §1.8). */
function poolWithSettings(options: object, autocommit: boolean): MysqlPool {
  const pool = mysql2.createPool({ ...options, maxIdle: 4, idleTimeout: 60_000, maxPreparedStatements: 50 });
  pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    connection.query(
      `SET SESSION time_zone='+00:00', sql_mode='${sqlMode}', innodb_lock_wait_timeout=5, autocommit=${autocommit ? 1 : 0}`,
    );
  });
  return pool;
}

/** The lock belongs to the connection, so one is held for as long as the work takes. */
async function runAlone<T>(source: DataSource, name: string, work: () => Promise<T>): Promise<T | null> {
  const runner = source.createQueryRunner();
  const lock = "CONCAT('sandan:', DATABASE(), ?)";
  try {
    const [row] = (await runner.query(`SELECT GET_LOCK(${lock}, 0) AS got`, [name])) as { got: unknown }[];
    if (Number(row?.got) !== 1) return null;
    try {
      return await work();
    } finally {
      await runner.query(`SELECT RELEASE_LOCK(${lock})`, [name]);
    }
  } finally {
    await runner.release();
  }
}

async function runTransaction<T>(opened: Opened, work: (db: Db) => Promise<T>): Promise<T> {
  const runner = opened.source.createQueryRunner();
  try {
    const db = dbOf(runner, opened, (await runner.connect()) as MysqlConnection);
    const result = await work(db);
    await db.write('COMMIT');
    return result;
  } catch (error) {
    // A lost connection cannot roll back; the server does it alone.
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/**
 * One statement on the bare driver. TypeORM's own `query` wraps each in a new promise connection and broadcasts it:
 * a quarter of the time of a claim (measured). Entities, migrations and `manager` are still TypeORM's.
 */
const send = (connection: MysqlConnection, onStatement: OnStatement, { sql, parameters, how }: Statement) =>
  new Promise<unknown>((resolve, reject) => {
    onStatement?.(sql);
    const answered: Answered = (error, result) => (error ? reject(error) : resolve(result));
    if (how === 'prepared') connection.execute(sql, parameters, answered);
    else connection.query(sql, parameters, answered);
  });

interface Statement {
  sql: string;
  parameters: readonly SqlValue[];
  how?: How | undefined;
}

function dbOf(runner: QueryRunner, { source, vault, onStatement }: Opened, connection: MysqlConnection): Db {
  const write = async (sql: string, parameters: readonly SqlValue[] = [], how?: How) =>
    ((await send(connection, onStatement, { sql, parameters, how })) as { affectedRows: number }).affectedRows;
  return {
    vault,
    manager: runner.manager,
    query: async <Row>(sql: string, parameters: readonly SqlValue[] = [], how?: How) =>
      (await send(connection, onStatement, { sql, parameters, how })) as Row[],
    write,
    insert: async (entity, rows) => {
      if (rows.length === 0) return;
      const { sql, values } = insertion(source, vault, entity, rows);
      await write(sql, values, howFor(rows));
    },
    upsert: async (entity, rows, update) => {
      if (rows.length === 0) return;
      const { sql, values, columnsOf } = insertion(source, vault, entity, rows);
      const set = update.flatMap(columnsOf).map((column) => `${column} = VALUES(${column})`);
      await write(`${sql} ON DUPLICATE KEY UPDATE ${set.join(', ')}`, values, howFor(rows));
    },
  };
}

/** A few rows come with every action, and in few shapes; many come once. */
const howFor = (rows: readonly unknown[]): How | undefined => (rows.length <= 4 ? 'prepared' : undefined);

const statementLogger = (onStatement: (sql: string) => void): Logger => ({
  logQuery: onStatement,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
});

/** A JSON column arrives parsed from MySQL and as text from MariaDB. */
export const fromJson = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T;
