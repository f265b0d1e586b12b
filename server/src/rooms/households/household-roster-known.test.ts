import { ulid } from 'ulid';
import { householdSheetFor, idNumber, type HouseholdSheet } from '../../../test/household-sheet';
import { countsOf, rostersIn, type Cells, type RosterTrial } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { RoleGrant } from '../../foundation/access/access.entity';

/** 户籍名册: people whom the system knows already move, die, hold posts, have signed in. */
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

const named = ({ 姓名 = null, 身份证号 = null }: Cells): Cells => ({ 姓名, 身份证号 });
const isIn = async (rows: readonly Cells[]) => {
  const { id } = await roster.checked(rows);
  expect(await roster.faultsOf(id)).toEqual([]);
  return roster.applied(id);
};
const house = (code: string, who: Cells): Cells => ({
  ...{ 户号: code, 网格编码: sheet.gridCode, 门牌: '3号', 与户主关系: '户主', 手机号: null },
  ...who,
});

/** Somebody of the town stands in the office's list by this number. */
async function identified(name: PersonName): Promise<Cells> {
  const number = idNumber();
  const { vault } = server.world.database.reading;
  await server.world.database.transaction((db) =>
    db.write('UPDATE person SET id_number_sealed = ?, id_number_index = ? WHERE id = ?', [
      ...[vault.seal('person.idNumber', number), vault.index('person.idNumber', number), town.people[name].id],
    ]),
  );
  const [row] = await sheet.read<{ name: string }>('SELECT name FROM person WHERE id = ?', town.people[name].id);
  return { 姓名: row?.name ?? '', 身份证号: number };
}

test('whoever moves leaves his flags behind; the old house wants a head, and is closed when nobody is left', async () => {
  const [husband = {}, wife = {}] = sheet.couple('0012');
  await isIn([husband, { ...wife, 特殊情况: '高龄' }]);
  const moving = await roster.checked([house('0013', named(husband))]);
  expect(countsOf(moving)).toMatchObject({ added: 1, hinted: 1 });
  expect((await roster.unitsOf(moving.id, 'added'))[0]?.hints).toEqual([
    '冯*公 从另一户迁来，那一户给他记的特殊情况不带过来',
  ]);
  await roster.applied(moving.id);
  expect((await sheet.peopleOf('0012')).map(({ name }) => name)).toEqual(['冯阿婆']);
  expect((await sheet.peopleOf('0013')).map(({ name }) => name)).toEqual(['冯阿公']);
  const old = () =>
    sheet.read<{ id: string; head: string | null; closed: Date | null }>(
      'SELECT id, head_person_id AS head, closed_at AS closed FROM household WHERE code = ? AND grid_id = ?',
      ...['0012', town.groups.a1],
    );
  expect(await old()).toMatchObject([{ head: null, closed: null }]);

  await isIn([house('0013', { ...named(wife), 与户主关系: '配偶' })]);
  const [emptied] = await old();
  expect(emptied?.closed).not.toBeNull();
  expect((await sheet.peopleOf('0013')).map(({ name, relation }) => [name, relation])).toEqual([
    ['冯阿公', 'head'],
    ['冯阿婆', 'spouse'],
  ]);
  const about = emptied?.id ?? '';
  expect(await sheet.read('SELECT id FROM household_flag WHERE household_id = ? AND ended_at IS NULL', about)).toEqual(
    [],
  );
  const kinds = await sheet.read<{ kind: string }>('SELECT kind FROM household_event WHERE household_id = ?', about);
  expect(kinds.map(({ kind }) => kind)).toEqual(['moveOut', 'moveOut']);
});

test('one dies and the other moves to their child, whose house stands before theirs in the same file', async () => {
  const [husband = {}, wife = {}] = sheet.couple('0090');
  await isIn([husband, wife]);
  const { id } = await roster.checked([
    house('0010', { 姓名: '冯小妹', 身份证号: idNumber('19850101') }),
    house('0010', { ...named(wife), 与户主关系: '父母' }),
    { ...husband, 状态: '死亡' },
  ]);
  const { state, problem } = await roster.applied(id);
  expect({ state, problem }).toEqual({ state: 'applied', problem: null });
  expect(await sheet.peopleOf('0090')).toEqual([]);
  const [left] = await sheet.read<{ closed: Date | null }>(
    'SELECT closed_at AS closed FROM household WHERE code = ? AND grid_id = ?',
    ...['0090', town.groups.a1],
  );
  expect(left?.closed).not.toBeNull();
});

