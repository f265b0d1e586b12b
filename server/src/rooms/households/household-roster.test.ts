import { ulid } from 'ulid';
import { householdSheetFor, idNumber, type HouseholdSheet } from '../../../test/household-sheet';
import { countsOf, rostersIn, type Cells, type RosterTrial } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 户籍名册: what is added, changed, ended, left alone. */
let server: TestServer;
let town: Town;
let roster: RosterTrial;
let sheet: HouseholdSheet;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  roster = rostersIn(server, town, 'households');
  sheet = await householdSheetFor(server, town);
});

test('households come in with their people, and the same file again changes nothing', async () => {
  const rows = [...sheet.couple('0012'), ...sheet.couple('0013', { 手机号: '15412340002' })];
  const found = await roster.checked(rows);
  expect(found).toMatchObject({ state: 'ready', rows: 4, problem: null });
  expect(countsOf(found)).toEqual({ added: 2, missing: 5 });
  expect(await roster.applied(found.id)).toMatchObject({ state: 'applied', problem: null });
  const people = await sheet.peopleOf('0012');
  expect(people).toMatchObject([
    { name: '冯阿公', phone: '15412340001', relation: 'head', bornOn: '1958-03-09', birth: 1958 },
    { name: '冯阿婆', phone: null, relation: 'spouse', bornOn: '1960-11-20' },
  ]);
  expect(people[0]?.idNumber).toBe(rows[0]?.['身份证号']);

  const again = await roster.checked(rows);
  expect(countsOf(again)).toEqual({ unchanged: 2, missing: 5 });
  expect(again.allows).not.toContain('apply');
  expect((await roster.press('apply', again.id)).problem?.code).toBe('roster.nothing-new');
});

test('nothing of what was read is left once it is in, and the act is in the log', async () => {
  const { id } = await roster.checked(sheet.couple());
  await roster.applied(id);
  await server.world.background.settled();
  for (const table of ['roster_row', 'roster_unit'])
    expect(await sheet.read(`SELECT id FROM ${table} WHERE import_id = ?`, id)).toEqual([]);
  const acts = await sheet.read<{ act: string; facts: unknown }>(
    'SELECT act, facts FROM audit_entry WHERE thing_id = ? ORDER BY number',
    id,
  );
  expect(acts.map(({ act }) => act)).toEqual(['uploadRoster', 'applyRoster']);
  expect(JSON.stringify(acts)).not.toMatch(/冯|154/);
});

test('no batch of a county is sorted out of all that it holds', async () => {
  const faulty = await roster.checked([...sheet.couple('0012'), { ...sheet.couple('0013')[0], 网格编码: '没有' }]);
  const right = await roster.checked(sheet.couple('0014', { 手机号: '15412340002' }));
  const where = { params: { importId: faulty.id }, body: { actionId: ulid() } };
  const { address } = await roster.client.ok('rosters.errors', where);
  const sent = await server.statements.during(async () => {
    await roster.applied(right.id);
    expect((await roster.client.raw('GET', address)).status).toBe(200);
  });
  const batches = sent.filter((sql) => /r\.unit_key >/.test(sql) && /LIMIT/.test(sql));
  expect(batches).toHaveLength(2);
  for (const sql of batches) {
    const values = Array.from(sql.matchAll(/\?/g), () => '');
    const plan = await server.world.database.reading.query<{ Extra: string | null }>(`EXPLAIN ${sql}`, values);
    expect(plan.map(({ Extra }) => Extra ?? '').join()).not.toMatch(/filesort|temporary/);
  }
});

test('whoever is added or changed by a list finds that among those who looked, and nobody else', async () => {
  const namesIn = async (importId: string) => {
    const rows = await sheet.read<{ name: string }>(
      `SELECT p.name FROM export_subject e JOIN audit_entry a ON a.id = e.audit_id JOIN person p ON p.id = e.person_id
       WHERE a.act = 'applyRoster' AND a.thing_id = ? ORDER BY p.name`,
      importId,
    );
    return rows.map(({ name }) => name).sort();
  };
  const [head = {}, wife = {}] = sheet.couple();
  const first = await roster.checked([head, wife]);
  await roster.applied(first.id);
  expect(await namesIn(first.id)).toEqual(['冯阿公', '冯阿婆'].sort());
  const second = await roster.checked([head, { ...wife, 居住状况: '外出' }]);
  await roster.applied(second.id);
  expect(await namesIn(second.id)).toEqual(['冯阿婆']);
});

