import { ulid } from 'ulid';
import type { Client } from '../../../test/client';
import { thingsOf, type Put } from '../../../test/rights/things';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { stayingColumns } from '../../../test/staying-columns';
import { strangeCode } from '../../../test/strangers';
import { sweepIn } from '../../../test/sweep-journey';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { RoleGrant } from '../../foundation/access/access.entity';
import { runDueWork } from '../../foundation/due-work/due-work';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { createLog } from '../../foundation/log';
import { tierTables } from '../../rooms';
import { LinkRequest } from '../households/visit.entity';
import { BindingRequest } from '../people/binding.entity';
import { Correction } from '../privacy/privacy.entity';
import { treeDueWork } from './trees.due-work';

/** The rows that follow a change of the trees: in batches, through a kill, and whatever the order of changes. */
let server: TestServer;
let town: Town;
let admin: Client;
let put: Put;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  admin = town.as('admin');
  put = thingsOf(server, town);
});

const reason = '县里批复';
const minutes = 60_000;
const query = <Row>(sql: string, values: (string | string[])[]) =>
  server.world.database.reading.query<Row>(sql, values);
const write = (sql: string, values: string[]) => server.world.database.transaction((db) => db.write(sql, values));
type Body = NonNullable<NonNullable<Parameters<typeof admin.call<'trees.change'>>[1]>['body']>;
const change = (nodeId: string, asked: Body['change'], actionId = ulid()) =>
  admin.call('trees.change', { params: { tree: 'grid', nodeId }, body: { actionId, change: asked, reason } });
async function add(parentId: string, name: string): Promise<string> {
  const nodeId = ulid();
  const body = { parentId, name, code: strangeCode(), reason };
  await admin.ok('trees.add', { params: { tree: 'grid', nodeId }, body });
  return nodeId;
}

/** The same order once more, so many times. */
async function copies(orderId: string, count: number): Promise<void> {
  const columns = await query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = 'service_order' AND extra NOT LIKE '%GENERATED%' AND column_name NOT IN ('id', 'number')`,
    [],
  );
  const names = columns.map(({ name }) => `\`${name}\``).join(', ');
  for (let made = 0; made < count; made += 1) {
    await write(`INSERT INTO service_order (id, ${names}) SELECT ?, ${names} FROM service_order WHERE id = ?`, [
      ...[ulid(), orderId],
    ]);
  }
}

test('a worker that is killed in the middle of a village’s move: the next goes on where it was, nothing twice', async () => {
  const { orderId } = await put();
  await copies(orderId, 599);
  const westId = await add(town.countyId, '西澄镇');
  const changeId = ulid();
  expect((await change(town.villageA, { kind: 'move', parentId: westId }, changeId)).status).toBe(200);
  const handlers = treeDueWork(tierTables);
  const dying: Record<string, DueHandler> = {
    treeChange: async (...given) => {
      await handlers['treeChange']?.(...given);
      throw new Error('killed before it could commit');
    },
  };
  const ring = (with_: Readonly<Record<string, DueHandler>>) =>
    runDueWork(
      {
        ...{ database: server.world.database, handlers: with_, reference: server.world.references.current },
        ...{ now: () => new Date(server.clock.now()), log: createLog('silent') },
      },
      { townId: town.townId },
    );
  const moved = async () => {
    const [row] = await query<{ moved: number; done: number }>(
      'SELECT moved, moved_at IS NOT NULL AS done FROM tree_change WHERE id = ?',
      [changeId],
    );
    return { moved: Number(row?.moved), done: Number(row?.done) === 1 };
  };
  const left = async (prefix: '' | 'desk_') => {
    const [row] = await query<{ count: number }>(
      `SELECT COUNT(*) AS count FROM service_order WHERE ${prefix}village_id = ? AND ${prefix}town_id <> ?`,
      [town.villageA, westId],
    );
    return Number(row?.count);
  };
  await ring(handlers);
  expect(await moved()).toEqual({ moved: 500, done: false });
  expect((await left('')) + (await left('desk_'))).toBe(700);
  await ring(dying);
  expect(await moved()).toEqual({ moved: 500, done: false });
  expect((await left('')) + (await left('desk_'))).toBe(700);
  // Its lease runs out.
  await write("UPDATE due_work SET leased_until = NULL WHERE thing_id = ? AND kind = 'treeChange'", [changeId]);
  await server.drain(town.townId);
  expect(await moved()).toEqual({ moved: 1200, done: true });
  expect([await left(''), await left('desk_')]).toEqual([0, 0]);
});

interface GridRow {
  id: string;
  parent_id: string | null;
  tier: 'county' | 'town' | 'village' | 'group';
  county_id: string | null;
  town_id: string | null;
  village_id: string | null;
  group_id: string | null;
}

const line = (row: Partial<GridRow> | undefined) => [row?.county_id, row?.town_id, row?.village_id, row?.group_id];

