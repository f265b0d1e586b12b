import { countsOf, rostersIn, type Cells } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 网格、边界、党组织、人员: each into the town as it stands. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

const read = <Row>(sql: string, ...values: string[]) => server.world.database.reading.query<Row>(sql, values);
const codeOf = async (id: string): Promise<string> =>
  (await read<{ code: string }>('SELECT code FROM grid WHERE id = ?', id))[0]?.code ?? '';

test('grids hang on one another within a file; what cannot be is told', async () => {
  const roster = rostersIn(server, town, 'grids');
  const above = await codeOf(town.townId);
  const village = `${above.slice(0, 9)}299`;
  const rows: Cells[] = [
    { 层级: '小组', 名称: '一组', 编码: `${village}001`, 上级编码: village },
    { 层级: '村', 名称: '新坪村', 编码: village, 上级编码: above, 值班电话: '0752-8880119' },
  ];
  const found = await roster.checked(rows);
  expect(countsOf(found)).toMatchObject({ added: 2 });
  expect(await roster.applied(found.id)).toMatchObject({ state: 'applied' });
  const [group] = await read<{ village: string; county: string }>(
    'SELECT v.name AS village, g.county_id AS county FROM grid g JOIN grid v ON v.id = g.village_id WHERE g.code = ?',
    `${village}001`,
  );
  expect(group).toEqual({ village: '新坪村', county: town.countyId });
  expect(countsOf(await roster.checked(rows))).toMatchObject({ unchanged: 2 });
  const wrong = await roster.checked([
    { 层级: '村', 名称: '碧塘村', 编码: await codeOf(town.villageA), 上级编码: village },
    { 层级: '小组', 名称: '二组', 编码: `${above.slice(0, 9)}298001`, 上级编码: `${above.slice(0, 9)}298` },
    {
      层级: '小组',
      名称: '一组',
      编码: await codeOf(town.groups.a1),
      上级编码: await codeOf(town.villageA),
      状态: '停用',
    },
  ]);
  expect(await roster.faultsOf(wrong.id)).toEqual([
    expect.stringContaining('换上级请到网格树里移动'),
    expect.stringContaining('没有这个上级'),
    expect.stringContaining('里面还有 3 户'),
  ]);
});

test('boundaries are converted to GCJ-02 and matched by code; open, crossed and misplaced ones are refused', async () => {
  const roster = rostersIn(server, town, 'boundaries');
  const code = await codeOf(town.groups.a1);
  const { lng, lat } = town.centres.a1;
  const square = [
    [lng, lat],
    [lng + 0.002, lat],
    [lng + 0.002, lat + 0.002],
    [lng, lat + 0.002],
    [lng, lat],
  ];
  const file = (ring: number[][], of = code) =>
    JSON.stringify({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: { code: of }, geometry: { type: 'Polygon', coordinates: [ring] } }],
    });
  const found = await roster.checkedFile(file(square), { datum: 'wgs84' });
  expect(countsOf(found)).toEqual({ changed: 1 });
  await roster.applied(found.id);
  const [grid] = await read<{ lng: number }>(
    "SELECT JSON_VALUE(boundary, '$.coordinates[0][0][0]') AS lng FROM grid WHERE code = ?",
    code,
  );
  const moved = (Number(grid?.lng) - lng) * 111_000;
  expect(Math.abs(moved)).toBeGreaterThan(10);
  expect(Math.abs(moved)).toBeLessThan(900);
  expect(countsOf(await roster.checkedFile(file(square), { datum: 'wgs84' }))).toEqual({ unchanged: 1 });
  const faultOf = async (ring: number[][], of = code) =>
    (await roster.faultsOf((await roster.checkedFile(file(ring, of), { datum: 'gcj02' })).id))[0];
  expect(await faultOf(square.slice(0, 4))).toContain('边界没有闭合');
  const [a, b, c, d] = square as [number[], number[], number[], number[]];
  expect(await faultOf([a, c, b, d, a])).toContain('自己和自己交叉');
  expect(await faultOf(square.map(([x = 0, y = 0]) => [y, x]))).toContain('写反了');
  expect(await faultOf(square, '999999999999')).toContain('没有这个编码的网格');
  await expect(roster.checkedFile(file(square))).rejects.toThrow('roster.datum-needed');
});

