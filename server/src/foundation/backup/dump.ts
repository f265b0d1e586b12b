import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import mysql2, { type Connection, type RowDataPacket } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import { connectionOf } from '../database/connect';

/**
 * The database as SQL, one statement a line. Our own few lines and not mysqldump: that is missing on machines that reach
 * a database of the county over the network, and those of MySQL and MariaDB differ. Any client reads what comes out.
 */
export function openSource(url: string): Connection {
  const { username, ...where } = connectionOf(url);
  return mysql2.createConnection({
    ...{ ...where, user: username, charset: 'utf8mb4', timezone: 'Z' },
    supportBigNumbers: true,
    // Bytes as the server sends them: nothing is rounded, no date is moved.
    typeCast: (field) => field.buffer(),
  });
}

export interface TableCount {
  name: string;
  rows: number;
}

interface Column {
  name: string;
  kind: 'number' | 'bytes' | 'text';
}

const { escape } = mysql2;

const rowsPerStatement = 200;
const bytesPerStatement = 1024 * 1024;

/** As it stood at one moment, while others write. `note` hears of each table when it is through. */
export async function* dumpDatabase(connection: Connection, note: (table: TableCount) => void): AsyncGenerator<string> {
  await connection.promise().query("SET SESSION time_zone = '+00:00'");
  await connection.promise().query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await connection.promise().query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
  const tables = await texts(
    connection,
    "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1",
  );
  for (const [name = ''] of tables) {
    const [[, create = ''] = []] = await texts(connection, `SHOW CREATE TABLE \`${name}\``);
    yield `${create.replaceAll('\n', ' ')};\n`;
    const columns = await columnsOf(connection, name);
    let rows = 0;
    for await (const { statement, count } of insertsOf(connection, name, columns)) {
      rows += count;
      yield statement;
    }
    note({ name, rows });
  }
  await connection.promise().query('COMMIT');
}

async function texts(connection: Connection, sql: string): Promise<string[][]> {
  const [rows] = await connection.promise().query<RowDataPacket[][]>({ sql, rowsAsArray: true });
  return rows.map((row) => (row as unknown as (Buffer | null)[]).map((value) => value?.toString() ?? ''));
}

const numbers = new Set(['int', 'bigint', 'tinyint', 'smallint', 'mediumint', 'double', 'float', 'decimal']);
const bytes = new Set(['binary', 'varbinary', 'blob', 'tinyblob', 'mediumblob', 'longblob', 'bit']);

/** Those that hold something of their own: what the database works out by itself it works out again. */
async function columnsOf(connection: Connection, table: string): Promise<Column[]> {
  const rows = await texts(
    connection,
    `SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ${escape(table)} AND COALESCE(GENERATION_EXPRESSION, '') = ''
     ORDER BY ORDINAL_POSITION`,
  );
  const kindOf = (type: string): Column['kind'] => {
    if (numbers.has(type)) return 'number';
    return bytes.has(type) ? 'bytes' : 'text';
  };
  return rows.map(([name = '', type = '']) => ({ name, kind: kindOf(type) }));
}

async function* insertsOf(
  connection: Connection,
  table: string,
  columns: readonly Column[],
): AsyncGenerator<{ statement: string; count: number }> {
  const names = columns.map(({ name }) => `\`${name}\``).join(', ');
  const head = `INSERT INTO \`${table}\` (${names}) VALUES `;
  const stream = connection
    .query({ sql: `SELECT ${names} FROM \`${table}\``, rowsAsArray: true })
    .stream({ highWaterMark: 500 }) as AsyncIterable<(Buffer | null)[]>;
  let [waiting, size]: [string[], number] = [[], 0];
  for await (const row of stream) {
    const tuple = `(${row.map((value, at) => literal(value, columns[at]?.kind ?? 'text')).join(',')})`;
    waiting.push(tuple);
    size += tuple.length;
    if (waiting.length < rowsPerStatement && size < bytesPerStatement) continue;
    yield { statement: `${head}${waiting.join(',')};\n`, count: waiting.length };
    [waiting, size] = [[], 0];
  }
  if (waiting.length > 0) yield { statement: `${head}${waiting.join(',')};\n`, count: waiting.length };
}

/** mysql2 writes a newline inside a text as \n, so a statement stays on its line. */
function literal(value: Buffer | null, kind: Column['kind']): string {
  if (value === null) return 'NULL';
  if (kind === 'number') return value.toString('latin1');
  return kind === 'bytes' ? `X'${value.toString('hex')}'` : escape(value.toString('utf8'));
}

/** Runs what {@link dumpDatabase} wrote. The account must own the database, which must be empty. */
export async function loadDump(url: string, sql: Readable, say: (statements: number) => void): Promise<void> {
  const { username, ...where } = connectionOf(url);
  const connection = await createConnection({ ...where, user: username, charset: 'utf8mb4', timezone: 'Z' });
  try {
    await connection.query(
      "SET SESSION time_zone = '+00:00', foreign_key_checks = 0, unique_checks = 0, autocommit = 0, sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES'",
    );
    let statements = 0;
    // The line's end is only ever ours; U+2028 inside a text is none.
    for await (const line of createInterface({ input: sql, crlfDelay: Infinity })) {
      if (line === '') continue;
      await connection.query(line);
      statements += 1;
      if (statements % 500 === 0) {
        await connection.query('COMMIT');
        say(statements);
      }
    }
    await connection.query('COMMIT');
  } finally {
    await connection.end();
  }
}
