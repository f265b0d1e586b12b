import fc from 'fast-check';
import type { LiveTopic } from '@sandan/shared/live/live.words';
import type { LiveEvent } from '../../src/foundation/live/history-stream';
import type { Notice } from '../../src/foundation/live/live-stream';
import type { Caller } from '../../src/foundation/access/caller';
import { test as holdsIn } from '../../src/foundation/access/rule-predicate';
import { whereOf, type Where } from '../../src/foundation/access/rule-where';
import type { RowSource, Rule, RuleRow } from '../../src/foundation/access/rules';
import type { Db } from '../../src/foundation/database/connect';
import type { Reference } from '../../src/foundation/reference/reference';
import { loadPage, type OrderRecord } from '../../src/rooms/orders/order-record';
import { noticesOf, orderLive } from '../../src/rooms/orders/orders.live';
import {
  deskListRule,
  deskTasksRule,
  orderPolicy,
  orderSource,
  publicRule,
  readRule,
} from '../../src/rooms/orders/orders.policy';
import { claimRule, taskIn, taskReadRule, taskSource } from '../../src/rooms/orders/tasks.policy';
import { startTestServer, type TestServer } from '../server';
import { buildTown, type Town } from '../town';
import { callerOf, insertOrders, randomActor, randomOrder, type Pool } from './random-orders';

/** A row rule is written once and used twice: what a list finds by it in SQL, and what it decides in memory, must agree. */
const seed = 20_260_915;
const numRuns = 60;

let server: TestServer;
let reference: Reference;
let pool: Pool;

beforeAll(async () => {
  server = await startTestServer();
  const towns = [await buildTown(server), await buildTown(server)];
  reference = await server.world.references.current();
  pool = poolOf(towns);
});
afterAll(() => server.close());

const poolOf = (towns: readonly Town[]): Pool => ({
  people: towns.flatMap(({ people }) => [people.resident.id, people.member.id, people.deskLead.id]),
  households: towns.flatMap(({ households }) => [households.resident, households.member]),
  // Not of the county alone: nothing is placed there, but somebody may be posted to it.
  grids: towns.flatMap(({ townId, villageA, villageB, groups: { a1, a2, b1 } }) => [
    townId,
    villageA,
    villageB,
    a1,
    a2,
    b1,
  ]),
  organizations: towns.flatMap(({ branches }) => [branches.a, branches.b]),
});

const orderRules = { readRule, publicRule, deskListRule, deskTasksRule, ...orderPolicy };
const taskRules = { claimRule, taskReadRule };

/** The rules that hold, for each row by its id, as the database sees it. `alias` is what the conditions call the table. */
async function inSql(
  db: Db,
  { table, alias }: { table: string; alias: string },
  ids: readonly string[],
  wheres: Readonly<Record<string, Where>>,
): Promise<Map<string, string[]>> {
  const names = Object.keys(wheres);
  const columns = Object.values(wheres).map(({ sql }, place) => `(${sql}) AS rule_${place}`);
  const rows = await db.query<Record<string, unknown> & { id: string }>(
    `SELECT ${alias}.id, ${columns.join(', ')} FROM ${table} ${alias} WHERE ${alias}.id IN (?)`,
    [...Object.values(wheres).flatMap(({ values }) => values), ids],
  );
  return new Map(rows.map((row) => [row.id, names.filter((_, place) => Number(row[`rule_${place}`]) === 1)]));
}

const orderTable = { table: 'service_order', alias: 'o' };
const taskTable = { table: 'task', alias: 't' };

const wheresOf = <C extends string, R extends string>(
  rules: Readonly<Record<string, Rule<C, R>>>,
  caller: Caller,
  source: RowSource<C, R>,
): Record<string, Where> =>
  Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, whereOf(rule, caller, source)]));

const inMemory = <C extends string, R extends string>(
  rules: Readonly<Record<string, Rule<C, R>>>,
  caller: Caller,
  row: unknown,
  source: RowSource<C, R>,
): string[] => Object.keys(rules).filter((name) => holdsIn(rules[name] as Rule<C, R>, caller, row as RuleRow, source));

class Undo extends Error {}

/** Does it and takes it back: random rows are nobody's town. */
async function inVain(work: (db: Db) => Promise<void>): Promise<void> {
  const done = server.world.database.transaction(async (db) => {
    await work(db);
    throw new Undo();
  });
  await done.catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
}