test('organisations hang on one another and on grids', async () => {
  const roster = rostersIn(server, town, 'organizations');
  const rows: Cells[] = [
    {
      党组织名称: '碧塘村第一党小组',
      级别: '党小组',
      上级党组织: '新设党支部',
      对应网格编码: await codeOf(town.groups.a1),
    },
    { 党组织名称: '新设党支部', 级别: '党支部', 上级党组织: null, 对应网格编码: await codeOf(town.villageA) },
  ];
  const names = [`党小组${town.townId}`, `党支部${town.townId}`] as const;
  const unique = rows.map((row, index) => ({
    ...row,
    党组织名称: names[index] ?? '',
    上级党组织: index === 0 ? names[1] : null,
  }));
  const found = await roster.checked(unique);
  expect(await roster.faultsOf(found.id)).toEqual([]);
  await roster.applied(found.id);
  const lines = await read<{ depth: number }>(
    'SELECT a.depth FROM party_ancestor a JOIN party_organization o ON o.id = a.descendant_id WHERE o.name = ? ORDER BY a.depth',
    names[0],
  );
  expect(lines.map(({ depth }) => Number(depth))).toEqual([0, 1]);
  expect(countsOf(await roster.checked(unique))).toMatchObject({ unchanged: 2 });
  const circle = await roster.checked([
    { ...unique[0], 党组织名称: `甲${town.townId}`, 上级党组织: `乙${town.townId}` },
    { ...unique[0], 党组织名称: `乙${town.townId}`, 上级党组织: `甲${town.townId}` },
  ]);
  expect((await roster.faultsOf(circle.id))[0]).toContain('绕成了圈');
});

test('people come with posts, organisation and skills; nobody changes his own, and no file appoints a secretary', async () => {
  const roster = rostersIn(server, town, 'people');
  const { member2, admin } = town.people;
  const grid = await codeOf(town.groups.a1);
  const rows: Cells[] = [
    {
      姓名: '廖新来',
      手机号: '15455550001',
      岗位: '党员',
      服务网格编码: grid,
      技能: '电工、水暖',
      任职到: '2028-12-31',
    },
    { 姓名: '廖新来', 手机号: '15455550001', 岗位: '网格员', 服务网格编码: grid },
    { 姓名: member2.name, 手机号: member2.phone, 岗位: '志愿者', 服务网格编码: grid },
  ];
  const found = await roster.checked(rows);
  expect(await roster.faultsOf(found.id)).toEqual([]);
  expect(countsOf(found)).toMatchObject({ added: 1, changed: 1 });
  await roster.applied(found.id);
  const posts = await read<{ role: string; kind: string | null }>(
    'SELECT r.role, r.kind FROM role_grant r JOIN person p ON p.id = r.person_id WHERE p.name = ? AND r.node_id = ? ORDER BY r.role',
    ...['廖新来', town.groups.a1],
  );
  expect(posts).toEqual([
    { role: 'gridWorker', kind: null },
    { role: 'helper', kind: 'partyMember' },
  ]);
  expect(countsOf(await roster.checked(rows))).toMatchObject({ unchanged: 2 });
  const left = await roster.checked([{ ...rows[1], 状态: '离任' }]);
  expect(countsOf(left)).toMatchObject({ ended: 1 });
  await roster.applied(left.id);
  const acts = await read<{ act: string; by: string }>(
    `SELECT e.act, e.person_id AS \`by\` FROM audit_entry e JOIN role_grant r ON r.id = e.thing_id
       JOIN person p ON p.id = r.person_id WHERE p.name = ? AND r.node_id = ? ORDER BY e.act`,
    ...['廖新来', town.groups.a1],
  );
  expect(acts).toEqual(['endPost', 'givePost', 'givePost'].map((act) => ({ act, by: admin.id })));
  const wrong = await roster.checked([
    { 姓名: '廖新来', 手机号: '15455550001', 岗位: '党组织书记', 服务网格编码: grid },
    { 姓名: admin.name, 手机号: admin.phone, 岗位: '党员', 服务网格编码: grid },
    { 姓名: '廖新来', 手机号: '15455550001', 岗位: '小网格长', 服务网格编码: grid },
    {
      ...{ 姓名: '廖二来', 手机号: '15455550002', 岗位: '小网格长', 任职到: '2028-12-31' },
      服务网格编码: await codeOf(town.villageA),
    },
    { 姓名: '廖三来', 手机号: '15455550003', 岗位: '党员', 服务网格编码: grid, 任职到: '2046-12-31' },
  ]);
  const faults = (await roster.faultsOf(wrong.id)).join('\n');
  expect(faults).toContain('没有“党组织书记”这一项');
  expect(faults).toContain('自己的岗位不能自己导入');
  // The rules of giving by hand hold for a file too.
  expect(faults).toContain('小网格长有任期');
  expect(faults).toContain('小网格长不设在');
  expect(faults).toContain('任期最长 6 年');
});
