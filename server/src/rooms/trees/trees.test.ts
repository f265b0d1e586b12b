import { ulid } from 'ulid';
import { chinaDate } from '@sandan/shared/china-time';
import type { Client } from '../../../test/client';
import { days, journeyIn, type Journey } from '../../../test/journey';
import { fromJson } from '../../foundation/database/connect';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { strangeCode } from '../../../test/strangers';
import { buildTown, type Town } from '../../../test/town';

/** 网格和党组织的变动: what moves, what follows, what stays as it was. */
let server: TestServer;
let town: Town;
let village: Journey;
let admin: Client;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  village = journeyIn(server, town);
  admin = town.as('admin');
});

const reason = '县里批复';
type Change = NonNullable<Parameters<typeof changing>[1]>;
const changing = (
  nodeId: string,
  change: NonNullable<NonNullable<Parameters<typeof admin.call<'trees.change'>>[1]>['body']>['change'],
  more: { tree?: 'grid' | 'party'; effectiveOn?: string; actionId?: string } = {},
) => {
  const { tree = 'grid', actionId = ulid(), ...rest } = more;
  return admin.call('trees.change', { params: { tree, nodeId }, body: { actionId, change, reason, ...rest } });
};
const done = async (nodeId: string, change: Change, more: Parameters<typeof changing>[2] = {}) => {
  const { data, problem } = await changing(nodeId, change, more);
  if (!data) throw new Error(JSON.stringify(problem));
  await server.drain(town.townId);
  return data;
};
const inDays = (count: number): string => chinaDate(server.clock.now() + count * days);
const query = <Row>(sql: string, values: (string | string[])[]) =>
  server.world.database.reading.query<Row>(sql, values);
const orderRow = async (id: string) =>
  (
    await query<Record<string, string | null>>(
      'SELECT town_id, village_id, group_id, desk_village_id, desk_grid_id, place_grid_id, placed_village_id FROM service_order WHERE id = ?',
      [id],
    )
  )[0];
const nodeOf = (nodeId: string, tree: 'grid' | 'party' = 'grid') =>
  admin.ok('trees.node', { params: { tree, nodeId } });

/** A second town under the same county, with one village. */
async function secondTown(): Promise<{ townId: string; villageId: string }> {
  const [townId, villageId] = [ulid(), ulid()];
  const add = (nodeId: string, parentId: string, name: string) =>
    admin.ok('trees.add', { params: { tree: 'grid', nodeId }, body: { parentId, name, code: strangeCode(), reason } });
  await add(townId, town.countyId, '西澄镇');
  await add(villageId, townId, '新塘村');
  return { townId, villageId };
}

test('a name changes at once everywhere and keeps its history; the same name is no change', async () => {
  const change = { kind: 'rename', name: '碧塘社区' } as const;
  const before = await village.place();
  server.clock.advance(60_000);
  await done(town.villageA, change);
  const after = await village.place();
  // What was placed before says what the place was called then.
  expect((await village.read(before)).place).toMatchObject({ village: '碧塘社区', formerly: '碧塘村一组' });
  expect((await village.read(after)).place).toMatchObject({ village: '碧塘社区', formerly: null });
  const page = await nodeOf(town.villageA);
  expect(page.name).toBe('碧塘社区');
  expect(page.history[0]).toMatchObject({ words: '碧塘村 → 碧塘社区', by: '赵文斌', byRole: '管理员', reason });
  expect((await changing(town.villageA, change)).problem?.code).toBe('tree.same');
});

test('a code belongs to one grid only', async () => {
  const other = (await nodeOf(town.villageB)).code ?? '';
  expect((await changing(town.villageA, { kind: 'recode', code: other })).problem?.code).toBe('tree.code-taken');
  expect((await changing(town.villageA, { kind: 'recode', code: '123' })).problem?.code).toBe('request.bad-input');
  await done(town.villageA, { kind: 'recode', code: '988888001299' });
});