test('the dead leave their posts with an entry each, and nobody is left with them as the linked member', async () => {
  const member = house('0012', await identified('member'));
  await isIn([member]);
  const linked = () =>
    sheet.read(
      'SELECT id FROM household_link WHERE member_id = ? AND (ends_at IS NULL OR ends_at > ?)',
      ...[town.people.member.id, new Date(server.clock.now()).toISOString().slice(0, 19)],
    );
  expect(await linked()).toHaveLength(1);
  await server.drain(town.townId);
  await isIn([{ ...member, 状态: '死亡' }]);
  await server.drain(town.townId);
  expect(await linked()).toEqual([]);
  // Told once.
  const { items } = await town.as('secretary').ok('messages.list', { query: { limit: 100 } });
  const told = items.filter(({ title }) => ['有联系户要人代联系', '有户没有联系党员了'].includes(title));
  expect(told.map(({ kind }) => kind)).toEqual(['person.die']);
  const { id } = town.people.member;
  const posts = await sheet.read<{ id: string; endsAt: Date | null }>(
    'SELECT id, ends_at AS endsAt FROM role_grant WHERE person_id = ?',
    id,
  );
  expect(posts.every(({ endsAt }) => endsAt !== null)).toBe(true);
  const deeds = await sheet.read<{ role: string }>(
    "SELECT actor_role AS role FROM history WHERE thing_id = ? AND action = 'die'",
    id,
  );
  expect(deeds).toEqual([{ role: 'admin' }]);
  const acts = await sheet.read<{ thing: string }>(
    "SELECT thing_id AS thing FROM audit_entry WHERE act = 'endPost' AND thing_id IN (?)",
    posts.map((post) => post.id),
  );
  expect(acts).toHaveLength(posts.length);
  expect((await town.as('member').call('people.me', {})).status).toBe(401);
});

test('a member who moves out by a list visits nobody any more, and his secretary hears of it as by hand', async () => {
  const member = house('0012', await identified('member'));
  await isIn([member]);
  await server.drain(town.townId);
  await isIn([{ ...member, 状态: '迁出' }]);
  await server.drain(town.townId);
  const ends = await sheet.read<{ reason: string | null; by: string | null }>(
    'SELECT end_reason AS reason, ended_by_id AS `by` FROM household_link WHERE member_id = ?',
    town.people.member.id,
  );
  expect(ends).toEqual([{ reason: 'memberLeft', by: town.people.admin.id }]);
  const { items } = await town.as('secretary').ok('messages.list', { query: { limit: 100 } });
  expect(items.filter(({ kind }) => kind === 'household.moveOut').map(({ title }) => title)).toEqual([
    '有联系户要人代联系',
  ]);
});

test('nobody writes down as dead whose post is not his to take, and not himself', async () => {
  const admin = house('0012', await identified('admin'));
  const colleague = house('0013', await identified('townDispatcher2'));
  const [[personId, nodeId], startsAt] = [
    [town.people.townDispatcher2.id, town.countyId],
    new Date(server.clock.now()),
  ];
  await server.world.database.transaction((db) =>
    db.insert(RoleGrant, [{ id: ulid(), personId, role: 'admin', tree: 'grid', nodeId, startsAt }]),
  );
  await isIn([admin, colleague]);
  const { id } = await roster.checked([admin, colleague].map((row) => ({ ...row, 状态: '死亡' })));
  expect(await roster.faultsOf(id)).toEqual([
    '2 状态：不能把自己登记为死亡',
    '3 状态：这个人担任的职务不归您免去，请先由任命的上级登记离任',
  ]);
  // Nor does a file change by what a colleague signs in.
  const phoneOf = async () => (await sheet.read('SELECT phone_index AS phone FROM person WHERE id = ?', personId))[0];
  const before = await phoneOf();
  const another: Cells = { ...colleague, 手机号: '15400007777' };
  for (const [kind, row] of [
    ['households', another],
    ['people', { ...named(another), 手机号: '15400007777' }],
  ] as const) {
    const trial = rostersIn(server, town, kind);
    const checked = await trial.checked([row]);
    const [unit] = await trial.unitsOf(checked.id, 'unchanged');
    expect([kind, unit?.hints.join()]).toEqual([kind, expect.stringContaining('担任的职务不归您任免')]);
  }
  expect(await phoneOf()).toEqual(before);
});

test('a list of people opens no closed account under a second name, and writes nobody down for having left', async () => {
  const people = rostersIn(server, town, 'people');
  const post = { 岗位: '网格员', 服务网格编码: sheet.gridCode };
  const coming = { ...post, 姓名: '廖新来', 手机号: '15455550001', 身份证号: idNumber() };
  await people.applied((await people.checked([coming])).id);
  await server.world.database.transaction((db) =>
    db.write("UPDATE person SET disabled_at = ? WHERE name = '廖新来'", [new Date(server.clock.now())]),
  );
  const never = { ...post, 姓名: '廖未来', 手机号: '15455550009', 状态: '离任' };
  const { id, counts } = await people.checked([coming, never]);
  expect(await people.faultsOf(id)).toEqual([]);
  expect(counts).toMatchObject({ added: 0, changed: 0, unchanged: 2, hinted: 1 });
});

test('an office’s old list does not undo the number by which somebody has signed in', async () => {
  const [husband = {}, wife = {}] = sheet.couple('0012');
  await isIn([husband, wife]);
  await server.world.database.transaction((db) =>
    db.write("UPDATE person SET bound_at = ? WHERE name = '冯阿公' AND household_id IS NOT NULL", [
      new Date(server.clock.now()),
    ]),
  );
  const found = await roster.checked([
    { ...husband, 手机号: '15412349999' },
    { ...wife, 手机号: '15412349998' },
  ]);
  const [unit] = await roster.unitsOf(found.id, 'changed');
  expect(unit?.changes.map(({ what }) => what)).toEqual(['冯*婆 手机号']);
  expect(unit?.hints).toEqual(['冯*公 已经用微信绑定，手机号以本人验证过的为准，没有改成文件里的']);
  await roster.applied(found.id);
  expect((await sheet.peopleOf('0012')).map(({ phone }) => phone)).toEqual(['15412340001', '15412349998']);
});
