import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { connectDatabase, connectionOf } from './src/foundation/database/connect';
import { migrate } from './src/foundation/database/migrate';
import { entities } from './src/rooms';
import { countOrders } from './src/rooms/boards/boards.queries';
const root = readFileSync('/tmp/edge/url', 'utf8');
const u = new URL(root); u.pathname = '/edge_big';
const { username, password, ...where } = connectionOf(root);
const c = await createConnection({ ...where, user: username, password, database: undefined } as never);
await c.query('CREATE DATABASE IF NOT EXISTS edge_big CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci');
await migrate({ ownerUrl: u.toString(), entities });
await c.query('USE edge_big');
const [[{ n }]] = (await c.query('SELECT COUNT(*) n FROM service_order')) as any;
if (n < 1_000_000) {
  const t = Date.now();
  for (let k = 0; k < 10; k++) await c.query(`INSERT INTO service_order (id,state,stage,version,source,category_id,urgency,visibility,title,place_grid_id,county_id,town_id,village_id,group_id,desk_grid_id,desk_town_id,desk_kind,fingerprint,placed_at,accepted_at,answered_solved,answered_stars,contact_in_time)
  SELECT LPAD(seq,26,'0'), IF(seq%20=0,'handling',IF(seq%19=0,'placed','confirmed')), IF(seq%20=0,'working',IF(seq%19=0,'open','done')),1,'resident','streetLight','normal','normal','路灯不亮','g','c',CONCAT('t',seq%5),CONCAT('v',seq%80),CONCAT('g',seq%900),'v','t','desk',REPEAT('x',32),
  '2026-09-15' - INTERVAL seq*60 SECOND, '2026-09-15' - INTERVAL seq*60 SECOND, 1, 5, 1 FROM seq_${k * 100000 + 1}_to_${(k + 1) * 100000}`);
  console.log('filled', Date.now() - t);
  await c.query('ANALYZE TABLE service_order');
}
const db = await connectDatabase({ url: u.toString(), entities });
const time = async (name: string, f: () => Promise<unknown>) => { for (let i = 0; i < 2; i++) { const t = performance.now(); const r = await f(); console.log(name, Math.round(performance.now() - t), 'ms', JSON.stringify(r).slice(0, 150)); } };
await time('stage', () => db.reading.query('SELECT stage, COUNT(*) AS orders FROM service_order GROUP BY stage'));
await time('figures county 1M', () => countOrders(db.reading, { tier: 'county', gridId: 'c' } as never, { from: new Date('2025-09-15'), to: new Date('2026-09-16') }));
await time('figures town 200k', () => countOrders(db.reading, { tier: 'town', gridId: 't1' } as never, { from: new Date('2025-09-15'), to: new Date('2026-09-16') }));
await time('figures village 12k', () => countOrders(db.reading, { tier: 'village', gridId: 'v1' } as never, { from: new Date('2025-09-15'), to: new Date('2026-09-16') }));
console.log(JSON.stringify(await db.reading.query("EXPLAIN SELECT stage, COUNT(*) AS orders FROM service_order GROUP BY stage")));
await db.close(); await c.end();
