import { createConnection } from 'mysql2/promise';
import { ulid } from 'ulid';
import { connectionOf } from '../src/foundation/database/connect';
import { migrate } from '../src/foundation/database/migrate';
import { entities } from '../src/rooms';
import { startTestServer } from './server';
import { testVault } from './vault';
import { buildTown } from './town';

/**
 * The same migrations and the order loop on a MySQL 8 (decisions.md §8). Needs MYSQL_TEST_URL, the address of a MySQL
 * whose account may make databases; without one it is counted as skipped.
 */
const mysql = process.env['MYSQL_TEST_URL'];
const onMysql = mysql ? test : test.skip;

async function freshDatabase(address: string): Promise<string> {
  const name = `sandan_test_mysql_${process.pid}`;
  const { username, password, database: _none, ...where } = connectionOf(address);
  const connection = await createConnection({ ...where, user: username, password });
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  await connection.end();
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.toString();
}

onMysql('the loop runs on MySQL 8 as it does on MariaDB (skipped without MYSQL_TEST_URL)', async () => {
  const databaseUrl = await freshDatabase(mysql ?? '');
  await migrate({ ownerUrl: databaseUrl, entities, vault: testVault });
  const server = await startTestServer({ config: { databaseUrl } });
  const town = await buildTown(server);
  const [orderId, taskId] = [ulid(), ulid()];
  const act = () => ({ actionId: ulid() });
  await town
    .as('resident')
    .ok('orders.place', { params: { orderId }, body: { categoryId: 'garbage', words: '垃圾没人收' } });
  await town.as('deskLead').ok('orders.accept', { params: { orderId }, body: act() });
  await town.as('deskLead').ok('orders.dispatch', {
    params: { orderId },
    body: { ...act(), tasks: [{ id: taskId, mode: 'team', seats: 2 }] },
  });
  const promisedAt = new Date(server.clock.now() + 3_600_000).toISOString();
  for (const name of ['member', 'member2'] as const) {
    await town.as(name).ok('tasks.claim', { params: { taskId }, body: { ...act(), promisedAt } });
  }
  await town.as('member').ok('tasks.report', {
    params: { taskId },
    body: { ...act(), outcome: 'solved', words: '收走了', noPhotoReason: 'nothingVisible', absentIds: [] },
  });
  await server.drain(town.townId);
  const order = await town.as('resident').ok('orders.read', { params: { orderId } });
  expect(order).toMatchObject({ state: 'reported', outcome: 'solved' });
  expect((await town.as('resident').ok('messages.list')).items.length).toBeGreaterThan(0);
  await server.close();
});