test('who stands in a table of errors that leaves the house finds that among those who looked', async () => {
  const rows = sheet.couple();
  await roster.applied((await roster.checked(rows)).id);
  const wrong = await roster.checked([{ ...rows[0], 手机号: '12' }, rows[1] ?? {}]);
  await roster.client.ok('rosters.errors', { params: { importId: wrong.id }, body: { actionId: ulid() } });
  const noted = await sheet.read<{ name: string }>(
    `SELECT p.name FROM export_subject e JOIN audit_entry a ON a.id = e.audit_id JOIN person p ON p.id = e.person_id
     WHERE a.act = 'exportRosterErrors' AND a.thing_id = ? ORDER BY p.born_on`,
    wrong.id,
  );
  expect(noted.map(({ name }) => name)).toEqual(['冯阿公', '冯阿婆']);
});

test('what changes is told field by field and masked; what is empty in the file stays', async () => {
  const rows = sheet.couple();
  await roster.applied((await roster.checked(rows)).id);
  const changed = rows.map((row, index) => ({
    ...row,
    手机号: index === 0 ? '15412349999' : null,
    门牌: null,
    居住状况: index === 1 ? '外出' : null,
  }));
  const found = await roster.checked(changed);
  expect(countsOf(found)).toMatchObject({ changed: 1 });
  const [unit] = await roster.unitsOf(found.id, 'changed');
  expect(unit?.changes).toEqual([
    { what: '冯*公 手机号', from: '154****0001', to: '154****9999' },
    { what: '冯*婆 居住状况', from: null, to: '外出' },
  ]);
  expect(JSON.stringify(unit)).not.toMatch(/15412349999|冯阿/);
  await roster.applied(found.id);
  expect(await sheet.peopleOf('0012')).toMatchObject([{ phone: '15412349999' }, { name: '冯阿婆' }]);
  const [door] = await sheet.read<{ door: never }>(
    'SELECT door_sealed AS door FROM household WHERE code = ? AND grid_id = ?',
    '0012',
    town.groups.a1,
  );
  expect(server.world.database.reading.vault.open('household.door', door?.door as never)).toBe('12号');
});

test('only what the file itself says has ended ends; whoever is missing in it is listed', async () => {
  const rows = [...sheet.couple('0012'), ...sheet.couple('0013', { 手机号: '15412340002' })];
  await roster.applied((await roster.checked(rows)).id);
  const some = await roster.checked(rows.slice(0, 1));
  expect(countsOf(some)).toMatchObject({ unchanged: 1, missing: 6, hinted: 1 });
  expect((await roster.unitsOf(some.id, 'unchanged'))[0]?.hints).toEqual([
    '系统里这一户还有 1 人不在文件里：冯*婆，不会删掉',
  ]);
  expect((await roster.unitsOf(some.id, 'missing')).map(({ title }) => title)).toContain('一组　户号 0013　冯*公');

  const dead = await roster.checked([
    { ...rows[0], 状态: '死亡' },
    { ...rows[1], 与户主关系: '户主' },
  ]);
  expect(countsOf(dead)).toMatchObject({ changed: 1 });
  await roster.applied(dead.id);
  expect((await sheet.peopleOf('0012')).map(({ name, relation }) => `${name} ${relation}`)).toEqual(['冯阿婆 head']);
  const gone = await roster.checked([{ ...rows[1], 与户主关系: '户主', 状态: '迁出' }]);
  expect(countsOf(gone)).toMatchObject({ ended: 1 });
  await roster.applied(gone.id);
  const [household] = await sheet.read<{ closed: Date | null }>(
    'SELECT closed_at AS closed FROM household WHERE code = ? AND grid_id = ?',
    '0012',
    town.groups.a1,
  );
  expect(household?.closed).not.toBeNull();
});

