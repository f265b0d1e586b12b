import fc from 'fast-check';
import { ulid } from 'ulid';
import { relations, residences } from '@sandan/shared/households/household.words';
import { rostersIn, type Cells } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { checkSignOf } from '../../foundation/rosters/cell-rules';
import { Person } from '../people/person.entity';
import { Household } from './household.entity';

/** 户籍名册: whatever the file, the second time it changes nothing. */
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const others = Object.values(relations).filter((relation) => relation !== relations.head);

const personOf = fc.record({
  surname: fc.constantFrom('冯', '褚', '卫', '蒋', '韩'),
  given: fc.constantFrom('阿公', '阿婆', '小妹', '大有', '二 娃'),
  relation: fc.constantFrom(...others),
  residence: fc.constantFrom('', ...Object.values(residences)),
  bornOn: fc.date({ min: new Date('1930-01-01'), max: new Date('2015-12-31'), noInvalidDate: true }),
  identified: fc.boolean(),
  reached: fc.constantFrom<'phone' | 'none' | 'unsaid'>('phone', 'none', 'unsaid'),
  flags: fc.constantFrom('', '高龄', '空巢老人、高龄', '无'),
  // Whom the system knows already, it knows by the identity number.
  before: fc.constantFrom('unknown', 'unknown', 'homeless', 'elsewhere'),
  state: fc.constantFrom('', '', '正常', '迁出', '死亡'),
});
type Someone = typeof personOf extends fc.Arbitrary<infer Value> ? Value : never;

const householdsOf = fc.array(fc.tuple(fc.array(personOf, { minLength: 1, maxLength: 4 }), fc.boolean()), {
  minLength: 1,
  maxLength: 6,
});

const isEnding = (row: Cells | undefined): boolean => ['迁出', '死亡'].includes(String(row?.['状态']));

/** What the office writes when somebody has died or gone: his 状态, and who is head of those who stay. */
function withStates(rows: readonly Cells[], people: readonly Someone[]): Cells[] {
  const stated: Cells[] = rows.map((row, place) => ({ ...row, 状态: people[place]?.state ?? '' }));
  return stated.map((row) => {
    const [head] = stated.filter((each) => each['户号'] === row['户号'] && !isEnding(each));
    const other = row['与户主关系'] === relations.head ? relations.notKin : (row['与户主关系'] ?? '');
    return { ...row, 与户主关系: row === head ? relations.head : other };
  });
}

let numbers = 0;
/** Numbers of nobody: no two rows share one, and no two of a household a name. */
function rowOf(someone: Someone, at: { code: string; gridCode: string; index: number; isHub: boolean }): Cells {
  numbers += 1;
  const isHead = at.index === 0;
  const bornOn = someone.bornOn.toISOString().slice(0, 10);
  const first17 = `990101${bornOn.replaceAll('-', '')}${String(numbers % 1000).padStart(3, '0')}`;
  const phones = { phone: `154${String(numbers).padStart(8, '0')}`, none: '无', unsaid: '' };
  return {
    ...{
      户号: at.code,
      网格编码: at.gridCode,
      门牌: isHead ? `${numbers}号` : '',
      党员中心户: at.isHub ? '是' : '否',
    },
    ...{
      姓名: `${someone.surname}${someone.given}${'甲乙丙丁'[at.index]}`,
      与户主关系: isHead ? relations.head : someone.relation,
    },
    ...{ 身份证号: someone.identified ? first17 + checkSignOf(first17) : '', 手机号: phones[someone.reached] },
    ...{ 出生日期: bornOn, 居住状况: someone.residence, 特殊情况: someone.flags },
  };
}

/** Members and cadres stand in the system before the households come, some of them in a house of another group. */
async function knownBefore(town: Town, people: readonly Someone[], rows: readonly Cells[]): Promise<void> {
  const old = ulid();
  const known = people.flatMap(({ before, identified }, place) => {
    if (before === 'unknown' || !identified) return [];
    const row = rows[place] ?? {};
    const householdId = before === 'elsewhere' ? old : null;
    const [name, idNumber] = [String(row['姓名']), String(row['身份证号'])];
    return [{ id: ulid(), name, idNumber, householdId, createdAt: new Date(server.clock.now()) }];
  });
  const [head] = known.filter(({ householdId }) => householdId !== null);
  await server.world.database.transaction(async (db) => {
    const closedAt = head ? null : new Date(server.clock.now());
    const house = { id: old, gridId: town.groups.a2, code: `OLD${old.slice(-8)}`, door: '旧屋', isHub: 0, closedAt };
    await db.insert(Household, [{ ...house, headPersonId: head?.id ?? null }]);
    await db.insert(Person, known);
  });
}

const standing = async (): Promise<unknown[]> => {
  const read = (sql: string) => server.world.database.reading.query(sql, []);
  return [
    await read('SELECT * FROM household ORDER BY id'),
    await read('SELECT * FROM person ORDER BY id'),
    await read('SELECT * FROM household_flag ORDER BY id'),
    await read('SELECT * FROM household_link ORDER BY id'),
  ];
};

const livingIn = async (town: Town, codes = 'R%'): Promise<number> => {
  const [found] = await server.world.database.reading.query<{ people: number }>(
    `SELECT COUNT(*) AS people FROM person p JOIN household h ON h.id = p.household_id AND h.closed_at IS NULL
     WHERE h.grid_id = ? AND h.code LIKE ? AND p.disabled_at IS NULL`,
    [town.groups.a1, codes],
  );
  return Number(found?.people);
};

