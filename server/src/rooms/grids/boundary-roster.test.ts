import { journeyIn } from '../../../test/journey';
import { countsOf, rostersIn, type Cells } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 网格边界: from the file of whoever has drawn it to the answer of where somebody stands. */
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

type Ring = readonly (readonly number[])[];
const ringAt = (lng: number, lat: number, size = 0.002): number[][] => [
  [lng, lat],
  [lng + size, lat],
  [lng + size, lat + size],
  [lng, lat + size],
  [lng, lat],
];
const polygon = (...coordinates: Ring[]) => ({ type: 'Polygon', coordinates });
const feature = (code: string, geometry: unknown) => ({ type: 'Feature', properties: { 网格编码: code }, geometry });
const collection = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features });
const villageAt = (lng: number, lat: number) => town.as('admin').ok('grids.locate', { query: { lng, lat } });

test('a boundary is converted to GCJ-02, shown as what it changes, and then holds the point', async () => {
  const roster = rostersIn(server, town, 'boundaries');
  const [a1, villageA] = [await codeOf(town.groups.a1), await codeOf(town.villageA)];
  const { lng, lat } = town.centres.a1;
  const at = ringAt(lng - 0.001, lat - 0.001);
  const file = collection(
    feature(a1, polygon(at)),
    feature(villageA, polygon(ringAt(lng - 0.001, lat - 0.001, 0.003))),
  );
  for (const datum of ['wgs84', 'cgcs2000'] as const) {
    const found = await roster.checkedFile(file, { datum });
    expect(countsOf(found)).toMatchObject({ changed: 2 });
    const [unit] = (await roster.unitsOf(found.id, 'changed')).filter(({ title }) => title.includes(a1));
    expect(unit).toMatchObject({
      changes: [
        { what: '面积', from: expect.stringMatching(/^约 1[5-7]\d\d 亩$/), to: expect.stringMatching(/^约 \d\d 亩$/) },
        { what: '边界上的角', to: '4 个' },
        { what: '位置' },
      ],
      drawing: { shapes: [{ kind: 'above' }, { kind: 'before' }, { kind: 'after' }] },
    });
    await roster.press('cancel', found.id);
  }
  const found = await roster.checkedFile(file, { datum: 'wgs84' });
  await roster.applied(found.id);
  const [grid] = await read<{ lng: number }>(
    "SELECT JSON_VALUE(boundary, '$.coordinates[0][0][0]') AS lng FROM grid WHERE code = ?",
    a1,
  );
  const moved = (Number(grid?.lng) - (lng - 0.001)) * 111_000;
  expect(Math.abs(moved)).toBeGreaterThan(10);
  expect(Math.abs(moved)).toBeLessThan(900);
  expect(countsOf(await roster.checkedFile(file, { datum: 'wgs84' }))).toEqual({ unchanged: 2 });
  await expect(roster.checkedFile(file)).rejects.toThrow('roster.datum-needed');

  // Where nothing but the new boundary can say where it is: twenty kilometres from all centres.
  const far = ringAt(lng + 0.2, lat);
  expect(await town.as('admin').refused('grids.locate', { query: { lng: lng + 0.201, lat: lat + 0.001 } })).toBe(
    'grid.out-of-area',
  );
  const there = await roster.checkedFile(collection(feature(a1, polygon(far))), { datum: 'gcj02' });
  const move = await roster.unitsOf(there.id, 'changed');
  expect(move).toMatchObject([
    {
      changes: [
        { what: '面积' },
        { what: '边界上的角' },
        { what: '位置', to: expect.stringMatching(/^往东移了约 \d+\.\d 公里$/) },
      ],
      hints: [expect.stringContaining('约 100% 在上级“碧塘村”的边界以外'), expect.stringContaining('中心点不在边界里')],
      drawing: { shapes: [{ kind: 'above' }, { kind: 'before' }, { kind: 'after' }] },
    },
  ]);
  // A degree of longitude is as long as the latitude makes it.
  const eastward = 0.201 * 111.3 * Math.cos((lat * Math.PI) / 180);
  expect(Math.abs(Number(JSON.stringify(move).match(/约 (\d+\.\d) 公里/)?.[1]) - eastward)).toBeLessThan(0.3);
  await roster.applied(there.id);
  expect(await villageAt(lng + 0.201, lat + 0.001)).toMatchObject({ group: { id: town.groups.a1 }, exact: true });
});