test('flags with their ground, the linked member and the hub household', async () => {
  const { member2 } = town.people;
  const [head, wife] = sheet.couple();
  const rows = [
    {
      ...head,
      特殊情况: '空巢老人、低保',
      特殊情况依据: '法定职责',
      联系党员: member2.name,
      联系党员手机号: member2.phone,
      党员中心户: '是',
    },
    { ...wife, 特殊情况: '重度残疾', 特殊情况依据: '本人或监护人同意' },
  ];
  await roster.applied((await roster.checked(rows)).id);
  const flags = await sheet.read<{ flag: never; ground: string | null; personal: number }>(
    `SELECT f.flag_sealed AS flag, f.ground, f.person_id IS NOT NULL AS personal FROM household_flag f JOIN household h ON h.id = f.household_id
     WHERE h.code = '0012' AND h.grid_id = ? ORDER BY f.person_id IS NULL DESC, f.ground`,
    town.groups.a1,
  );
  const { vault } = server.world.database.reading;
  expect(
    flags.map(({ flag, ground, personal }) => [vault.open('householdFlag.flag', flag), ground, Number(personal)]),
  ).toEqual([
    ['emptyNest', null, 0],
    ['minimumLiving', 'law', 0],
    ['disabledSevere', 'consent', 1],
  ]);
  const [link] = await sheet.read<{ member: string; hub: number }>(
    'SELECT l.member_id AS member, h.is_hub AS hub FROM household_link l JOIN household h ON h.id = l.household_id WHERE h.code = ? AND h.grid_id = ?',
    ...['0012', town.groups.a1],
  );
  expect(link).toMatchObject({ member: member2.id, hub: 1 });
  expect(countsOf(await roster.checked(rows))).toMatchObject({ unchanged: 1 });

  const none = await roster.checked([rows[0] ?? {}, { ...rows[1], 特殊情况: '无', 特殊情况依据: null }]);
  expect(countsOf(none)).toMatchObject({ changed: 1 });
  await roster.applied(none.id);
  const [left] = await sheet.read<{ n: number }>(
    'SELECT COUNT(*) AS n FROM household_flag f JOIN household h ON h.id = f.household_id WHERE h.code = ? AND h.grid_id = ? AND f.ended_at IS NULL',
    ...['0012', town.groups.a1],
  );
  // 残疾 is hers and goes; 空巢、低保 are of the household, and the head's row of the same file still says them.
  expect(Number(left?.n)).toBe(2);
});

test('each mistake is told at its cell, and one of them stops the whole file', async () => {
  const good = sheet.couple('0020');
  const wrong: Cells[] = [
    { ...good[0], 户号: '0021', 身份证号: '441224195803090014' },
    { ...good[0], 户号: '0022', 身份证号: '', 手机号: '1541234' },
    { ...good[0], 户号: '0023', 身份证号: '', 网格编码: '999999999999999' },
    { ...good[0], 户号: '0024', 身份证号: '', 与户主关系: '配偶' },
    { ...good[0], 户号: '0025', 身份证号: '', 特殊情况: '低保' },
    { ...good[0], 户号: '0026', 身份证号: '', 联系党员: '查无此人', 联系党员手机号: '15400009999' },
    { ...good[0], 户号: '', 身份证号: '', 姓名: '' },
    { ...good[0], 户号: '0027', 身份证号: '', 与户主关系: '老大' },
  ];
  const found = await roster.checked([...good, ...wrong]);
  expect(countsOf(found)).toMatchObject({ added: 1, faulty: 8 });
  expect(found.allows).toEqual(['errors', 'cancel']);
  expect((await roster.faultsOf(found.id)).map((fault) => fault.slice(0, 26))).toEqual([
    expect.stringMatching(/^4 身份证号：身份证号最后一位对不上/),
    expect.stringMatching(/^5 手机号：手机号要是 11 位数字/),
    expect.stringMatching(/^6 网格编码：没有这个编码的网格/),
    expect.stringMatching(/^7 与户主关系：这一户还没有户主/),
    expect.stringMatching(/^8 特殊情况依据：请填写依据/),
    expect.stringMatching(/^9 联系党员：系统里没有这个姓名/),
    expect.stringMatching(/^10 户号：请填写户号/),
    expect.stringMatching(/^10 姓名：请填写姓名/),
    expect.stringMatching(/^11 与户主关系：没有“老大”这一项/),
  ]);
  expect((await roster.press('apply', found.id)).problem?.code).toBe('roster.faulty');
  expect(await sheet.peopleOf('0020')).toEqual([]);
});

