import { join } from 'node:path';
import { ulid } from 'ulid';
import { recognise } from '../src/foundation/access/sessions';
import { besideOf } from '../src/rooms/orders/order-detail.queries';
import { listDesk } from '../src/rooms/orders/order-list.queries';
import { loadRecordToShow } from '../src/rooms/orders/order-record';
import { openTasks } from './county';
import { closedLoop, pacedLoop } from './load';
import { freePort, startProgram } from './processes';
import { judge, judgeShare, measured } from './report';
import { Api, barePool, clients, recorded, replay, type Bench } from './stage';

const reads = Number(process.env['BENCH_READS'] ?? 6000);

export async function measurePlainKoa(bundle: string): Promise<void> {
  const koa = await startProgram(join(bundle, 'plain-koa.js'), {}, await freePort(), '/');
  const api = new Api(koa.url);
  await measured('plain Koa', [['server', koa.pid]], () =>
    closedLoop(clients, reads, async () => (await api.call('GET', '/', '')) === 200),
  );
  await api.close();
  await koa.stop();
}

export async function measureReads(bench: Bench): Promise<void> {
  const { town, database, references, api, url, spenders } = bench;
  const members = await town.moreMembers(400);
  const { caller } = await recognise(database.reading, references, town.people.deskLead.token, new Date());
  const orderId = await claimedOrder(bench, members[0]?.token ?? '');
  const list = await recorded(database, (reading) => listDesk(reading, caller, { scope: 'desk', limit: 20 }));
  const detail = await recorded(database, async (reading) => {
    const record = await loadRecordToShow(reading, orderId);
    if (record) await besideOf(reading, record);
  });
  const pool = barePool(url, true);
  const readers = await grantDesk(
    bench,
    members.map(({ id }) => id),
  );
  const token = (piece: number) => members[piece % readers]?.token ?? '';
  await closedLoop(
    clients,
    500,
    async (piece) => (await api.call('GET', '/api/orders?scope=desk', token(piece))) === 200,
  );
  const overHttp = (path: string) =>
    closedLoop(clients, reads, async (piece) => (await api.call('GET', path, token(piece))) === 200);
  const listOver = await measured('list of 20 over HTTP', spenders, () => overHttp('/api/orders?scope=desk'));
  const listBare = await measured('list, the same SQL by bare mysql2', spenders, () =>
    closedLoop(clients, reads, replay(pool, list)),
  );
  judgeShare('list ÷ bare', listOver, listBare, { floor: 0.33, goal: 0.5 });
  const detailOver = await measured('detail over HTTP', spenders, () => overHttp(`/api/orders/${orderId}`));
  const detailBare = await measured('detail, the same SQL by bare mysql2', spenders, () =>
    closedLoop(clients, reads, replay(pool, detail)),
  );
  judgeShare('detail ÷ bare', detailOver, detailBare, { floor: 0.33, goal: 0.5 });
  const paced = await measured('50 people, one request a second', spenders, () =>
    pacedLoop(50, 20, async (piece) => (await api.call('GET', '/api/orders?scope=desk', token(piece))) === 200),
  );
  judge('p99 of a read by 50 people (ms)', paced.p99, '< 50', paced.p99 < 50);
  await pool.end();
}

/** Fills the hall, and answers the id of an order that somebody has in hand. */
async function claimedOrder({ database, references, town, api }: Bench, token: string): Promise<string> {
  const [taskId = ''] = await openTasks(database, await references.current(), town, 500);
  const promisedAt = new Date(Date.now() + 3_600_000).toISOString();
  const status = await api.call('POST', `/api/tasks/${taskId}/claim`, token, { actionId: ulid(), promisedAt });
  const [task] = await database.reading.query<{ id: string }>('SELECT order_id AS id FROM task WHERE id = ?', [taskId]);
  if (status !== 200 || !task) throw new Error(`The task to be shown could not be claimed: ${status}`);
  return task.id;
}

/** The rate limit is per person: many desk people share the load. */
async function grantDesk({ database, town }: Bench, ids: readonly string[]): Promise<number> {
  await database.transaction((db) =>
    db.write("UPDATE role_grant SET role = 'deskLead', kind = NULL, node_id = ? WHERE person_id IN (?)", [
      town.villageA,
      ids,
    ]),
  );
  return ids.length;
}