test('a change may wait for its day, and may be called off before it', async () => {
  const name = '碧塘新村';
  const planned = await done(town.villageA, { kind: 'rename', name }, { effectiveOn: inDays(10) });
  expect(planned).toMatchObject({ state: 'planned', words: name, allows: ['cancel'] });
  const called = await done(town.villageA, { kind: 'phone', dutyPhone: '0753-123456' }, { effectiveOn: inDays(10) });
  await admin.ok('trees.cancel', { params: { changeId: called.id }, body: { actionId: ulid() } });
  expect((await nodeOf(town.villageA)).name).toBe('碧塘村');
  server.clock.advance(10 * days);
  await server.drain(town.townId);
  const page = await nodeOf(town.villageA);
  expect(page).toMatchObject({ name, dutyPhone: null });
  expect(page.history.map(({ state }) => state).sort()).toEqual(['applied', 'cancelled']);
  const params = { changeId: planned.id };
  expect(await admin.refused('trees.cancel', { params, body: { actionId: ulid() } })).toBe('tree.change-over');
});

test('what no longer fits on its day is written down and leaves the tree as it was', async () => {
  const wanted = '977777001299';
  await done(town.villageA, { kind: 'recode', code: wanted }, { effectiveOn: inDays(5) });
  await done(town.villageB, { kind: 'recode', code: wanted });
  server.clock.advance(5 * days);
  await server.drain(town.townId);
  expect((await nodeOf(town.villageA)).history[0]).toMatchObject({
    state: 'failed',
    trouble: '这个编码已经有网格在用',
  });
});

test('who ordered a change and is dismissed before its day: nothing moves, and the history says so', async () => {
  const { id: personId } = town.people.admin;
  const planned = await done(town.groups.a1, { kind: 'merge', intoId: town.groups.a2 }, { effectiveOn: inDays(5) });
  await server.world.database.transaction((db) =>
    db.write('UPDATE role_grant SET ends_at = ? WHERE person_id = ?', [new Date(server.clock.now()), personId]),
  );
  server.clock.advance(5 * days);
  await server.drain(town.townId);
  const [row] = await query<{ state: string; trouble: string }>('SELECT state, trouble FROM tree_change WHERE id = ?', [
    planned.id,
  ]);
  expect(row).toEqual({ state: 'failed', trouble: 'tree.orderer-gone' });
  expect(await query('SELECT 1 FROM grid WHERE id = ? AND closed_at IS NULL', [town.groups.a1])).toHaveLength(1);
});

test('a day that is over is noted; the change holds from now on', async () => {
  const change = await done(town.villageA, { kind: 'rename', name: '碧塘社区' }, { effectiveOn: '2026-09-01' });
  expect(change).toMatchObject({ state: 'applied', sinceDay: '2026-09-01' });
});

test('a group moves to another village with its orders, desks and rights; the figures of its past stay', async () => {
  const orderId = await village.place();
  await done(town.groups.a1, { kind: 'move', parentId: town.villageB });
  expect(await orderRow(orderId)).toMatchObject({
    village_id: town.villageB,
    group_id: town.groups.a1,
    desk_grid_id: town.villageB,
    desk_village_id: town.villageB,
    placed_village_id: town.villageA,
  });
  const accept = (who: 'deskLead' | 'deskLeadOutside') =>
    town.as(who).call('orders.accept', { params: { orderId }, body: { actionId: ulid() } });
  expect((await accept('deskLead')).status).toBe(404);
  expect((await accept('deskLeadOutside')).status).toBe(200);
  const figures = async (gridId: string) => (await admin.ok('boards.figures', { query: { gridId } })).accepted;
  expect([await figures(town.villageA), await figures(town.villageB)]).toEqual([1, 0]);
});

