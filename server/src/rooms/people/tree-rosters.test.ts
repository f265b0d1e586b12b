import readXlsxFile from 'read-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import type { RosterKind } from '@sandan/shared/people/roster.words';
import { countsOf, rostersIn, type Cell, type Cells } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 网格、党组织、人员: each into the town as it stands; and the templates of all. */
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
  const closing = await roster.checked(rows.map((row) => ({ ...row, 状态: '停用' })));
  expect(countsOf(closing)).toMatchObject({ ended: 2 });
  await roster.applied(closing.id);
  expect(countsOf(await roster.checked(rows.map((row) => ({ ...row, 状态: '停用' }))))).toMatchObject({ unchanged: 2 });
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
    { ...rows[1], 名称: '新坪新村' },
    { 层级: '小组', 名称: '三组', 编码: `${above.slice(0, 9)}296001`, 上级编码: village, 状态: '停用' },
  ]);
  expect(await roster.faultsOf(wrong.id)).toEqual([
    expect.stringContaining('换上级请到网格树里移动'),
    expect.stringContaining('没有这个上级'),
    expect.stringMatching(/里面还有 3 户、\d 个任职/),
    expect.stringContaining('编码不能再用'),
    expect.stringContaining('不用停用'),
  ]);
});

describe('the templates', () => {
  /** As it comes out of the browser: the head, the explanation, the examples. */
  async function templateOf(kind: RosterKind): Promise<Cell[][]> {
    const response = await town.as('admin').raw('GET', `/api/rosters/${kind}/template`);
    expect(response.status).toBe(200);
    const [sheet] = await readXlsxFile(Buffer.from(await response.arrayBuffer()));
    return (sheet?.data ?? []).map((cells) => cells.map((cell) => (cell === null ? null : String(cell))));
  }
  const fileOf = (data: readonly (readonly Cell[])[]): Promise<Buffer> =>
    writeWorkbook([{ sheet: '名册', data: data.map((cells) => [...cells]) }]).toBuffer();
  /** The first row is written over the first example, which keeps its mark; the others come below. */
  function filledIn([heads = [], note = []]: readonly Cell[][], rows: readonly Cells[]): Cell[][] {
    const headOf = (head: Cell): string => String(head).replace(' *', '');
    const unknown = rows.flatMap(Object.keys).filter((name) => !heads.map(headOf).includes(name));
    expect({ note: note[0], unknown }).toEqual({ note: '说明', unknown: [] });
    const written = rows.map((row, index) =>
      heads.map((head) => (headOf(head) === '标记' && index === 0 ? '示例' : (row[headOf(head)] ?? null))),
    );
    return [heads, note, ...written];
  }

  test('a clerk fills them in one after the other, and each comes in as it says; the same file again changes nothing', async () => {
    const above = await codeOf(town.townId);
    const village = `${above.slice(0, 9)}297`;
    const group = `${village}001`;
    const [branch, cell] = [`新坪村党支部${town.townId}`, `新坪村第一党小组${town.townId}`];
    const lives = { 户号: '0012', 网格编码: group, 居住状况: '常住', 状态: '正常' };
    const filled: readonly (readonly [RosterKind, readonly Cells[], Record<string, number>])[] = [
      [
        'grids',
        [
          { 层级: '村', 名称: '新坪村', 编码: village, 上级编码: above, 值班电话: '0752-8880119', 状态: '正常' },
          { 层级: '小组', 名称: '一组', 编码: group, 上级编码: village, 中心经度: '114.31', 中心纬度: '23.12' },
        ],
        { added: 2 },
      ],
      [
        'organizations',
        [
          { 党组织名称: branch, 级别: '党支部', 对应网格编码: village, 状态: '正常' },
          { 党组织名称: cell, 级别: '党小组', 上级党组织: branch, 对应网格编码: group },
        ],
        { added: 2 },
      ],
      [
        'people',
        [
          {
            ...{ 姓名: '廖新来', 手机号: '15455560001', 党组织: branch, 岗位: '党员', 服务网格编码: village },
            ...{ 任职开始: '2026-01-01', 任职到: '2028-12-31', 技能: '电工、水暖', 状态: '正常' },
          },
          { 姓名: '廖新来', 手机号: '15455560001', 岗位: '网格员', 服务网格编码: group, 任职到: '2028-12-31' },
          { 姓名: '龙小妹', 手机号: '15455560002', 岗位: '志愿者', 服务网格编码: group },
        ],
        { added: 2 },
      ],
      [
        'households',
        [
          {
            ...{ ...lives, 门牌: '12号', 姓名: '冯阿公', 与户主关系: '户主', 手机号: '15455560003' },
            ...{ 出生日期: '1950-03-09', 特殊情况: '空巢老人、高龄', 党员中心户: '否' },
            ...{ 联系党员: '廖新来', 联系党员手机号: '15455560001' },
          },
          { ...lives, 姓名: '冯阿婆', 与户主关系: '配偶', 出生日期: '1952-11-20' },
          { ...lives, 户号: '0013', 姓名: '褚大有', 与户主关系: '户主', 门牌: '13号' },
        ],
        { added: 2 },
      ],
    ];
    for (const [kind, rows, counts] of filled) {
      const roster = rostersIn(server, town, kind);
      const file = await fileOf(filledIn(await templateOf(kind), rows));
      const found = await roster.checkedFile(file);
      expect({ kind, state: found.state, faults: await roster.faultsOf(found.id), ignored: found.ignored }).toEqual({
        ...{ kind, state: 'ready', faults: [], ignored: [] },
      });
      expect({ kind, ...countsOf(found), missing: 0 }).toEqual({ kind, ...counts, missing: 0 });
      expect(await roster.applied(found.id)).toMatchObject({ kind, state: 'applied' });
      const again = await roster.checkedFile(file);
      expect({ kind, ...countsOf(again), missing: 0 }).toEqual({ kind, unchanged: counts['added'], missing: 0 });
      expect(again.allows).not.toContain('apply');
    }
    const [link] = await read<{ household: string; member: string; branch: string }>(
      `SELECT h.code AS household, m.name AS member, o.name AS branch FROM household_link l
         JOIN household h ON h.id = l.household_id JOIN grid g ON g.id = h.grid_id JOIN person m ON m.id = l.member_id
         JOIN party_organization o ON o.id = m.home_organization_id WHERE g.code = ?`,
      group,
    );
    expect(link).toEqual({ household: '0012', member: '廖新来', branch });
  }, 240_000);

  test('their examples never become places or people, and whoever sends them is told so', async () => {
    for (const kind of ['grids', 'organizations', 'people', 'households'] as const) {
      const roster = rostersIn(server, town, kind);
      const data = await templateOf(kind);
      const sent = await roster.checkedFile(await fileOf(data));
      expect({ kind, state: sent.state, problem: sent.problem }).toMatchObject({
        ...{ kind, state: 'failed' },
        problem: { code: 'roster.empty', words: [expect.stringContaining('表里只有模板自己的 2 行示例')] },
      });
      // Copied into a sheet of one's own, without the column that says what they are.
      const copied = await roster.checkedFile(await fileOf(data.map(([, ...cells]) => cells)));
      const faults = await roster.faultsOf(copied.id);
      expect({ kind, told: faults.filter((fault) => fault.includes('这一行是模板里的示例')).length }).toEqual({
        kind,
        told: 2,
      });
      expect(copied.allows).toEqual(['errors', 'cancel']);
    }
    const map = await (await town.as('admin').raw('GET', '/api/rosters/boundaries/template')).text();
    const drawn = await rostersIn(server, town, 'boundaries').checkedFile(map, { datum: 'cgcs2000' });
    expect(drawn).toMatchObject({ state: 'failed', problem: { code: 'roster.empty' } });
  }, 240_000);
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
  const [branch] = await read<{ id: string }>('SELECT id FROM party_organization WHERE name = ?', names[1]);
  const closed = unique.map((row) => ({ ...row, 状态: '撤销' }));
  const [first = {}, second = {}] = closed;
  const changed = await roster.checked([{ ...unique[0], 级别: '党支部' }]);
  await roster.applied(changed.id);
  const member = town.people.member3.id;
  const joins = (id: string | null) =>
    server.world.database.transaction((db) =>
      db.write('UPDATE person SET home_organization_id = ? WHERE id = ?', [id, member]),
    );
  await joins(branch?.id ?? null);
  expect(await roster.faultsOf((await roster.checked([second])).id)).toEqual([
    expect.stringContaining('撤销这个党组织要由上一级办理'),
  ]);
  await server.world.database.transaction((db) =>
    db.write('UPDATE party_organization SET parent_id = ? WHERE id = ?', [town.branches.committee, branch?.id ?? '']),
  );
  expect(await roster.faultsOf((await roster.checked([second])).id)).toEqual([
    expect.stringContaining('下面还有 1 个党组织没有撤销'),
    expect.stringContaining('里面还有 1 名党员'),
  ]);
  await joins(null);
  const both = [second, { ...first, 级别: '党支部' }];
  const ended = await roster.checked(both);
  expect(await roster.faultsOf(ended.id)).toEqual([]);
  await roster.applied(ended.id);
  const left = await read<{ name: string; tied: number; kinds: string }>(
    `SELECT o.name, (SELECT COUNT(*) FROM party_grid g WHERE g.organization_id = o.id) AS tied,
       (SELECT GROUP_CONCAT(c.kind ORDER BY c.kind) FROM tree_change c WHERE c.node_id = o.id) AS kinds
     FROM party_organization o WHERE o.name IN (?, ?) AND o.successor_id = o.parent_id ORDER BY o.name`,
    ...names,
  );
  expect(left.map(({ kinds, tied }) => ({ kinds, tied: Number(tied) }))).toEqual([
    { kinds: 'add,close,rank,tie', tied: 0 },
    { kinds: 'add,close,tie', tied: 0 },
  ]);
  expect(countsOf(await roster.checked(both))).toMatchObject({ unchanged: 2 });
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
  // Told as any other end of a post: whoever has tasks in hand is asked about them.
  const told = await read<{ seq: number }>(
    `SELECT h.seq FROM history h JOIN role_grant r ON r.id = h.thing_id JOIN person p ON p.id = r.person_id
     WHERE h.thing = 'post' AND h.action = 'end' AND p.name = ? AND r.node_id = ? AND r.role = 'gridWorker'`,
    ...['廖新来', town.groups.a1],
  );
  expect(told).toHaveLength(1);
  await server.drain(town.townId);
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
  for (const said of ['没有“党组织书记”这一项', '自己的岗位不能自己导入']) expect(faults).toContain(said);
  // The rules of giving by hand hold for a file too.
  for (const said of ['小网格长有任期', '小网格长不设在', '任期最长 6 年']) expect(faults).toContain(said);
});
