import { readdir } from 'node:fs/promises';
import { stageOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { commitmentLifecycle } from '@sandan/shared/commitments/commitment.lifecycle';
import { roundLifecycle } from '@sandan/shared/commitments/round.lifecycle';
import { wordingHints, type Wording } from '@sandan/shared/commitments/wording';
import {
  derivedOrderStates,
  orderLifecycle,
  type OrderAction,
  type OrderState,
} from '@sandan/shared/orders/order.lifecycle';
import { taskLifecycle, type TaskAction, type TaskState } from '@sandan/shared/orders/task.lifecycle';
import { showcasesOfTheTown } from '../../test/demo-showcases';
import { checksumsOf, fillTown, movesOf, walk, type FilledTown } from '../../test/demo-town';
import { maskPhonesAndIds } from '../foundation/access/masking';
import type { Database, Reading } from '../foundation/database/connect';
import { countsOf } from '../rooms/commitments/round-figures.queries';
import { demoPeople } from '../rooms/people/demo-people';
import { emptyDemoTown, whatIsThere } from './empty';

/** A Thursday evening in November. */
const today = new Date('2026-11-19T11:20:00Z');
let town: FilledTown;
let database: Database;

beforeAll(async () => {
  town = await fillTown(today);
  database = town.database;
}, 300_000);

afterAll(() => town.close());

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

  test('has visits of the last months, most households visited, some late, and a village whose links want a plan', async () => {
    const links = await count('household_link WHERE ends_at IS NULL');
    expect(await count('visit')).toBeGreaterThan(2 * links);
    const late = await count('household_link WHERE ends_at IS NULL AND due_on < UTC_DATE()');
    expect(late).toBeGreaterThan(0.02 * links);
    expect(late).toBeLessThan(0.3 * links);
    expect(await count("household_link WHERE end_reason = 'memberLeft'")).toBe(9);
    expect(await count('link_request WHERE settled_at IS NULL')).toBe(1);
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
    const asked = 'task_claim s JOIN person p ON p.id = s.person_id WHERE s.asked_at IS NOT NULL AND p.demo_key';
    expect(await count(`${asked} = 'member'`)).toBeGreaterThan(0);
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
    const stored = await readdir(town.folder, { recursive: true });
    expect(stored.filter((path) => path.endsWith('.jpg') && !path.endsWith('.thumb.jpg'))).toHaveLength(
      Number(photos?.drawings),
    );
  });
});

interface Thing<State> {
  id: string;
  state: State;
  stage: string;
}