test('a village moves to another town with everything below it, and orders with the old town’s desk follow', async () => {
  const { townId } = await secondTown();
  const orderId = await village.place();
  await town
    .as('deskLead')
    .ok('orders.escalate', { params: { orderId }, body: { actionId: ulid(), words: '超出村里' } });
  await done(town.villageA, { kind: 'move', parentId: townId });
  expect(await orderRow(orderId)).toMatchObject({ town_id: townId, desk_grid_id: townId, village_id: town.villageA });
  const [group] = await query('SELECT 1 FROM grid WHERE id = ? AND town_id = ? AND village_id = ?', [
    ...[town.groups.a1, townId, town.villageA],
  ]);
  expect(group).toBeDefined();
  expect(await town.as('townDispatcher').refused('orders.read', { params: { orderId } })).toBe('order.not-found');
});

test('two villages merge: groups, posts and orders go to the survivor, old links to the closed one still lead there', async () => {
  const orderId = await village.place();
  server.clock.advance(60_000);
  await done(town.villageA, { kind: 'merge', intoId: town.villageB });
  expect(await orderRow(orderId)).toMatchObject({ village_id: town.villageB, desk_grid_id: town.villageB });
  const page = await nodeOf(town.villageA);
  expect(page).toMatchObject({ id: town.villageB, name: '石岭村' });
  expect(page.children).toHaveLength(6);
  expect(page.holders.filter(({ role }) => role === 'deskLead').map(({ name }) => name)).toContain('刘建华');
  expect(page.history[0]).toMatchObject({ kind: 'merge', words: '碧塘村并入石岭村' });
  // 刘建华's own post goes on: he studies what lies in the larger village now.
  await town.as('deskLead').ok('orders.accept', { params: { orderId }, body: { actionId: ulid() } });
  const [listed] = (await town.as('deskLead').ok('orders.list', { query: { scope: 'desk' } })).items;
  expect(listed?.place).toMatchObject({ village: '石岭村', group: '一组', formerly: '碧塘村一组' });
  // 按下单当天的网格统计: the merged village's figures stay its own.
  const figures = async (gridId: string) => admin.ok('boards.figures', { query: { gridId } });
  expect(await figures(town.villageA)).toMatchObject({ gridName: '碧塘村', accepted: 1 });
  expect(await figures(town.villageB)).toMatchObject({ gridName: '石岭村', accepted: 0 });
});

test('an order that is placed while the village moves ends under the right tiers', async () => {
  const { townId } = await secondTown();
  const moving = changing(town.villageA, { kind: 'move', parentId: townId });
  const placing = (['resident', 'otherResident', 'spouse', 'member'] as const).map((who) => village.place({}, who));
  const [, ...placed] = await Promise.all([moving.then(() => ''), ...placing]);
  await server.drain(town.townId);
  server.clock.advance(3 * 60_000);
  await server.drain(town.townId);
  for (const orderId of placed) expect(await orderRow(orderId)).toMatchObject({ town_id: townId });
});

test('a row that was written by an old tree after the job has run is still put right', async () => {
  const { townId } = await secondTown();
  const orderId = await village.place();
  await done(town.villageA, { kind: 'move', parentId: townId });
  await server.world.database.transaction((db) =>
    db.write('UPDATE service_order SET town_id = ?, placed_town_id = NULL WHERE id = ?', [town.townId, orderId]),
  );
  server.clock.advance(3 * 60_000);
  await server.drain(town.townId);
  expect(await orderRow(orderId)).toMatchObject({ town_id: townId });
});

test('a grid is closed only when nothing living hangs on it', async () => {
  const refused = await changing(town.groups.a1, { kind: 'close', successorId: null });
  expect(refused.problem).toMatchObject({ code: 'tree.still-in-use' });
  const empty = ulid();
  const body = { parentId: town.villageA, name: '四组', code: strangeCode(), reason };
  await admin.ok('trees.add', { params: { tree: 'grid', nodeId: empty }, body });
  await done(empty, { kind: 'close', successorId: null });
  const above = await nodeOf(town.villageA);
  expect(above.children.map(({ name }) => name)).not.toContain('四组');
  // Its own page is gone with it: what became of it stands where it was.
  expect(above.history).toContainEqual(expect.objectContaining({ kindName: '撤销', words: '四组' }));
});

