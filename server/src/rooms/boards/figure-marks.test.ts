import { ulid } from 'ulid';
import { createConnection } from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { connectDatabase, connectionOf } from '../../foundation/database/connect';
import { migrate } from '../../foundation/database/migrate';
import { FirstTown1764000000000 } from '../../foundation/database/migrations/1764000000000-first-town';
import { entities } from '../../rooms';
import { testVault } from '../../../test/vault';
import { countOrders } from './boards.queries';

const name = `sandan_test_figures_${process.pid}`;

async function onServer(statement: string): Promise<string> {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  const { username, password, database: _none, ...where } = connectionOf(url.toString());
  const connection = await createConnection({ ...where, user: username, password });
  await connection.query(statement);
  await connection.end();
  url.pathname = `/${name}`;
  return url.toString();
}

/** A database as the first release left it. */
async function firstRelease(url: string): Promise<DataSource> {
  const source = new DataSource({
    ...{ type: 'mariadb', ...connectionOf(url), migrationsTableName: 'migration', timezone: 'Z', charset: 'utf8mb4' },
    migrations: [FirstTown1764000000000],
  });
  await source.initialize();
  await source.runMigrations({ transaction: 'none' });
  return source;
}

const [county, town, otherTown] = [ulid(), ulid(), ulid()];
const order = (townId: string, state: string, stage: string, more: Record<string, unknown> = {}) => ({
  ...{ id: ulid(), state, stage, version: 1, source: 'resident', category_id: 'other', urgency: 'normal' },
  ...{ visibility: 'normal', title: '老单子', place_grid_id: townId, county_id: county, town_id: townId },
  ...{ desk_grid_id: townId, desk_kind: 'desk', fingerprint: Buffer.alloc(32) },
  ...{ placed_at: '2026-03-01 02:00:00', accepted_at: '2026-03-02 02:00:00', ...more },
});

test('orders from before count in the figures of town and county as they stand, and nothing of them is changed', async () => {
  const url = await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  const before = await firstRelease(url);
  try {
    const grids = [
      [county, null, 'county', 'C', county, null],
      [town, county, 'town', 'T1', county, town],
      [otherTown, county, 'town', 'T2', county, otherTown],
    ];
    await before.query('INSERT INTO grid (id, parent_id, tier, code, name, county_id, town_id) VALUES ?', [
      grids.map(([id, parent, tier, code, ...above]) => [id, parent, tier, code, '老网格', ...above]),
    ]);
    const answered = { answered_contacted: 1, answered_solved: 1, answered_stars: 5, contact_in_time: 1 };
    for (const row of [
      order(town, 'archived', 'done', { ...answered, visibility: 'confidential', reopens: 1 }),
      order(town, 'unanswered', 'done', { closed_how: 'silent', outcome: 'planned' }),
      order(town, 'declined', 'stopped', { accepted_at: null }),
      order(town, 'merged', 'stopped'),
      order(otherTown, 'handling', 'working', { on_the_spot: 1 }),
    ]) {
      const columns = Object.keys(row).join(', ');
      await before.query(`INSERT INTO service_order (${columns}) VALUES (?)`, [Object.values(row)]);
    }
    const columns = 'id, state, version, placed_at, accepted_at, answered_stars, closed_how';
    const read = (): Promise<unknown> => before.query(`SELECT ${columns} FROM service_order ORDER BY id`);
    const old = await read();

    await migrate({ ownerUrl: url, entities, vault: testVault });
    expect(await read()).toEqual(old);

    const database = await connectDatabase({ url, entities, vault: testVault });
    const period = { from: new Date('2026-01-01'), to: new Date('2026-12-31') };
    const count = async (tier: 'county' | 'town', gridId: string) => {
      const counts = await countOrders(database.reading, { tier, gridId }, period);
      return Object.fromEntries(Object.entries(counts).flatMap(([key, { all }]) => (all > 0 ? [[key, all]] : [])));
    };
    const ofTown = { accepted: 2, completed: 2, inTime: 1, answered: 1, solved: 1, content: 1, unanswered: 1 };
    expect(await count('town', town)).toEqual({ ...ofTown, planned: 1, reopened: 1, declined: 1, merged: 1 });
    expect(await count('county', county)).toMatchObject({ accepted: 3, completed: 2, running: 1, onTheSpot: 1 });
    await database.close();
  } finally {
    await before.destroy();
    await onServer(`DROP DATABASE IF EXISTS ${name}`);
  }
});