describe('every history is legal by the tables', () => {
  test('and explains the state in which its order stands', async () => {
    const table: Lifecycle<OrderState, OrderAction> = orderLifecycle;
    const steps = await movesOf(database.reading, 'order');
    const orders = await database.reading.query<Thing<OrderState>>('SELECT id, state, stage FROM service_order');
    for (const { id, state, stage } of orders) {
      expect(walk(table, steps.get(id) ?? [], null, derivedOrderStates)).toBe(state);
      expect(stageOf(table, state)).toBe(stage);
    }
  });

  test('and that of its tasks, which end together with it', async () => {
    const table: Lifecycle<TaskState, TaskAction> = taskLifecycle;
    const steps = await movesOf(database.reading, 'task');
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

  test('and that of every promise, whose version counts its steps', async () => {
    const steps = await movesOf(database.reading, 'commitment');
    const deeds = await database.reading.query<Thing<keyof typeof commitmentLifecycle.states> & { version: number }>(
      'SELECT id, state, stage, version FROM commitment',
    );
    for (const { id, state, stage, version } of deeds) {
      const own = steps.get(id) ?? [];
      expect(walk(commitmentLifecycle, own, null, [])).toBe(state);
      expect(stageOf(commitmentLifecycle, state)).toBe(stage);
      expect(own.map(({ seq }) => seq)).toEqual(Array.from({ length: version }, (_, index) => index + 1));
    }
  });

  test('and that of both years', async () => {
    const steps = await movesOf(database.reading, 'round');
    const rounds = await database.reading.query<Thing<keyof typeof roundLifecycle.states>>(
      'SELECT id, state, stage FROM commitment_round',
    );
    expect(rounds).toHaveLength(2);
    for (const { id, state } of rounds) expect(walk(roundLifecycle, steps.get(id) ?? [], null, [])).toBe(state);
  });
});

describe('打擂比武 in the demo town', () => showcasesOfTheTown(() => database.reading, today));

describe('双向承诺 in the demo town', () => {
  const roundOf = async (year: number) => {
    const [round] = await database.reading.query<{ id: string; state: string }>(
      'SELECT id, state FROM commitment_round WHERE year = ?',
      [year],
    );
    return round ?? { id: '', state: '' };
  };
  const figures = async (year: number) =>
    countsOf(database.reading, (await roundOf(year)).id, { organizationId: null, today: '2026-11-19', watches: true });
  const deeds = async (condition: string, year = 2026) =>
    count(`commitment c JOIN commitment_round r ON r.id = c.round_id WHERE r.year = ${year} AND ${condition}`);

  test('last year is closed, and every promise of it was kept', async () => {
    expect((await roundOf(2025)).state).toBe('closed');
    const last = await figures(2025);
    expect(last).toMatchObject({ keptShare: 1, underMinimum: 0, overdue: 0, organizations: 16 });
    expect(last.kept).toBe(await deeds('TRUE', 2025));
    expect(last.kept).toBeGreaterThanOrEqual(last.owed);
    const disputes = 'commitment_dispute d JOIN commitment c ON c.id = d.commitment_id JOIN commitment_round r';
    const decided = await count(`${disputes} ON r.id = c.round_id WHERE r.year = 2025 AND d.upheld IS NOT NULL`);
    expect(decided).toBeGreaterThan(0);
    expect(decided).toBeLessThan(15);
  });

  test('this year is under way: most of it public, much of it done, a little late, some still missing', async () => {
    expect((await roundOf(2026)).state).toBe('underWay');
    const now = await figures(2026);
    const parts = ['drafted', 'published', 'delivered', 'accepted', 'disputed', 'abandoned', 'overdue'] as const;
    for (const part of parts) expect([part, (now[part] ?? 0) > 0]).toEqual([part, true]);
    expect(now).toMatchObject({ disputed: 1, kept: 0, notKept: 0 });
    expect(now.accepted / now.owed).toBeGreaterThan(0.4);
    expect(now.published / now.owed).toBeGreaterThan(0.3);
    expect(now.overdue / now.owed).toBeLessThan(0.05);
    expect(now.underMinimum).toBeGreaterThan(10);
    expect(now.underMinimum).toBeLessThan(now.members / 8);
    expect(await count('commitment_debtor WHERE exempt IS NOT NULL')).toBeGreaterThan(10);
  });

  test('says nothing that its rows do not', async () => {
    const rated = `(SELECT COUNT(*) AS raters, COALESCE(SUM(g.stars), 0) AS stars FROM commitment_rating g WHERE g.commitment_id = c.id)`;
    expect(await count(`commitment c WHERE (c.raters, c.stars) <> ${rated}`)).toBe(0);
    expect(await count('commitment WHERE raters >= 5')).toBeGreaterThan(500);
    const clocks = "(SELECT COUNT(*) FROM due_work w WHERE w.thing_id = c.id AND w.kind = 'deed')";
    expect(await deeds(`(c.state = 'published') <> ${clocks}`)).toBe(0);
    expect(await count("due_work WHERE kind IN ('dispute', 'opinion')")).toBeGreaterThanOrEqual(2);
    const versions = '(SELECT COUNT(*) FROM commitment_version v WHERE v.commitment_id = c.id)';
    expect(await count(`commitment c WHERE c.content_version <> ${versions}`)).toBe(0);
    const inDispute = '(SELECT COUNT(*) FROM commitment_dispute d WHERE d.commitment_id = c.id AND d.is_open = 1)';
    expect(await count(`commitment c WHERE (c.state = 'disputed') <> ${inDispute}`)).toBe(0);
    expect(await deeds("c.state = 'accepted' AND c.quantity_done < c.quantity AND c.partly = 0")).toBe(0);
    expect(
      await count('commitment_order k JOIN commitment c ON c.id = k.commitment_id JOIN service_order o ON o.id = k.order_id WHERE o.village_id <> c.village_id'), // prettier-ignore
    ).toBe(0);
    expect(await count('commitment_order')).toBeGreaterThan(100);
  });

  test('nobody accepts his own, and nothing happens at night or after today', async () => {
    const own = 'c.accepted_by_id IN (c.author_id, c.responsible_id, c.person_id)';
    expect(await count(`commitment c WHERE ${own}`)).toBe(0);
    const [span] = await database.reading.query<{ last: Date; night: number; fresh: number }>(
      `SELECT MAX(at) AS last, SUM(HOUR(at + INTERVAL 8 HOUR) NOT BETWEEN 8 AND 20) AS night,
              SUM(fanned_out_at IS NULL AND at < ? - INTERVAL 3 DAY) AS fresh FROM history WHERE thing = 'commitment'`,
      [today],
    );
    expect(span?.last.getTime()).toBeLessThanOrEqual(today.getTime());
    expect([Number(span?.night), Number(span?.fresh)]).toEqual([0, 0]);
  });

  test('every public wording can be checked, and names nobody’s number', async () => {
    const said = await database.reading.query<Wording>(
      'SELECT DISTINCT kind, title, words, quantity, deadline FROM commitment WHERE published_at IS NOT NULL',
    );
    expect(said.length).toBeGreaterThan(1_000);
    expect(said.filter((wording) => wordingHints(wording).length > 0)).toEqual([]);
    expect(said.filter(({ title, words }) => /[{}]/.test(title + words))).toEqual([]);
    expect(said.filter(({ words }) => maskPhonesAndIds(words) !== words)).toEqual([]);
  });

  test('waits for whoever is played: drafts and deeds of the member, the desks of both secretaries', async () => {
    const of = (column: string, key: string) =>
      `c.${column} = (SELECT ${column === 'person_id' ? 'id' : 'home_organization_id'} FROM person WHERE demo_key = '${key}')`;
    const states = async (condition: string, ...wanted: string[]) => {
      for (const state of wanted) expect(await deeds(`c.state = '${state}' AND ${condition}`)).toBeGreaterThan(0);
    };
    await states(of('person_id', 'member'), 'draft', 'published', 'delivered');
    await states(of('review_organization_id', 'secretary'), 'submitted', 'approved', 'delivered');
    await states(of('review_organization_id', 'townSecretary'), 'submitted', 'delivered');
    await states(of('dispute_organization_id', 'townSecretary'), 'disputed');
    const asks = 'EXISTS (SELECT 1 FROM commitment_change x WHERE x.commitment_id = c.id AND x.is_open = 1)';
    await states(`${of('review_organization_id', 'secretary')} AND ${asks}`, 'published');
    await states(`${of('review_organization_id', 'townSecretary')} AND ${asks}`, 'published');
    expect(await count('commitment_opinion WHERE answered_at IS NULL')).toBeGreaterThan(0);
  });

  test('shows how it was before and how it is now', async () => {
    const shows = (action: string) =>
      `EXISTS (SELECT 1 FROM history h JOIN photo p ON p.thing_id = h.id WHERE h.aggregate_id = c.id AND h.action = '${action}')`;
    expect(await count(`commitment c WHERE ${shows('draft')} AND ${shows('deliver')}`)).toBeGreaterThan(400);
  });
});

test('it is filled within seconds', () => expect(town.cpuSeconds).toBeLessThan(30));

test('it can be taken away, is the same when it comes again, and other people’s data is never taken for it', async () => {
  const { files, folder } = town;
  expect(await whatIsThere(database.reading)).toEqual({ state: 'demo', firstDay: today.toISOString() });
  const before = await checksumsOf(database.reading);
  await emptyDemoTown(database, files);
  expect(await whatIsThere(database.reading)).toEqual({ state: 'empty' });
  expect((await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.jpg'))).toEqual([]);
  await town.fillAgain();
  expect(await checksumsOf(database.reading)).toEqual(before);
  await emptyDemoTown(database, files);
  await database.transaction((db) =>
    db.write("INSERT INTO person (id, name, created_at) VALUES ('01K9ZZZZZZZZZZZZZZZZZZZZZZ', '真人', '2026-11-19')"),
  );
  expect(await whatIsThere(database.reading)).toEqual({ state: 'other' });
}, 240_000);