test('neighbours that overlap are told, also when both come in one file; what is the same twice looks like a wrong code', async () => {
  const roster = rostersIn(server, town, 'boundaries');
  const [a1, a2] = [await codeOf(town.groups.a1), await codeOf(town.groups.a2)];
  const { lng, lat } = town.centres.a1;
  const hintsFor = async (...features: object[]) => {
    const { id } = await roster.checkedFile(collection(...features), { datum: 'gcj02' });
    return (await roster.unitsOf(id, 'changed')).map(({ hints }) => hints.filter((hint) => !hint.includes('中心点')));
  };
  const [west, east] = [ringAt(lng, lat), ringAt(lng + 0.0015, lat)];
  expect(await hintsFor(feature(a1, polygon(west)), feature(a2, polygon(east)))).toEqual([
    [expect.stringMatching(/^和“.+”重叠约 1\d 亩，占这个网格的 2\d%/)],
    [expect.stringMatching(/^和“.+”重叠约 1\d 亩，占这个网格的 2\d%/)],
  ]);
  expect(await hintsFor(feature(a1, polygon(west)), feature(a2, polygon(ringAt(lng + 0.002, lat))))).toEqual([[], []]);
  expect((await hintsFor(feature(a1, polygon(west)), feature(a2, polygon(west))))[0]).toEqual([
    expect.stringContaining('的边界几乎一样'),
  ]);
  const first = await roster.checkedFile(collection(feature(a1, polygon(west))), { datum: 'gcj02' });
  await roster.applied(first.id);
  expect(await hintsFor(feature(a2, polygon(east)))).toEqual([[expect.stringMatching(/重叠约 1\d 亩/)]]);
});

test('each mistake is told at its feature, one for each', async () => {
  const roster = rostersIn(server, town, 'boundaries');
  const code = await codeOf(town.groups.a1);
  const { lng, lat } = town.centres.a1;
  const square = ringAt(lng, lat);
  const [a = [], b = [], c = [], d = []] = square;
  const faultOf = async (geometry: unknown, of = code) => {
    const { id } = await roster.checkedFile(collection(feature(of, geometry)), { datum: 'gcj02' });
    const faults = await roster.faultsOf(id);
    return faults.length === 1 ? faults[0] : faults;
  };
  const hole = ringAt(lng + 0.0005, lat + 0.0005, 0.001);
  expect(await faultOf(polygon(square.slice(0, 4)))).toContain('1 边界：边界没有闭合');
  expect(await faultOf(polygon([a, c, b, d, a]))).toContain('自己和自己交叉');
  expect(await faultOf(polygon(square.map(([x = 0, y = 0]) => [y, x])))).toContain('经度和纬度写反了');
  expect(await faultOf(polygon(square.map(([x = 0, y = 0]) => [x * 100_000, y * 100_000])))).toContain('平面坐标');
  expect(await faultOf(polygon(square.map(([x = 0, y = 0]) => [x - 110, y + 25])))).toContain('不在中国');
  expect(await faultOf(polygon(square, ringAt(lng + 1, lat)))).toContain('空洞不在边界里面');
  expect(await faultOf({ type: 'MultiPolygon', coordinates: [[square], [hole]] })).toContain('分成了 2 块');
  expect(await faultOf({ type: 'LineString', coordinates: square })).toContain('这里是一条线');
  expect(await faultOf(null)).toContain('没有边界');
  expect(await faultOf(polygon(square), '999999999999')).toContain('1 网格编码：没有这个编码的网格');
  expect(await faultOf(polygon(square), '12')).toContain('编码要是 12 位或 15 位');
  const twice = collection(feature(code, polygon(square)), feature(code, polygon(square)));
  const both = await roster.checkedFile(twice, { datum: 'gcj02' });
  expect(await roster.faultsOf(both.id)).toEqual(['2 网格编码：和第 1 个的编码一样，请核对']);

  const good = await roster.checkedFile(
    collection(feature(code, { type: 'MultiPolygon', coordinates: [[square, hole]] })),
    {
      datum: 'gcj02',
    },
  );
  expect(countsOf(good)).toMatchObject({ changed: 1 });
  expect((await roster.unitsOf(good.id, 'changed'))[0]?.changes).toContainEqual({
    ...{ what: '边界上的角', from: '4 个', to: '8 个，挖空 1 处' },
  });
  for (const other of ['{"type":"Topology"}', '网格编码,边界\n12,x', '[1,2]', 'PK\u0003\u0004'])
    expect(await roster.checkedFile(other, { datum: 'gcj02' })).toMatchObject({
      problem: { code: 'roster.not-geojson' },
    });
}, 240_000);

