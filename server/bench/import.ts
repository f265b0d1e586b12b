import type { Pool } from 'mysql2/promise';
import { ulid } from 'ulid';
import { clientOf } from '../test/client';
import { upload } from '../test/roster-files';
import { runCommand, watchReaders } from './import-processes';
import { reached } from './import-reached';
import { rosterOf } from './import-rows';
import { workMeanwhile, type Meanwhile } from './import-meanwhile';
import { peakMemory } from './processes';
import { judge, rounded, say } from './report';
import { barePool, type Bench } from './stage';

/** Households of a county (product.md), of 3⅓ people each: 400,000 rows. */
const county = 120_000;
const quick = 12_000;
const mostMegabytes = 300;

/**
 * A county's roster: checked and applied over HTTP, against bare INSERTs of the very rows that it wrote. Then a year later:
 * the same households with another door each, so that every one of them is locked and written. While both are applied,
 * people of the same village place orders and write visits. Last the command reads the file again and finds nothing new.
 */
export async function measureImport(bench: Bench, folder: string): Promise<void> {
  const { town, url, database, server } = bench;
  const households = process.argv.includes('--quick') ? quick : county;
  const [grid] = await database.reading.query<{ code: string }>('SELECT code FROM grid WHERE id = ?', [town.groups.a1]);
  const gridCode = grid?.code ?? '';
  const readers = watchReaders(server.pid);
  const first = await takeIn(bench, rosterOf(households, gridCode, '号'), { added: households });
  const web = peakMemory(server.pid) ?? 0;
  const pool = barePool(url, false);
  const bareSeconds =
    (await insertAgain(pool, 'household', "t.code LIKE 'B%'")) + (await insertAgain(pool, 'person', inRoster));
  await pool.end();
  say(`  bare INSERTs of what it wrote: ${rounded(bareSeconds, 1)} s`);
  judge('roster, rows checked per second', first.checkedPerSecond, '≥ 1000', first.checkedPerSecond >= 1000);
  judge('roster, rows applied per second', first.appliedPerSecond, '≥ 1000', first.appliedPerSecond >= 1000);
  const ratio = first.applySeconds / bareSeconds;
  judge('roster, apply ÷ bare INSERTs (time)', ratio, '≤ 10', ratio <= 10);
  judgeMemory('the web process', web);
  judgeMeanwhile('new households are applied', first.meanwhile);

  const changed = rosterOf(households, gridCode, '号之一');
  const second = await takeIn(bench, changed, { changed: households });
  judgeMeanwhile('every household is changed', second.meanwhile);
  judgeMemory('the web process after a second one', peakMemory(server.pid) ?? 0);
  judgeMemory('the reading child', readers.stop());
  const command = await runCommand(bench, folder, changed);
  judgeMemory('the command', command.itself);
  judgeMemory("the command's reading child", command.reader);
}

const judgeMemory = (whose: string, megabytes: number): void =>
  judge(
    `roster, peak RSS of ${whose} (MB)`,
    megabytes,
    `< ${mostMegabytes}`,
    megabytes > 0 && megabytes < mostMegabytes,
  );

function judgeMeanwhile(what: string, { p99, longest, refused, pieces }: Meanwhile): void {
  const failures = [...refused.values()].reduce((sum, count) => sum + count, 0);
  for (const [code, count] of refused) say(`  refused as ${code}: ${count}`);
  say(`  ${pieces} orders and visits while ${what}: p99 ${rounded(p99)} ms, longest ${rounded(longest)} ms`);
  judge(`orders and visits while ${what}, failed`, failures, '0', failures === 0);
  judge(`orders and visits while ${what}, p99 (ms)`, p99, '< 1000', p99 < 1000);
}

interface Taken {
  readonly checkedPerSecond: number;
  readonly appliedPerSecond: number;
  readonly applySeconds: number;
  readonly meanwhile: Meanwhile;
}

async function takeIn(bench: Bench, file: Buffer, expected: Record<string, number>): Promise<Taken> {
  const { town, server } = bench;
  const client = clientOf(server.url, town.people.admin.token);
  const checking = performance.now();
  const { data, problem } = await upload(client, file, { gridId: town.countyId, fileName: '名册.csv' });
  if (!data) throw new Error(`the upload was refused: ${problem?.code}`);
  const { id, rows, counts } = await reached(client, data.id, 'ready');
  const checkSeconds = (performance.now() - checking) / 1000;
  for (const [standing, count] of Object.entries(expected))
    if (counts?.[standing as 'added'] !== count) throw new Error(`not as expected: ${JSON.stringify(counts)}`);
  const others = await workMeanwhile(bench);
  const applying = performance.now();
  const { problem: refused } = await client.call('rosters.apply', {
    params: { importId: id },
    body: { actionId: ulid() },
  });
  if (refused) throw new Error(`it was not applied: ${refused.code}`);
  await reached(client, id, 'applied');
  const applySeconds = (performance.now() - applying) / 1000;
  const meanwhile = await others.stop();
  const [checked, applied] = [rounded(checkSeconds, 1), rounded(applySeconds, 1)];
  say(`  roster of ${rows} rows: check ${checked} s, apply ${applied} s`);
  return { checkedPerSecond: rows / checkSeconds, appliedPerSecond: rows / applySeconds, applySeconds, meanwhile };
}

const inRoster = "EXISTS (SELECT 1 FROM household h WHERE h.id = t.household_id AND h.code LIKE 'B%' LIMIT 1)";

const slice = 500;

/** Seconds that it takes to write the rows of a table again, with all its indexes, in one transaction. */
async function insertAgain(pool: Pool, table: 'household' | 'person', which: string): Promise<number> {
  const connection = await pool.getConnection();
  await connection.query(`CREATE TABLE bench_${table} LIKE ${table}`);
  let seconds = 0;
  let after = '';
  for (;;) {
    const [found] = await connection.query(
      `SELECT * FROM ${table} t FORCE INDEX (PRIMARY) WHERE t.id > ? AND ${which} ORDER BY t.id LIMIT ${slice}`,
      [after],
    );
    const rows = found as Record<string, unknown>[];
    if (rows.length === 0) break;
    after = String(rows.at(-1)?.['id']);
    const columns = Object.keys(rows[0] ?? {});
    const values = rows.map((row) => columns.map((column) => row[column]));
    const begun = performance.now();
    await connection.query(`INSERT INTO bench_${table} (${columns.join(', ')}) VALUES ?`, [values]);
    seconds += (performance.now() - begun) / 1000;
  }
  const begun = performance.now();
  await connection.query('COMMIT');
  seconds += (performance.now() - begun) / 1000;
  await connection.query(`DROP TABLE bench_${table}`);
  connection.release();
  return seconds;
}
