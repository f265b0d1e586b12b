import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ulid } from 'ulid';
import { chinaYear } from '@sandan/shared/china-time';
import type { Client } from './client';
import { commitmentsIn } from './commitment-journey';
import { testDatabaseUrl } from './database';
import { check, goodRow, sheetOf, type SheetCells } from './import-sheet';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';
import { until, webProcesses, type WebProcesses } from './web-process';

/**
 * 2,000 deeds of 500 members in one sheet, imported by a web process of its own that can be measured and killed; the
 * database is shared with the server of the test, which looks on.
 */
let server: TestServer;
let town: Town;
let roundId: string;
let web: WebProcesses;
let names: string[];

beforeAll(async () => {
  const databaseUrl = await testDatabaseUrl('imports');
  server = await startTestServer({ config: { databaseUrl }, now: Date.now() });
  town = await buildTown(server);
  web = await webProcesses(server, databaseUrl);
  roundId = await commitmentsIn(server, town).toDrafting();
  names = (await town.moreMembers(500)).map(({ name }) => name);
}, 60_000);
afterAll(async () => {
  await web.close();
  await server.close();
});

const year = chinaYear(Date.now());
const rows = (): SheetCells[] =>
  Array.from({ length: 2_000 }, (_, index) =>
    goodRow({
      ...{ name: names[index % 500] ?? '', title: `第 ${index} 件实事`, deadline: `${year}-12-31` },
      words: `年底前在一组巷口装 4 盏太阳能路灯，这是第 ${index} 件`,
    }),
  );

const startWeb = () => web.start(town.people.secretary.token);

const peakMegabytes = ({ pid }: ChildProcess): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const read = <Row>(sql: string, ...values: string[]) => server.world.database.reading.query<Row>(sql, values);
const deeds = async () =>
  Number((await read<{ n: number }>('SELECT COUNT(*) AS n FROM commitment WHERE round_id = ?', roundId))[0]?.n);
const apply = (client: Client, importId: string) =>
  client.call('imports.apply', { params: { importId }, body: { actionId: ulid() } });

test('2,000 rows: what is wrong is told exactly; killed in the middle nothing is left; then all come in, once', async () => {
  const { child, client } = await startWeb();
  const before = peakMegabytes(child);
  const wrong = rows();
  wrong[6] = { ...wrong[6], deadline: `${year + 1}-03-01` };
  wrong[999] = { ...wrong[999], name: '没有的人' };
  wrong[1998] = { ...wrong[1998], field: '不知道' };
  const faulty = await check(client, roundId, await sheetOf(wrong));
  expect(faulty).toMatchObject({ rows: 2_000, good: 1_997, warned: 0, known: 0, faulty: 3, allows: [] });
  const query = { standing: 'faulty' } as const;
  const { items } = await client.ok('imports.rows', { params: { importId: faulty.id }, query });
  expect(items.map(({ number, faults }) => [number, faults.length])).toEqual([
    [8, 1],
    [1001, 1],
    [2000, 1],
  ]);
  expect((await apply(client, faulty.id)).problem?.code).toBe('import.faulty');

  const file = await sheetOf(rows());
  const { id } = await check(client, roundId, file);
  const seen = new Set<number>();
  const applying = apply(client, id).catch(() => 'no answer');
  await until(async () => {
    const [row] = await read<{ done: number }>('SELECT rows_done AS done FROM commitment_import WHERE id = ?', id);
    seen.add(Number(row?.done));
    return Number(row?.done) > 400;
  });
  child.kill('SIGKILL');
  expect(await applying).toBe('no answer');
  await until(async () => (await deeds()) === 0);
  const looksOn = town.as('secretary');
  expect(await looksOn.ok('imports.read', { params: { importId: id } })).toMatchObject({
    state: 'applying',
    allows: [],
  });
  expect((await apply(looksOn, id)).problem?.code).toBe('import.under-way');

  // A minute passes without a sign of life.
  await server.world.database.transaction((db) =>
    db.write('UPDATE commitment_import SET touched_at = touched_at - INTERVAL 61 SECOND WHERE id = ?', [id]),
  );
  expect(await looksOn.ok('imports.read', { params: { importId: id } })).toMatchObject({ state: 'ready', rowsDone: 0 });
  const second = await startWeb();
  const idle = peakMegabytes(second.child);
  const started = performance.now();
  expect((await apply(second.client, id)).data).toMatchObject({ state: 'applied', rowsDone: 2_000, drafts: 2_000 });
  const seconds = (performance.now() - started) / 1000;
  expect(await deeds()).toBe(2_000);
  expect(await check(second.client, roundId, file)).toMatchObject({ good: 0, known: 2_000, faulty: 0 });
  expect(await deeds()).toBe(2_000);
  const grown = peakMegabytes(second.child) - idle;
  if (process.env['SAY']) console.log({ seconds, before, idle, peak: peakMegabytes(second.child), seen: [...seen] });
  expect(seconds).toBeLessThan(20);
  expect(grown).toBeLessThan(200);
}, 90_000);

test('what fails in the middle leaves nothing, and says so', async () => {
  const again = rows().map((row, index) => ({ ...row, title: `另外 ${index}` }));
  const imported = await check(town.as('secretary'), roundId, await sheetOf(again));
  // Somebody has the id of one of the last drafts: it cannot be.
  const [row] = await read<{ id: string }>(
    'SELECT commitment_id AS id FROM commitment_import_row WHERE import_id = ? ORDER BY number LIMIT 1800, 1',
    imported.id,
  );
  await server.world.database.transaction((db) =>
    db.write('UPDATE commitment SET id = ? WHERE round_id = ? LIMIT 1', [row?.id ?? '', roundId]),
  );
  expect((await apply(town.as('secretary'), imported.id)).status).toBe(409);
  expect(await deeds()).toBe(2_000);
  const params = { importId: imported.id };
  expect(await town.as('secretary').ok('imports.read', { params })).toMatchObject({ state: 'ready', rowsDone: 0 });
}, 60_000);

test('however many rows there are, the round trips follow the slices, not the rows', async () => {
  const some = rows()
    .slice(0, 400)
    .map((row, index) => ({ ...row, title: `再来 ${index}` }));
  const file = await sheetOf(some);
  let id = '';
  const checking = await server.statements.during(async () => {
    ({ id } = await check(town.as('secretary'), roundId, file));
  });
  expect(checking.length).toBeLessThanOrEqual(14);
  const applying = await server.statements.during(() => apply(town.as('secretary'), id));
  // Two slices of three inserts, each followed by a report of two statements.
  expect(applying.length).toBeLessThanOrEqual(32);
  const polling = await server.statements.during(() =>
    town.as('secretary').ok('imports.read', { params: { importId: id } }),
  );
  expect(polling.length).toBeLessThanOrEqual(3);
}, 60_000);
