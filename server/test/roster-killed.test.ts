import { once } from 'node:events';
import { ulid } from 'ulid';
import type { Client } from './client';
import { testDatabaseUrl } from './database';
import { sheetOf, upload, type Cells, type Imported } from './roster-files';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';
import { until, webProcesses, type WebProcesses } from './web-process';

/** A web process of its own dies in the middle of a roster; the database is shared with the server of the test, which looks on. */
let server: TestServer;
let town: Town;
let web: WebProcesses;

beforeAll(async () => {
  const databaseUrl = await testDatabaseUrl('rosters');
  server = await startTestServer({ config: { databaseUrl }, now: Date.now() });
  town = await buildTown(server);
  web = await webProcesses(server, databaseUrl);
}, 60_000);
afterAll(async () => {
  await web.close();
  await server.close();
});

const startWeb = () => web.start(town.people.admin.token);

const read = <Row>(sql: string, ...values: string[]) => server.world.database.reading.query<Row>(sql, values);
const households = async (): Promise<number> =>
  Number((await read<{ n: number }>("SELECT COUNT(*) AS n FROM household WHERE code LIKE 'K%'"))[0]?.n);
const progressOf = async (importId: string): Promise<{ state: string; done: number }> => {
  const [row] = await read<{ state: string; done: number }>(
    'SELECT state, done FROM roster_import WHERE id = ?',
    importId,
  );
  return { state: row?.state ?? '', done: Number(row?.done) };
};
const inState = (importId: string, state: string) => until(async () => (await progressOf(importId)).state === state);

const rowsOf = (gridCode: string): Cells[] =>
  Array.from({ length: 8_000 }, (_, index) => ({
    ...{ 户号: `K${Math.floor(index / 2)}`, 网格编码: gridCode, 门牌: `${Math.floor(index / 2)}号` },
    ...{ 姓名: index % 2 === 0 ? '冯甲' : '冯乙', 与户主关系: index % 2 === 0 ? '户主' : '配偶' },
  }));

async function checked(client: Client, file: Buffer): Promise<Imported> {
  const { data, problem } = await upload(client, file, { gridId: town.countyId });
  if (!data) throw new Error(`the upload was refused: ${JSON.stringify(problem)}`);
  await inState(data.id, 'ready');
  return client.ok('rosters.read', { params: { importId: data.id } });
}

const apply = (client: Client, importId: string) =>
  client.call('rosters.apply', { params: { importId }, body: { actionId: ulid() } });

test('killed in the middle of 4,000 households nothing is left; after a minute all come in, once', async () => {
  const [grid] = await read<{ code: string }>('SELECT code FROM grid WHERE id = ?', town.groups.a1);
  const file = await sheetOf(rowsOf(grid?.code ?? ''));
  const { child, client } = await startWeb();
  const { id, counts } = await checked(client, file);
  expect(counts).toMatchObject({ added: 4_000, faulty: 0 });

  expect((await apply(client, id)).data?.state).toBe('applying');
  await until(async () => (await progressOf(id)).done > 500);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect((await progressOf(id)).state).toBe('applying');
  expect(await households()).toBe(0);
  const looksOn = town.as('admin');
  expect(await looksOn.ok('rosters.read', { params: { importId: id } })).toMatchObject({
    state: 'applying',
    allows: [],
  });

  // A minute passes without a sign of life.
  await server.world.database.transaction((db) =>
    db.write('UPDATE roster_import SET touched_at = touched_at - INTERVAL 61 SECOND WHERE id = ?', [id]),
  );
  const lapsed = await looksOn.ok('rosters.read', { params: { importId: id } });
  expect(lapsed).toMatchObject({ state: 'ready', done: 0 });
  expect(lapsed.allows).toContain('apply');
  const second = await startWeb();
  expect((await apply(second.client, id)).problem).toBeUndefined();
  await inState(id, 'applied');
  expect(await households()).toBe(4_000);
  const again = await checked(second.client, file);
  expect(again.counts).toMatchObject({ unchanged: 4_000, added: 0, changed: 0, ended: 0, faulty: 0 });
}, 180_000);
