import { recognise } from '../src/foundation/access/sessions';
import { listDesk } from '../src/rooms/orders/order-list.queries';
import { fillOrders } from './county';
import { closedLoop } from './load';
import { judge, rounded, say } from './report';
import type { Bench } from './stage';

const many = Number(process.env['BENCH_ORDERS'] ?? 1_000_000);

/** One list in four shapes, alone on the machine: what the database costs, by the number of orders. */
async function listShapes(bench: Bench): Promise<Record<string, number>> {
  const { database, references, town } = bench;
  const { caller } = await recognise(database.reading, references, town.people.townDispatcher.token, new Date());
  const query = { scope: 'desk' as const, limit: 20 };
  const deep = await deepCursor((cursor) =>
    listDesk(database.reading, caller, { ...query, stage: 'done', ...(cursor ? { cursor } : {}) }),
  );
  const two = {
    ...caller,
    grants: caller.grants.map((grant) => ({
      ...grant,
      grids: [caller.reference.tree.gridOf(town.villageA), caller.reference.tree.gridOf(town.villageB)],
    })),
  };
  const shapes: Record<string, () => Promise<unknown>> = {
    'first page': () => listDesk(database.reading, caller, query),
    'by stage': () => listDesk(database.reading, caller, { ...query, stage: 'done' }),
    deep: () => listDesk(database.reading, caller, { ...query, stage: 'done', cursor: deep }),
    'two grants': () => listDesk(database.reading, two, query),
  };
  const result: Record<string, number> = {};
  for (const [name, run] of Object.entries(shapes)) {
    for (let warm = 0; warm < 20; warm += 1) await run();
    const load = await closedLoop(1, 200, async () => Boolean(await run()));
    result[name] = load.p50;
  }
  return result;
}

async function deepCursor(page: (cursor: string | null) => Promise<{ nextCursor: string | null }>): Promise<string> {
  let cursor: string | null = null;
  for (let pages = 0; pages < 15; pages += 1) {
    const next: string | null = (await page(cursor)).nextCursor;
    if (!next) break;
    cursor = next;
  }
  return cursor ?? '';
}

export async function measureGrowth(bench: Bench): Promise<void> {
  const fill = (total: number) => bench.database.transaction((db) => fillOrders(db, bench.town, total));
  say('filling to 10,000 orders …');
  await fill(10_000);
  const small = await listShapes(bench);
  say(`filling to ${many.toLocaleString('en')} orders …`);
  await fill(many);
  const large = await listShapes(bench);
  for (const [name, milliseconds] of Object.entries(large)) {
    const ratio = milliseconds / (small[name] ?? milliseconds);
    say(
      `  list ${name}: ${rounded(small[name] ?? 0, 2)} ms at 10,000, ${rounded(milliseconds, 2)} ms at ${many.toLocaleString('en')}`,
    );
    judge(`list ${name}: ${many.toLocaleString('en')} ÷ 10,000`, ratio, '≤ 1.5', ratio <= 1.5);
  }
}