test('a boundary is brought to GCJ-02, must be closed and not cross itself, and warns outside its parent', async () => {
  const ring = [
    [115.01, 31.01],
    [115.02, 31.01],
    [115.02, 31.02],
    [115.01, 31.02],
    [115.01, 31.01],
  ] as [number, number][];
  const asked = (coordinates: [number, number][][], datum: 'CGCS2000' | 'GCJ02' = 'CGCS2000') =>
    ({ kind: 'boundary', boundary: { type: 'Polygon', coordinates }, datum }) as const;
  await done(town.groups.a1, asked([ring]));
  const [row] = await query<{ boundary: unknown }>('SELECT boundary FROM grid WHERE id = ?', [town.groups.a1]);
  const [[[lng = 0, lat = 0]]] = fromJson<{ coordinates: [[[number, number]]] }>(row?.boundary).coordinates;
  // A few hundred metres to the south-east of what the surveyor measured.
  expect(Math.abs(lng - 115.01) + Math.abs(lat - 31.01)).toBeGreaterThan(0.003);
  expect((await changing(town.groups.a1, asked([ring.slice(0, 4)]))).problem).toMatchObject({
    code: 'tree.boundary',
    fields: { 'change.boundary': expect.stringContaining('没有闭合') as string },
  });
  const [a, b, c, d] = ring as [[number, number], [number, number], [number, number], [number, number]];
  expect((await changing(town.groups.a1, asked([[a, c, b, d, a]]))).problem?.code).toBe('tree.boundary');
  const params = { tree: 'grid' as const, nodeId: town.groups.a1 };
  const preview = await admin.ok('trees.preview', { params, body: { change: asked([ring], 'GCJ02') } });
  expect(preview.warnings[0]).toContain('碧塘村的边界外面');
});

test('一格三员 says who is missing in each small grid', async () => {
  const { villages } = await town.as('deskLead').ok('trees.staff', { params: { nodeId: town.villageA } });
  expect(villages).toMatchObject([
    { name: '碧塘村', groups: 3, complete: 0, missing: { gridWorker: 2, partyGuide: 3 } },
  ]);
  const first = villages[0]?.rows.find(({ gridId }) => gridId === town.groups.a1);
  expect(first).toMatchObject({ gridWorker: ['陈小燕'], villageLiaison: ['马晓东'], missing: ['党建指导员'] });
});

test('a branch that closes passes members, posts and open promises to the one that is named', async () => {
  const { member } = town.people;
  await done(town.branches.a, { kind: 'close', successorId: town.branches.b }, { tree: 'party' });
  const [row] = await query<{ id: string }>('SELECT home_organization_id AS id FROM person WHERE id = ?', [member.id]);
  expect(row?.id).toBe(town.branches.b);
  expect((await nodeOf(town.branches.b, 'party')).holders.map(({ name }) => name)).toContain('何国栋');
  const top = await changing(town.branches.committee, { kind: 'close', successorId: null }, { tree: 'party' });
  expect(top.problem?.code).toBe('tree.top');
});

test('a town administrator reshapes nothing at his own level or outside of it', async () => {
  const { member3 } = town.people;
  const post = { personId: member3.id, role: 'admin', tree: 'grid', nodeId: town.townId, openReason: '专职' } as const;
  await admin.ok('posts.give', { params: { postId: ulid() }, body: post });
  const { townId } = await secondTown();
  const as = (nodeId: string, change: Change) =>
    town
      .as('member3')
      .refused('trees.change', { params: { tree: 'grid', nodeId }, body: { actionId: ulid(), change, reason } });
  expect(await as(town.townId, { kind: 'recode', code: '966666001000' })).toBe('access.forbidden');
  expect(await as(town.villageA, { kind: 'move', parentId: townId })).toBe('access.forbidden');
});