/** Every living grid hangs under a living one of the tier above, and its columns say just that line. */
async function expectTree(): Promise<Map<string, GridRow>> {
  const rows = await query<GridRow>(
    'SELECT id, parent_id, tier, county_id, town_id, village_id, group_id FROM grid WHERE county_id = ? AND closed_at IS NULL',
    [town.countyId],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows) {
    const above: Partial<Record<`${GridRow['tier']}_id`, string>> = {};
    for (let at: GridRow | undefined = row; at; at = byId.get(at.parent_id ?? '')) above[`${at.tier}_id`] = at.id;
    const { county_id = null, town_id = null, village_id = null, group_id = null } = above;
    expect({ id: row.id, line: line(row) }).toEqual({ id: row.id, line: [county_id, town_id, village_id, group_id] });
  }
  return byId;
}

test('whatever moves, merges, is added or closed: the grids stay a tree, and orders lie where the tree says', async () => {
  let seed = 11;
  const dice = (sides: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % sides;
  const pick = (ids: readonly string[]): string => ids[dice(ids.length)] ?? '';
  const towns = [town.townId, await add(town.countyId, '西澄镇')];
  const villages = [town.villageA, town.villageB, await add(towns[1] ?? '', '新塘村')];
  const groups: string[] = Object.values(town.groups);
  const orders: string[] = [];
  for (const placeGridId of groups) orders.push((await put({ placeGridId })).orderId);
  const statuses: number[] = [];
  const steps: readonly (() => Promise<number>)[] = [
    async () => (await change(pick(groups), { kind: 'move', parentId: pick(villages) })).status,
    async () => (await change(pick(villages), { kind: 'move', parentId: pick(towns) })).status,
    async () => (await change(pick(groups), { kind: 'merge', intoId: pick(groups) })).status,
    async () => (await change(pick(villages), { kind: 'merge', intoId: pick(villages) })).status,
    async () => (await change(pick(groups), { kind: 'close', successorId: null })).status,
    async () => (await change(pick(towns), { kind: 'move', parentId: pick(villages) })).status,
  ];
  for (let step = 0; step < 40; step += 1) {
    if (step % 5 === 0) {
      const living = [...(await expectTree()).values()].filter(({ tier }) => tier === 'village');
      groups.push(await add(pick(living.map(({ id }) => id)), `新${step}组`));
      villages.push(await add(pick(towns), `新${step}村`));
    }
    // A village is merged seldom, or nothing would be left to move.
    const act = steps[step % 11 === 10 ? 3 : ([0, 1, 2, 0, 4, 5][dice(6)] ?? 0)];
    statuses.push((await act?.()) ?? 0);
    await expectTree();
  }
  expect(statuses.filter((status) => ![200, 404, 409, 422].includes(status))).toEqual([]);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(8);
  for (const townId of towns) await server.drain(townId);
  server.clock.advance(3 * minutes);
  for (const townId of towns) await server.drain(townId);
  const tree = await expectTree();
  const rows = await query<GridRow & { place: string }>(
    'SELECT id, place_grid_id AS place, county_id, town_id, village_id, group_id FROM service_order WHERE id IN (?)',
    [orders],
  );
  expect(rows).toHaveLength(orders.length);
  for (const row of rows) expect(line(row)).toEqual(line(tree.get(row.place)));
});

test('every column of the database that names a grid follows its grid, or stays for a reason', async () => {
  const columns = await query<{ tableName: string; columnName: string }>(
    `SELECT table_name AS tableName, column_name AS columnName FROM information_schema.columns
     WHERE table_schema = DATABASE() AND column_name REGEXP '(^|_)(grid|county|town|village|group|node)_ids?$'
     ORDER BY table_name, column_name`,
    [],
  );
  const tiers = ['county', 'town', 'village', 'group'];
  const following = new Set(
    tierTables.flatMap(({ table, prefix, gridColumn, keeps = [] }) =>
      [
        ...(prefix === null ? [] : tiers.map((tier) => `${prefix}${tier}_id`)),
        ...(gridColumn === null ? [] : [gridColumn]),
        ...keeps.map(([kept]) => kept),
      ].map((column) => `${table}.${column}`),
    ),
  );
  const stays = (name: string) =>
    Object.keys(stayingColumns).some(
      (known) => known === name || (known.endsWith('*') && name.startsWith(known.slice(0, -1))),
    );
  const names = columns.map(({ tableName, columnName }) => `${tableName}.${columnName}`);
  expect(names.filter((name) => !following.has(name) && !stays(name))).toEqual([]);
  expect([...following].filter((name) => !names.includes(name))).toEqual([]);
  const isUsed = (known: string) =>
    names.some((name) => name === known || (known.endsWith('*') && name.startsWith(known.slice(0, -1))));
  expect(Object.keys(stayingColumns).filter((known) => !isUsed(known))).toEqual([]);
});

/** What waits for somebody's decision in the first group of village A, and a sweep of the village that runs. */
async function waitingThings() {
  const at = new Date(server.clock.now());
  const line = { countyId: town.countyId, townId: town.townId, villageId: town.villageA, groupId: town.groups.a1 };
  const { newcomer, resident, member, deskLead, child } = town.people;
  const request = (id: string, personId: string): Partial<BindingRequest> => ({
    ...{ id, personId, waitingId: personId, kind: 'said', state: 'waiting', stage: 'open', version: 1 },
    ...{ gridId: town.groups.a1, ...line, askedAt: at },
  });
  const [saidId, postId, correctionId, requestId] = [ulid(), ulid(), ulid(), ulid()];
  await server.world.database.transaction(async (db) => {
    const above = { aboveCountyId: town.countyId, aboveTownId: town.townId };
    await db.insert(BindingRequest, [
      request(saidId, newcomer.id),
      { ...request(postId, child.id), kind: 'post', state: 'waitingAbove', targetId: deskLead.id, ...above },
    ]);
    const correction = { id: correctionId, personId: resident.id, askedById: resident.id, gridId: town.groups.a1 };
    await db.insert(Correction, [
      { ...correction, field: 'name', before: '王桂英', after: '王桂瑛', state: 'asked', askedAt: at },
    ]);
    const asked = { householdId: town.households.resident, gridId: town.groups.a1, personId: resident.id };
    await db.insert(LinkRequest, [{ id: requestId, ...asked, memberId: member.id, at }]);
  });
  const sweep = sweepIn(server, town);
  await sweep.started();
  return { saidId, postId, correctionId, requestId, sweep };
}

/** Lists of what waits, as that person finds them. */
async function found(who: PersonName) {
  const client = town.as(who);
  const bindings = await client.call('bindings.list', { query: { stage: 'open' } });
  const corrections = await client.call('privacy.corrections', { query: {} });
  const requests = await client.call('householdLinks.requests', {});
  return {
    bindings: (bindings.data?.items ?? []).map(({ bindingId }) => bindingId),
    corrections: (corrections.data?.items ?? []).map(({ id }) => id),
    requests: (requests.data?.items ?? []).map(({ id }) => id),
  };
}

async function settle(): Promise<void> {
  await server.drain(town.townId);
  server.clock.advance(3 * minutes);
  await server.drain(town.townId);
}

test('what waits for a decision goes along when groups are merged, and the lead keeps his part of a sweep', async () => {
  const { saidId, correctionId, requestId, sweep } = await waitingThings();
  const before = await found('deskLead');
  expect(before).toMatchObject({ bindings: [saidId], corrections: [correctionId] });
  expect((await found('secretary')).requests).toEqual([requestId]);
  expect(await found('groupLead')).toMatchObject({ bindings: [saidId] });
  const part = (await sweep.targets({}, 'groupLead')).map(({ id }) => id);
  expect(part.length).toBeGreaterThan(0);
  expect((await change(town.groups.a1, { kind: 'merge', intoId: town.groups.a2 })).status).toBe(200);
  await settle();
  expect(await found('deskLead')).toEqual(before);
  expect((await found('secretary')).requests).toEqual([requestId]);
  expect(await found('groupLead')).toMatchObject({ bindings: [saidId] });
  const kept = (await sweep.targets({}, 'groupLead')).map(({ id }) => id);
  expect(kept).toEqual(expect.arrayContaining(part));
});

test('a village moves to another town: what waits in it, the second yes too, is decided there and no longer here', async () => {
  const { saidId, postId, correctionId, sweep } = await waitingThings();
  const westId = await add(town.countyId, '西澄镇');
  const at = new Date(server.clock.now());
  // One of the two dispatchers goes to the new town.
  await server.world.database.transaction(async (db) => {
    const { id: personId } = town.people.townDispatcher2;
    await db.write('UPDATE role_grant SET ends_at = ? WHERE person_id = ?', [at, personId]);
    const grant = { id: ulid(), personId, role: 'townDispatcher', kind: null, tree: 'grid', nodeId: westId } as const;
    await db.insert(RoleGrant, [{ ...grant, startsAt: at, endsAt: null }]);
  });
  const here = await found('townDispatcher');
  expect(here.bindings).toEqual(expect.arrayContaining([saidId, postId]));
  expect((await change(town.villageA, { kind: 'move', parentId: westId })).status).toBe(200);
  await settle();
  expect(await found('townDispatcher')).toMatchObject({ bindings: [], corrections: [] });
  const there = await found('townDispatcher2');
  expect(there.bindings).toEqual(expect.arrayContaining([saidId, postId]));
  expect((await found('deskLead')).corrections).toEqual([correctionId]);
  const approving = { params: { bindingId: postId }, body: { actionId: ulid() } };
  expect((await town.as('townDispatcher').call('bindings.approve', approving)).status).toBe(404);
  expect((await town.as('townDispatcher2').call('bindings.approve', approving)).status).toBe(200);
  expect((await town.as('townDispatcher').call('sweeps.read', { params: { sweepId: sweep.sweepId } })).status).toBe(
    404,
  );
  expect((await sweep.targets({}, 'townDispatcher2')).length).toBeGreaterThan(0);
});
