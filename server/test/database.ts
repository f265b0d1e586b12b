import { connectionOf } from '../src/foundation/database/connect';
import { migrate } from '../src/foundation/database/migrate';
import { entities } from '../src/rooms';
import { testVault } from './vault';
import { createConnection } from 'mysql2/promise';

/**
 * One database per jest worker on the throw-away server that scripts/test.mjs started (TEST_DATABASE_URL, root). The
 * migrations run once per worker, under a name that carries their fingerprint, so that a developer's second run is quick.
 * `purpose` gives one apart, for a test whose workers must not meet the towns of others.
 */
export async function testDatabaseUrl(purpose?: string): Promise<string> {
  const root = process.env['TEST_DATABASE_URL'];
  if (!root) throw new Error('TEST_DATABASE_URL is missing: run the tests by `npm test -- api`');
  const name = ['sandan_test', process.env['JEST_WORKER_ID'] ?? '1', ...(purpose ? [purpose] : [])].join('_');
  const url = new URL(root);
  url.pathname = `/${name}`;
  const { username, password, ...where } = connectionOf(root);
  const connection = await createConnection({ ...where, user: username, password, database: undefined });
  await connection.query(`CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  await connection.end();
  await migrate({ ownerUrl: url.toString(), entities, vault: testVault });
  return url.toString();
}