test('a 户号 that a spreadsheet has taken the zeros from is not a new household', async () => {
  const rows = sheet.couple('0012');
  await roster.applied((await roster.checked(rows)).id);
  const asNumbers = rows.map((row) => ({ ...row, 户号: 12 }));
  const found = await roster.checked(asNumbers);
  expect(countsOf(found)).toMatchObject({ faulty: 1 });
  expect(await roster.faultsOf(found.id)).toEqual([
    expect.stringContaining('2 户号：像是丢了前面的 0：系统里有户号 0012'),
  ]);
  // Another village numbers its households as it likes, and its importer hears nothing of this one.
  const theirs = [{ ...asNumbers[0], 网格编码: await sheet.codeOf(town.groups.b1), 身份证号: '', 姓名: '韩小妹' }];
  for (const gridId of [town.countyId, town.villageB]) {
    const beside = await roster.checked(theirs, { gridId });
    expect(await roster.faultsOf(beside.id)).toEqual([]);
    expect(beside.counts).toMatchObject({ added: 1, faulty: 0 });
  }
  // There are both: then both stand in the file.
  const [other = {}] = sheet.couple('12', { 手机号: '15412340012' });
  const both = await roster.checked([...rows, { ...other, 姓名: '韩大有' }]);
  expect(await roster.faultsOf(both.id)).toEqual([]);
  expect(countsOf(both)).toMatchObject({ added: 1, unchanged: 1 });
  expect(await roster.applied(both.id)).toMatchObject({ state: 'applied' });
  const day = await roster.checked([{ ...rows[0], 户号: new Date('2026-01-02T00:00:00Z'), 身份证号: '' }]);
  expect(await roster.faultsOf(day.id)).toEqual([expect.stringContaining('2 户号：户号像是被 Excel 改成了日期')]);
});

test('one person in two households of a file, and twice in one, is told', async () => {
  const [head, wife] = sheet.couple('0031');
  const found = await roster.checked([
    head ?? {},
    wife ?? {},
    { ...head, 户号: '0032' },
    { ...wife, 身份证号: '', 出生日期: '1960-11-20', 户号: '0031' },
    { ...wife, 身份证号: '', 出生日期: '1960-11-20', 户号: '0031' },
  ]);
  const faults = await roster.faultsOf(found.id);
  expect(faults).toEqual(
    expect.arrayContaining([
      '2 身份证号：和第 4 行是同一个人，请删掉一行',
      '4 身份证号：和第 2 行是同一个人，请删掉一行',
      '6 姓名：和第 5 行是同一个人，请删掉一行',
    ]),
  );
});

test('an administrator imports for his own place; what lives elsewhere is not touched', async () => {
  const other = await buildTown(server);
  const elsewhere = rostersIn(server, other, 'households');
  const theirs = {
    户号: '0001',
    网格编码: await sheet.codeOf(other.groups.a1),
    姓名: '外乡人',
    与户主关系: '户主',
    身份证号: idNumber(),
  };
  await elsewhere.applied((await elsewhere.checked([theirs])).id);
  const outside = await roster.checked([theirs]);
  expect(await roster.faultsOf(outside.id)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('这个网格不在“青禾县”里'),
      expect.stringContaining('已登记在您管的范围以外'),
    ]),
  );
  const { problem } = await (
    await import('../../../test/roster-files')
  ).upload(roster.client, Buffer.from('x'), { gridId: other.countyId });
  expect(problem?.code).toBe('access.forbidden');
  expect(await elsewhere.client.refused('rosters.read', { params: { importId: outside.id } })).toBe('roster.not-found');
  // Sent to another town: the file he left behind is neither read nor applied by him any more.
  const left = { params: { importId: outside.id } };
  await server.world.database.transaction((db) =>
    db.write('UPDATE role_grant SET node_id = ? WHERE person_id = ?', [other.countyId, town.people.admin.id]),
  );
  expect((await roster.client.ok('rosters.list', {})).items).toEqual([]);
  for (const key of ['rosters.read', 'rosters.units'] as const)
    expect(await roster.client.refused(key, { ...left, query: { standing: 'missing' } } as never)).toBe(
      'roster.not-found',
    );
  for (const key of ['rosters.apply', 'rosters.recheck', 'rosters.errors', 'rosters.cancel'] as const)
    expect(await roster.client.refused(key, { ...left, body: { actionId: ulid() } } as never)).toBe('roster.not-found');
});
