import { randomBytes } from 'node:crypto';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { ulid } from 'ulid';
import { testVault } from '../../../test/vault';
import { entities } from '../../rooms';
import { giveVault } from '../personal-data/migration-vault';
import { sealedFields } from '../personal-data/sealed-fields';
import type { Sealed } from '../personal-data/vault';
import { connectionOf } from './connect';
import { hasSealedData, migrate, migrations } from './migrate';
import { ClosedNodes1765760000000 } from './migrations/1765760000000-closed-nodes';
import { PersonalData1765500000000 } from './migrations/1765500000000-personal-data';

/** Old data must come through: a town from before personal data were sealed. */
const name = `sandan_test_sealing_${process.pid}_${randomBytes(3).toString('hex')}`;
let root: Connection;
let url: string;

beforeAll(async () => {
  const address = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  const { username, database: _none, ...where } = connectionOf(address.toString());
  root = await createConnection({ ...where, user: username });
  await root.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  await root.query(`USE ${name}`);
  address.pathname = `/${name}`;
  url = address.toString();
});
afterAll(async () => {
  await root.query(`DROP DATABASE ${name}`);
  await root.end();
});

async function migrateUpTo(last: string | null): Promise<DataSource> {
  const upTo = last === null ? migrations.length : migrations.findIndex(({ name: each }) => each === last);
  const source = new DataSource({
    type: 'mariadb',
    ...connectionOf(url),
    entities,
    migrations: migrations.slice(0, upTo),
    migrationsTableName: 'migration',
  });
  giveVault(source, testVault);
  await source.initialize();
  await source.runMigrations({ transaction: 'none' });
  return source;
}

const rowOf = async (sql: string): Promise<RowDataPacket> => {
  const [[row]] = await root.query<RowDataPacket[]>(sql);
  if (!row) throw new Error(`Nothing found: ${sql}`);
  return row;
};

test('phones and doors of a town that was there before are sealed, found by index, and nothing plain is left', async () => {
  const before = await migrateUpTo(PersonalData1765500000000.name);
  await before.destroy();
  expect(await hasSealedData(url)).toBe(false);
  const people = Array.from({ length: 1_203 }, (_, at) => [
    ulid(),
    '陈老旧',
    `154${String(10_000_000 + at)}`,
    new Date(),
  ]);
  await root.query('INSERT INTO person (id, name, phone, created_at) VALUES ?', [people]);
  await root.query('INSERT INTO person (id, name, created_at) VALUES (?, ?, ?)', [ulid(), '无手机', new Date()]);
  const grid = ulid();
  await root.query(
    "INSERT INTO grid (id, tier, code, name, county_id) VALUES (?, 'county', '440000000000', '某县', ?)",
    [...[grid, grid]],
  );
  await root.query("INSERT INTO household (id, grid_id, door) VALUES (?, ?, '老屋巷 9 号')", [ulid(), grid]);

  await migrate({ ownerUrl: url, entities, vault: testVault });

  expect(await hasSealedData(url)).toBe(true);
  const [[columns]] = await root.query<RowDataPacket[][]>(
    "SELECT GROUP_CONCAT(COLUMN_NAME) AS names FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = 'person'",
    [name],
  );
  expect(String((columns as unknown as { names: string }).names).split(',')).not.toContain('phone');
  const found = await rowOf(
    `SELECT phone_sealed AS phone FROM person WHERE phone_index = X'${testVault.index('person.phone', '15410000777').toString('hex')}'`,
  );
  expect(testVault.open('person.phone', found['phone'] as Sealed)).toBe('15410000777');
  expect(await rowOf('SELECT COUNT(*) AS n FROM person WHERE phone_sealed IS NULL')).toEqual({ n: 1 });
  const household = await rowOf('SELECT door_sealed AS door FROM household');
  expect(testVault.open('household.door', household['door'] as Sealed)).toBe('老屋巷 9 号');
});

test.each(Object.values(sealedFields))('the database takes nothing plain into $table.$column', async ({ column }) => {
  const [rows] = await root.query<RowDataPacket[]>(
    `SELECT CHECK_CLAUSE AS rule FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ? AND CHECK_CLAUSE LIKE ?`,
    [name, `%${column}%regexp%`],
  );
  expect(rows.length).toBeGreaterThan(0);
});

test('a grid that a roster closed stands for the one above it; its posts and ties ended with it', async () => {
  const source = await migrateUpTo(null);
  const runner = source.createQueryRunner();
  const closedNodes = new ClosedNodes1765760000000();
  const { id: above } = await rowOf("SELECT id FROM grid WHERE tier = 'county'");
  const closed = ulid();
  const insert = () =>
    root.query(
      `INSERT INTO grid (id, parent_id, tier, code, name, county_id, town_id, closed_at)
       VALUES (?, ?, 'town', '440000001000', '旧镇', ?, ?, '2026-03-01 00:00:00')`,
      [closed, above, above, closed],
    );
  await expect(insert()).rejects.toThrow('grid_successor');
  await closedNodes.down(runner);
  await insert();
  await root.query('INSERT INTO party_grid (organization_id, grid_id) VALUES (?, ?)', [ulid(), closed]);
  await root.query(
    `INSERT INTO role_grant (id, person_id, role, tree, node_id, starts_at)
     SELECT id, id, 'townDispatcher', 'grid', ?, '2026-01-01 00:00:00' FROM person LIMIT 1`,
    [closed],
  );
  await closedNodes.up(runner);
  await runner.release();
  await source.destroy();
  expect(await rowOf(`SELECT successor_id AS id FROM grid WHERE id = '${closed}'`)).toEqual({ id: above });
  expect(await rowOf('SELECT COUNT(*) AS n FROM party_grid')).toEqual({ n: 0 });
  expect(await rowOf(`SELECT ends_at = '2026-03-01 00:00:00' AS ended FROM role_grant`)).toEqual({ ended: 1 });
});

test('goes back, and everything can be read again', async () => {
  const source = await migrateUpTo(null);
  const runner = source.createQueryRunner();
  await new PersonalData1765500000000().down(runner);
  expect(await rowOf("SELECT COUNT(DISTINCT phone) AS n FROM person WHERE phone LIKE '154%'")).toEqual({ n: 1_203 });
  expect(await rowOf('SELECT door FROM household')).toEqual({ door: '老屋巷 9 号' });
  await runner.release();
  await source.destroy();
});
