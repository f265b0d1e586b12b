import { join } from 'node:path';
import { recognise } from '../src/foundation/access/sessions';
import { besideOf } from '../src/rooms/orders/order-detail.queries';
import { listDesk } from '../src/rooms/orders/order-list.queries';
import { loadRecordToShow } from '../src/rooms/orders/order-record';
import { closedLoop, pacedLoop } from './load';
import { freePort, startProgram } from './processes';
import { judge, note } from './report';
import { Api, barePool, clients, recorded, replay, type Bench } from './stage';

const reads = Number(process.env['BENCH_READS'] ?? 6000);

export async function measurePlainKoa(bundle: string): Promise<void> {
  const koa = await startProgram(join(bundle, 'plain-koa.js'), {}, await freePort(), '/');
  const api = new Api(koa.url);
  note('plain Koa', await closedLoop(clients, reads, async () => (await api.call('GET', '/', '')) === 200));
  await api.close();
  await koa.stop();
}

export async function measureReads(bench: Bench): Promise<void> {
  const { town, database, references, api, url } = bench;
  const members = await town.moreMembers(400);
  const { caller } = await recognise(database.reading, references, town.people.deskLead.token, new Date());
  const list = await recorded(database, (reading) => listDesk(reading, caller, { scope: 'desk', limit: 20 }));
  const [first] = await database.reading.query<{ id: string }>(
    "SELECT order_id AS id FROM task WHERE state = 'claimed' LIMIT 1",
  );
  const orderId = first?.id ?? '';
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
  const listOver = note(
    'list of 20 over HTTP',
    await closedLoop(
      clients,
      reads,
      async (piece) => (await api.call('GET', '/api/orders?scope=desk', token(piece))) === 200,
    ),
  );
  const listBare = note('list, the same SQL by bare mysql2', await closedLoop(clients, reads, replay(pool, list)));
  judge(
    'list ÷ bare',
    listOver.perSecond / listBare.perSecond,
    '≥ 0.33, goal 0.5',
    listOver.perSecond / listBare.perSecond >= 0.33,
  );
  const detailOver = note(
    'detail over HTTP',
    await closedLoop(
      clients,
      reads,
      async (piece) => (await api.call('GET', `/api/orders/${orderId}`, token(piece))) === 200,
    ),
  );
  const detailBare = note(
    'detail, the same SQL by bare mysql2',
    await closedLoop(clients, reads, replay(pool, detail)),
  );
  judge(
    'detail ÷ bare',
    detailOver.perSecond / detailBare.perSecond,
    '≥ 0.33, goal 0.5',
    detailOver.perSecond / detailBare.perSecond >= 0.33,
  );
  const paced = note(
    '50 people, one request a second',
    await pacedLoop(50, 20, async (piece) => (await api.call('GET', '/api/orders?scope=desk', token(piece))) === 200),
  );
  judge('p99 of a read by 50 people (ms)', paced.p99, '< 50', paced.p99 < 50);
  await pool.end();
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