/** As if each had become confidential, and been passed on, just now. */
const movesOf = (records: readonly OrderRecord[]): LiveEvent[] =>
  records.flatMap(({ id, tasks }) => [
    { id: `${id}1`, thing: 'order', thingId: id, aggregateId: id, action: 'protect', conceals: 1 },
    { id: `${id}2`, thing: 'order', thingId: id, aggregateId: id, action: 'escalate', conceals: 0 },
    ...tasks.map((task): LiveEvent => {
      return { id: `${task.id}1`, thing: 'task', thingId: task.id, aggregateId: id, action: 'reassign', conceals: 0 };
    }),
  ]);
const noticesOfAll = (records: readonly OrderRecord[], caller: Caller): Notice[] =>
  records.flatMap((record) => noticesOf(record, movesOf([record]), caller));

/** What the live desk tells somebody: ids of what SQL would show him, no others. */
const toldOf = (records: readonly OrderRecord[], caller: Caller, topic: LiveTopic): string[] =>
  noticesOfAll(records, caller).flatMap((notice) => (notice.topic === topic && notice.id !== null ? [notice.id] : []));
let heard = 0;

/** How often each rule held, and how often not. */
const held = new Map<string, [yes: number, no: number]>();
function count(rules: object, holding: readonly string[]): void {
  for (const name of Object.keys(rules)) {
    const [yes, no] = held.get(name) ?? [0, 0];
    held.set(name, holding.includes(name) ? [yes + 1, no] : [yes, no + 1]);
  }
}

test(`SQL and memory agree on every rule of orders and tasks, and nobody is told of more (seed ${seed})`, async () => {
  const now = new Date(server.clock.now());
  const orders = fc.array(randomOrder(pool), { minLength: 1, maxLength: 12 });
  const actors = fc.array(randomActor(pool), { minLength: 1, maxLength: 3 });
  const agree = fc.asyncProperty(orders, actors, (givenOrders, givenActors) =>
    inVain(async (db) => {
      const ids = await insertOrders(db, givenOrders, reference, now);
      const records = await loadPage(db, 'SELECT id FROM service_order WHERE id IN (?)', [ids]);
      const tasks = records.flatMap((record) => record.tasks.map((task) => taskIn(record, task)));
      expect(records).toHaveLength(ids.length);
      const hearing = await orderLive.hearing(db, movesOf(records));
      for (const actor of givenActors) {
        const caller = callerOf(actor, reference, now);
        const found = await inSql(db, orderTable, ids, wheresOf(orderRules, caller, orderSource));
        for (const record of records) {
          const decided = inMemory(orderRules, caller, record, orderSource);
          count(orderRules, decided);
          expect(found.get(record.id)).toEqual(decided);
        }
        const shown = records.filter(({ id }) => found.get(id)?.some((rule) => /^(read|public)Rule$/.test(rule)));
        expect(hearing(caller)).toEqual(noticesOfAll(records, caller));
        expect(toldOf(records, caller, 'orders')).toEqual(shown.map(({ id }) => id));
        if (tasks.length === 0) continue;
        const taskIds = tasks.map(({ id }) => id);
        const foundTasks = await inSql(db, taskTable, taskIds, wheresOf(taskRules, caller, taskSource));
        for (const task of tasks) {
          const decided = inMemory(taskRules, caller, task, taskSource);
          count(taskRules, decided);
          expect(foundTasks.get(task.id)).toEqual(decided);
        }
        const mayHear = records.flatMap((record) => {
          const readable = found.get(record.id)?.includes('readRule') ?? false;
          const offered = record.tasks.filter(({ id }) => foundTasks.get(id)?.includes('taskReadRule'));
          if (readable) return record.tasks;
          return record.visibility === 'confidential' ? [] : offered;
        });
        const told = toldOf(records, caller, 'tasks');
        expect(mayHear.map(({ id }) => id)).toEqual(expect.arrayContaining(told));
        heard += told.length;
      }
    }),
  );
  await fc.assert(agree, { seed, numRuns });
});

test('and that says something: each of these held for some and not for others', () => {
  const rules = [
    'readRule',
    'publicRule',
    'deskListRule',
    'deskTasksRule',
    'claimRule',
    'taskReadRule',
    'accept',
    'inspect',
    'confirm',
  ];
  expect(heard).toBeGreaterThan(20);
  for (const rule of rules) {
    const [yes, no] = held.get(rule) ?? [0, 0];
    expect([rule, yes > 5, no > 5]).toEqual([rule, true, true]);
  }
});