test('a file that was imported changes nothing when it is imported again', async () => {
  await fc.assert(
    fc.asyncProperty(householdsOf, async (homes) => {
      const town = await buildTown(server);
      const roster = rostersIn(server, town, 'households');
      const [grid] = await server.world.database.reading.query<{ code: string }>('SELECT code FROM grid WHERE id = ?', [
        town.groups.a1,
      ]);
      const rows = homes.flatMap(([people, isHub], home) =>
        people.map((someone, index) => rowOf(someone, { code: `R${home}`, gridCode: grid?.code ?? '', index, isHub })),
      );
      await knownBefore(
        town,
        homes.flatMap(([people]) => people),
        rows,
      );
      const { id, counts } = await roster.checked(rows);
      expect(await roster.faultsOf(id)).toEqual([]);
      expect(counts?.added).toBe(homes.length);
      await roster.applied(id);
      const before = await standing();
      expect(await livingIn(town)).toBe(rows.length);
      const again = await roster.checked(rows);
      expect(await roster.unitsOf(again.id, 'changed')).toEqual([]);
      expect(again.counts).toMatchObject({ added: 0, changed: 0, ended: 0, faulty: 0, unchanged: homes.length });
      expect((await roster.press('apply', again.id)).problem?.code).toBe('roster.nothing-new');
      expect(await standing()).toEqual(before);

      const stated = withStates(
        rows,
        homes.flatMap(([people]) => people),
      );
      const changing = await roster.checked(stated);
      expect(await roster.faultsOf(changing.id)).toEqual([]);
      if (changing.allows.includes('apply')) await roster.applied(changing.id);
      expect(await livingIn(town)).toBe(stated.filter((row) => !isEnding(row)).length);
      const settled = await standing();
      const third = await roster.checked(stated);
      expect(await roster.faultsOf(third.id)).toEqual([]);
      expect(third.counts).toMatchObject({ added: 0, changed: 0, ended: 0, faulty: 0, unchanged: homes.length });
      expect(await standing()).toEqual(settled);
    }),
    // A smaller file would take minutes to find.
    { numRuns: 20, endOnFailure: true },
  );
}, 240_000);

test('a list that says of its people how they have ended brings in the others alone, as often as it is read', async () => {
  const town = await buildTown(server);
  const roster = rostersIn(server, town, 'households');
  const [grid] = await server.world.database.reading.query<{ code: string }>('SELECT code FROM grid WHERE id = ?', [
    town.groups.a1,
  ]);
  const home = { 网格编码: grid?.code ?? '', 门牌: '3号' };
  const alone: Cells = { ...home, 户号: 'E1', 姓名: '卫阿婆', 与户主关系: '户主', 手机号: '15412345001', 状态: '正常' };
  const house: Cells[] = [
    { ...home, 户号: 'E2', 姓名: '蒋阿公', 与户主关系: '户主', 手机号: '15412345002', 状态: '死亡' },
    { ...home, 户号: 'E2', 姓名: '蒋大有', 与户主关系: '户主', 手机号: '15412345003', 状态: '正常' },
    { ...home, 户号: 'E2', 姓名: '蒋小妹', 与户主关系: '子女', 手机号: '无', 状态: '迁出' },
    { ...home, 户号: 'E3', 姓名: '韩阿公', 与户主关系: '户主', 手机号: '无', 状态: '死亡' },
  ];
  const first = await roster.checked([alone, ...house]);
  expect(await roster.faultsOf(first.id)).toEqual([]);
  expect(first.counts).toMatchObject({ added: 2, unchanged: 1, hinted: 2 });
  await roster.applied(first.id);
  expect(await livingIn(town, 'E%')).toBe(2);
  // The last of a house dies: neither his death nor an old list brings him back.
  const dead = { ...alone, 状态: '死亡' };
  await roster.applied((await roster.checked([dead])).id);
  for (const rows of [[dead], [dead, ...house], [alone, ...house]]) {
    const { id, counts } = await roster.checked(rows);
    expect(await roster.faultsOf(id)).toEqual([]);
    expect(counts).toMatchObject({ added: 0, changed: 0, ended: 0 });
  }
  const old = await roster.checked([alone]);
  expect((await roster.unitsOf(old.id, 'unchanged'))[0]?.hints).toEqual([
    '卫*婆 在系统里已登记去世或停用，这一行没有写入；登记错了的，请先在系统里更正',
  ]);
  expect(await livingIn(town, 'E%')).toBe(1);
});

test('“无” of one person does not take what another row says of the household', async () => {
  const town = await buildTown(server);
  const roster = rostersIn(server, town, 'households');
  const [grid] = await server.world.database.reading.query<{ code: string }>('SELECT code FROM grid WHERE id = ?', [
    town.groups.a1,
  ]);
  const home = { 户号: 'W1', 网格编码: grid?.code ?? '', 门牌: '3号' };
  const rows: Cells[] = [
    { ...home, 姓名: '冯阿公', 与户主关系: '户主', 特殊情况: '空巢老人' },
    { ...home, 姓名: '冯阿婆', 与户主关系: '配偶', 特殊情况: '无' },
  ];
  await roster.applied((await roster.checked(rows)).id);
  expect((await roster.checked(rows)).counts).toMatchObject({ unchanged: 1, changed: 0 });
  const cleared = await roster.checked(rows.map((row) => ({ ...row, 特殊情况: '无' })));
  expect(cleared.counts).toMatchObject({ changed: 1 });
});