test('a name and a closing by roster have their history, and orders of the closed grid are read under the one above', async () => {
  const roster = rostersIn(server, town, 'grids');
  const journey = journeyIn(server, town);
  const [a1, villageA] = [await codeOf(town.groups.a1), await codeOf(town.villageA)];
  const rowOf = (name: string, more: Cells = {}): Cells => ({
    ...{ 层级: '小组', 名称: name, 编码: a1, 上级编码: villageA, ...more },
  });
  const gone = `${villageA}077`;
  const applied = async (rows: readonly Cells[]) => {
    const found = await roster.checked(rows);
    expect(await roster.faultsOf(found.id)).toEqual([]);
    server.clock.advance(60_000);
    expect(await roster.applied(found.id)).toMatchObject({ state: 'applied' });
  };
  await applied([rowOf('七组', { 编码: gone })]);
  const [group] = await read<{ id: string }>('SELECT id FROM grid WHERE code = ?', gone);
  const [before, there] = [await journey.place(), await journey.place({ gridId: group?.id ?? '' })];
  const renaming = rowOf('大塘组', { 值班电话: '0752-8880119', 中心经度: '114.31', 中心纬度: '23.12' });
  await applied([renaming]);
  expect((await journey.read(before)).place).toMatchObject({ group: '大塘组', formerly: '碧塘村一组' });
  const closing = [rowOf('七组', { 编码: gone, 状态: '停用' })];
  const early = await roster.checked(closing);
  expect(await roster.faultsOf(early.id)).toEqual([expect.stringContaining('里面还有 1 件没办完的单子')]);
  await journey.does('resident', 'withdraw', there, {});
  await applied(closing);
  expect((await journey.read(there)).place).toMatchObject({ village: '碧塘村', formerly: '碧塘村七组' });
  const { history } = await town.as('admin').ok('trees.node', { params: { tree: 'grid', nodeId: town.groups.a1 } });
  expect(history.map(({ kindName, words, reason }) => `${kindName} ${words} ${reason}`).sort()).toEqual([
    expect.stringMatching(/^改中心点 [\d.]+, [\d.]+ → 114.31, 23.12 名册导入$/),
    '改值班电话 没有 → 0752-8880119 名册导入',
    '改名 一组 → 大塘组 名册导入',
  ]);
  const told = await read<{ kind: string; state: string; by: string }>(
    'SELECT kind, state, by_id AS `by` FROM tree_change WHERE node_id = ? ORDER BY at',
    group?.id ?? '',
  );
  expect(told).toEqual(['add', 'close'].map((kind) => ({ kind, state: 'applied', by: town.people.admin.id })));
  // Figures of its time stay its own, not those of the village that stands for it.
  const figures = await town.as('townDispatcher').ok('boards.figures', { query: { gridId: group?.id ?? '' } });
  expect(figures).toMatchObject({ gridName: '七组', beside: { withdrawn: 1 } });
});
