import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { stageOf, targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import {
  derivedOrderStates,
  orderLifecycle,
  type OrderAction,
  type OrderState,
} from '@sandan/shared/orders/order.lifecycle';
import { taskLifecycle, type TaskAction, type TaskState } from '@sandan/shared/orders/task.lifecycle';
import { connectDatabase, connectionOf, type Database, type Reading } from '../foundation/database/connect';
import { migrate } from '../foundation/database/migrate';
import { createFiles, type Files } from '../foundation/world/files';
import { entities } from '../rooms';
import { demoPeople } from '../rooms/people/demo-people';
import { emptyDemoTown, whatIsThere } from './empty';
import { fillDemoTown } from './fill';

/** A Thursday evening in November. */
const today = new Date('2026-11-19T11:20:00Z');
const name = `sandan_demo_${process.env['JEST_WORKER_ID'] ?? '1'}`;
let database: Database;
let folder: string;
let files: Files;
const said: string[] = [];

beforeAll(async () => {
  const url = await freshDatabase();
  await migrate({ ownerUrl: url, entities });
  database = await connectDatabase({ url, entities, writers: 2 });
  folder = await mkdtemp(join(tmpdir(), 'sandan-demo-'));
  files = await createFiles({ kind: 'local', folder });
  await fillDemoTown({ database, files, today, say: (line) => said.push(line) });
}, 120_000);

afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
  await asRoot(`DROP DATABASE ${name}`);
});

