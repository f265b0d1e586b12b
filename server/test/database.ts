import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { connectionOf } from '../src/foundation/database/connect';
import { migrate, pendingMigrations } from '../src/foundation/database/migrate';
import { entities } from '../src/rooms';
import { testVault } from './vault';

/** The databases that this test file has asked for. */
const ready = new Map<string, Promise<string>>();

/** Where several test files share their modules (scripts/test-bundle.mjs), each of them calls this before all its tests. */
export const beginTestFile = (): void => ready.clear();

/**
 * One database per jest worker on the throw-away server that scripts/test.mjs started (TEST_DATABASE_URL, root). The first
 * file of a worker runs the migrations; each file begins without the towns of those before it. `purpose` gives one apart,
 * for a test whose workers must not meet the towns of others.
 */
export function testDatabaseUrl(purpose?: string): Promise<string> {
  const name = ['sandan_test', process.env['JEST_WORKER_ID'] ?? '1', ...(purpose ? [purpose] : [])].join('_');
  const url = ready.get(name) ?? makeReady(name);
  ready.set(name, url);
  return url;
}

async function makeReady(name: string): Promise<string> {
  const root = process.env['TEST_DATABASE_URL'];
  if (!root) throw new Error('TEST_DATABASE_URL is missing: run the tests by `npm test -- api`');
  const url = new URL(root);
  url.pathname = `/${name}`;
  const { username, password, ...where } = connectionOf(root);
  const connection = await createConnection({ ...where, user: username, password, database: undefined });
  try {
    await connection.query(
      `CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
    );
    await connection.query(`USE ${name}`);
    if (await isMigrated(connection)) await forgetEarlierTowns(connection);
    else await migrate({ ownerUrl: url.toString(), entities, vault: testVault });
  } finally {
    await connection.end();
  }
  return url.toString();
}

async function isMigrated(connection: Connection): Promise<boolean> {
  const [tables] = await connection.query<RowDataPacket[]>("SHOW TABLES LIKE 'migration'");
  if (tables.length === 0) return false;
  const read = async (sql: string) => (await connection.query<(RowDataPacket & { name: string })[]>(sql))[0];
  return (await pendingMigrations(read)).length === 0;
}

/** What the migrations wrote, what all towns share, and the audit, of which nobody may take anything away. */
const kept = /^(migration|tree|privacy_notice|category|calendar_day|audit_\w+)$/;

/**
 * Every new town has the server read all trees and posts anew. With the towns of a whole run that takes a tenth of a
 * second of the processor, each time (measured, 800 towns).
 */
async function forgetEarlierTowns(connection: Connection): Promise<void> {
  const [tables] = await connection.query<(RowDataPacket & { name: string })[]>(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  await connection.query('SET FOREIGN_KEY_CHECKS = 0');
  await connection.beginTransaction();
  for (const { name } of tables) if (!kept.test(name)) await connection.query(`DELETE FROM ${name}`);
  await connection.query('UPDATE tree SET version = version + 1 WHERE id = 1');
  await connection.commit();
}
