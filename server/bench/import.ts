import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'mysql2/promise';
import { ulid } from 'ulid';
import { clientOf, type Client } from '../test/client';
import { csvOf, upload, type Cells, type Imported } from '../test/roster-files';
import { checkSignOf } from '../src/foundation/rosters/cell-rules';
import { peakMemory } from './processes';
import { judge, rounded, say } from './report';
import { barePool, type Bench } from './stage';

/** Households of a county (product.md), of 3⅓ people each: 400,000 rows. */
const county = 120_000;
const quick = 12_000;
const mostMegabytes = 300;

/** A county's roster: checked and applied over HTTP, against bare INSERTs of the very rows that it wrote. */
export async function measureImport({ town, url, database, server }: Bench): Promise<void> {
  const households = process.argv.includes('--quick') ? quick : county;
  const [grid] = await database.reading.query<{ code: string }>('SELECT code FROM grid WHERE id = ?', [town.groups.a1]);
  const client = clientOf(server.url, town.people.admin.token);
  const child = watchChild(server.pid);
  const file = rosterOf(households, grid?.code ?? '');
  const checking = performance.now();
  const { data, problem } = await upload(client, file, { gridId: town.countyId, fileName: '名册.csv' });
  if (!data) throw new Error(`the upload was refused: ${problem?.code}`);
  const { id, rows, counts } = await reached(client, data.id, 'ready');
  const checkSeconds = (performance.now() - checking) / 1000;
  if (counts?.added !== households) throw new Error(`not all are new: ${JSON.stringify(counts)}`);

  const applying = performance.now();
  const { problem: refused } = await client.call('rosters.apply', {
    params: { importId: id },
    body: { actionId: ulid() },
  });
  if (refused) throw new Error(`it was not applied: ${refused.code}`);
  await reached(client, id, 'applied');
  const applySeconds = (performance.now() - applying) / 1000;
  const web = peakMemory(server.pid) ?? 0;
  const reader = child.stop();

  const pool = barePool(url, false);
  const bareSeconds =
    (await insertAgain(pool, 'household', "code LIKE 'B%'")) + (await insertAgain(pool, 'person', inRoster));
  await pool.end();
  say(`  roster of ${rows} rows: check ${rounded(checkSeconds, 1)} s, apply ${rounded(applySeconds, 1)} s`);
  say(`  bare INSERTs of what it wrote: ${rounded(bareSeconds, 1)} s`);
  judge('roster, rows checked per second', rows / checkSeconds, '≥ 1000', rows / checkSeconds >= 1000);
  judge('roster, rows applied per second', rows / applySeconds, '≥ 1000', rows / applySeconds >= 1000);
  judge('roster, apply ÷ bare INSERTs (time)', applySeconds / bareSeconds, '≤ 10', applySeconds / bareSeconds <= 10);
  judge('roster, peak RSS of the web process (MB)', web, `< ${mostMegabytes}`, web < mostMegabytes);
  judge(
    'roster, peak RSS of the reading child (MB)',
    reader,
    `< ${mostMegabytes}`,
    reader > 0 && reader < mostMegabytes,
  );
}

const inRoster = "household_id IN (SELECT id FROM household WHERE code LIKE 'B%')";

function rosterOf(households: number, gridCode: string): Buffer {
  const rows: Cells[] = [];
  for (let home = 0; home < households; home += 1) {
    const people = home % 3 === 0 ? 4 : 3;
    for (let place = 0; place < people; place += 1) rows.push(rowOf(home, place, rows.length, gridCode));
  }
  return Buffer.from(csvOf(rows));
}

const dayMs = 86_400_000;
const relations = ['户主', '配偶', '子女', '子女'];

function rowOf(home: number, place: number, number: number, gridCode: string): Cells {
  const bornOn = new Date(Date.UTC(1940, 0, 1) + (number % 25_000) * dayMs).toISOString().slice(0, 10);
  const first17 = `990101${bornOn.replaceAll('-', '')}${String(Math.floor(number / 25_000)).padStart(3, '0')}`;
  return {
    ...{ 户号: `B${home}`, 网格编码: gridCode, 门牌: place === 0 ? `${home}号` : '', 姓名: '冯某某' },
    ...{ 与户主关系: relations[place] ?? '', 身份证号: first17 + checkSignOf(first17) },
    ...{ 手机号: place === 0 ? `154${String(number).padStart(8, '0')}` : '', 出生日期: bornOn, 居住状况: '常住' },
  };
}

async function reached(client: Client, importId: string, state: Imported['state']): Promise<Imported> {
  for (;;) {
    const imported = await client.ok('rosters.read', { params: { importId } });
    if (imported.state === state && imported.problem === null) return imported;
    if (imported.state === 'failed' || imported.problem) throw new Error(JSON.stringify(imported.problem));
    await pause(200);
  }
}

/** The children come and go: the highest of those seen that read rosters. */
function watchChild(parent: number): { stop: () => number } {
  let most = 0;
  const look = () => {
    for (const pid of childrenOf(parent)) most = Math.max(most, peakMemory(pid) ?? 0);
  };
  const timer = setInterval(look, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

function childrenOf(parent: number): number[] {
  const pids = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('roster-worker');
    } catch (error) {
      // It has ended since.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  });
}

const slice = 500;

/** Seconds that it takes to write the rows of a table again, with all its indexes, in one transaction. */
async function insertAgain(pool: Pool, table: 'household' | 'person', which: string): Promise<number> {
  const connection = await pool.getConnection();
  await connection.query(`CREATE TABLE bench_${table} LIKE ${table}`);
  let seconds = 0;
  let after = '';
  for (;;) {
    const [found] = await connection.query(
      `SELECT * FROM ${table} WHERE id > ? AND ${which} ORDER BY id LIMIT ${slice}`,
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