async function freshDatabase(): Promise<string> {
  await asRoot(`DROP DATABASE IF EXISTS ${name}`);
  await asRoot(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  const url = new URL(String(process.env['TEST_DATABASE_URL']));
  url.pathname = `/${name}`;
  return url.toString();
}

async function asRoot(sql: string): Promise<void> {
  const { username, password, ...where } = connectionOf(String(process.env['TEST_DATABASE_URL']));
  const connection = await createConnection({ ...where, user: username, password, database: undefined });
  await connection.query(sql);
  await connection.end();
}

async function count(sql: string, reading: Reading = database.reading): Promise<number> {
  const [row] = await reading.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`);
  return Number(row?.n);
}

const base = `service_order WHERE accepted_at IS NOT NULL AND state NOT IN ('merged', 'converted', 'withdrawn')`;

describe('the demo town', () => {
  test('has the places and the organisation of the town it is modelled on', async () => {
    expect(await count("grid WHERE tier = 'village'")).toBe(16);
    expect(await count("grid WHERE tier = 'group'")).toBe(147);
    expect(await count('grid WHERE boundary IS NULL')).toBe(0);
    expect(await count("party_organization WHERE org_rank = 'cell'")).toBe(69);
    expect(await count("party_organization WHERE parent_id IS NULL AND org_rank = 'committee'")).toBe(1);
    expect(await count('household WHERE is_hub = 1')).toBe(147);
    expect(await count('category')).toBe(34);
  });

  test('has about a thousand people in posts, and every household has its member', async () => {
    const [posts] = await database.reading.query<{ n: number }>(
      'SELECT COUNT(DISTINCT person_id) AS n FROM role_grant',
    );
    expect(Number(posts?.n)).toBeGreaterThan(950);
    expect(Number(posts?.n)).toBeLessThan(1_150);
    expect(await count('household')).toBeGreaterThan(2_800);
    expect(
      await count('household h WHERE NOT EXISTS (SELECT 1 FROM household_link l WHERE l.household_id = h.id)'),
    ).toBe(0);
    const own = 'household_link l JOIN person p ON p.id = l.member_id WHERE p.household_id = l.household_id';
    expect(await count(own)).toBe(0);
  });

  test('has 2,158 accepted orders, 96.2 % of them completed, and about 140 that ended otherwise', async () => {
    expect(await count(base)).toBe(2_158);
    expect(await count(`${base} AND state IN ('confirmed', 'unanswered', 'archived')`)).toBe(2_076);
    expect(await count(`${base} AND stage IN ('open', 'working')`)).toBe(82);
    const outside = await count("service_order WHERE stage = 'stopped'");
    expect(outside).toBeGreaterThan(130);
    expect(outside).toBeLessThan(150);
  });

  test('spreads them as such towns do: on the spot, unanswered, reopened, ordered by others', async () => {
    const share = async (condition: string) => (100 * (await count(`${base} AND ${condition}`))) / 2_158;
    expect(await share('on_the_spot = 1')).toBeGreaterThan(20);
    expect(await share('on_the_spot = 1')).toBeLessThan(25);
    expect(Math.round(await share('reopens > 0'))).toBe(4);
    const byOthers = await share("source IN ('proxy', 'hub', 'patrol', 'visit')");
    expect(byOthers).toBeGreaterThan(55);
    expect(byOthers).toBeLessThan(65);
    const byThemselves = await share("closed_how = 'self'");
    expect(byThemselves).toBeGreaterThan(60);
    expect(byThemselves).toBeLessThan(75);
    expect(await count(`${base} AND category_id = 'dispute'`)).toBe(6);
  });

  test('lies in the nine months before the first day, and nothing in the future', async () => {
    const [span] = await database.reading.query<{ first: Date; last: Date }>(
      'SELECT MIN(placed_at) AS first, MAX(at) AS last FROM service_order JOIN history ON aggregate_id = service_order.id',
    );
    expect(span?.last.getTime()).toBeLessThanOrEqual(today.getTime());
    expect(today.getTime() - Number(span?.first.getTime())).toBeLessThan(276 * 24 * 60 * 60_000);
    expect(await count(`due_work WHERE next_at <= '${today.toISOString().slice(0, 23).replace('T', ' ')}'`)).toBe(0);
  });

  test('has somebody for everybody on the sign-in page, and work for them', async () => {
    const rows = await database.reading.query<{ demo_key: string }>(
      'SELECT demo_key FROM person WHERE demo_key IS NOT NULL',
    );
    expect(rows.map(({ demo_key }) => demo_key).sort()).toEqual(demoPeople.map(({ key }) => key).sort());
    const states = ['placed', 'accepted', 'dispatched', 'handling', 'suspended', 'checking', 'reported', 'inReview'];
    for (const state of states) expect(await count(`service_order WHERE state = '${state}'`)).toBeGreaterThan(0);
    const ofWang =
      "service_order WHERE state = 'reported' AND requester_id = (SELECT id FROM person WHERE demo_key = 'resident')";
    expect(await count(ofWang)).toBe(1);
    expect(
      await count("service_order WHERE visibility = 'confidential' AND state = 'placed' AND desk_person_id IS NULL"),
    ).toBe(1);
  });

  test('shows a dozen drawings on many orders, none of them twice the same file to the inspector', async () => {
    expect(await count('photo')).toBeGreaterThan(500);
    const [photos] = await database.reading.query<{ hashes: number; drawings: number }>(
      'SELECT COUNT(DISTINCT content_hash) AS hashes, COUNT(DISTINCT storage_key) AS drawings FROM photo',
    );
    expect(Number(photos?.hashes)).toBe(await count('photo'));
    const stored = await readdir(folder, { recursive: true });
    expect(stored.filter((path) => path.endsWith('.jpg') && !path.endsWith('.thumb.jpg'))).toHaveLength(
      Number(photos?.drawings),
    );
  });
});

interface Step {
  thing: string;
  thing_id: string;
  action: string;
  from_state: string | null;
  to_state: string | null;
}

interface Thing<State> {
  id: string;
  state: State;
  stage: string;
}

/** Walks the rows of one thing: each begins where the last one ended, and the table allows it. Returns where it ends. */
function walk<State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
  steps: readonly Step[],
  start: State | null,
  derivable: readonly State[],
): State | null {
  return steps.reduce<State | null>((state, step) => {
    const [action, to] = [step.action as Action, step.to_state as State];
    const row = lifecycle.actions[action];
    const begins = step.from_state === state && (state === null ? row.fresh === true : row.from.includes(state));
    const leads = state === null || targetsOf(lifecycle, action, state, derivable).includes(to);
    if (!begins || !leads) throw new Error(`${step.thing} ${step.thing_id}: ${action} from ${state} to ${to}`);
    return to;
  }, start);
}

const stepsOf = async (thing: 'order' | 'task'): Promise<Map<string, Step[]>> => {
  const rows = await database.reading.query<Step>(
    'SELECT thing, thing_id, action, from_state, to_state FROM history WHERE thing = ? ORDER BY aggregate_id, seq',
    [thing],
  );
  const byThing = new Map<string, Step[]>();
  for (const row of rows) byThing.set(row.thing_id, [...(byThing.get(row.thing_id) ?? []), row]);
  return byThing;
};

describe('every history is legal by the tables', () => {
  test('and explains the state in which its order stands', async () => {
    const table: Lifecycle<OrderState, OrderAction> = orderLifecycle;
    const steps = await stepsOf('order');
    const orders = await database.reading.query<Thing<OrderState>>('SELECT id, state, stage FROM service_order');
    for (const { id, state, stage } of orders) {
      expect(walk(table, steps.get(id) ?? [], null, derivedOrderStates)).toBe(state);
      expect(stageOf(table, state)).toBe(stage);
    }
  });

  test('and that of its tasks, which end together with it', async () => {
    const table: Lifecycle<TaskState, TaskAction> = taskLifecycle;
    const steps = await stepsOf('task');
    const tasks = await database.reading.query<Thing<TaskState> & { order_stage: string; on_the_spot: number }>(
      `SELECT t.id, t.state, t.stage, t.on_the_spot, o.stage AS order_stage FROM task t JOIN service_order o ON o.id = t.order_id`,
    );
    for (const { id, state, stage, order_stage, on_the_spot } of tasks) {
      const last = walk(table, steps.get(id) ?? [], on_the_spot === 1 ? 'reported' : 'offered', []);
      // A closing order finishes or cancels its tasks in its own row.
      const byOrder = (last === 'reported' && state === 'done') || (last === 'offered' && state === 'cancelled');
      if (!byOrder) expect(last).toBe(state);
      expect(stageOf(table, state)).toBe(stage);
      if (order_stage === 'done') expect(['done', 'stopped']).toContain(stage);
    }
  });
});

test('it can be taken away and is then gone; other people’s data is never taken for it', async () => {
  expect(await whatIsThere(database.reading)).toEqual({ state: 'demo', firstDay: today.toISOString() });
  await emptyDemoTown(database, files);
  expect(await whatIsThere(database.reading)).toEqual({ state: 'empty' });
  expect((await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.jpg'))).toEqual([]);
  await database.transaction((db) =>
    db.write("INSERT INTO person (id, name, created_at) VALUES ('01K9ZZZZZZZZZZZZZZZZZZZZZZ', '真人', '2026-11-19')"),
  );
  expect(await whatIsThere(database.reading)).toEqual({ state: 'other' });
});
