import { rostersIn, type Cells, type RosterTrial } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { checkSignOf } from '../../foundation/rosters/cell-rules';

/** 户籍名册: what stands between the check and the import. */
let server: TestServer;
let town: Town;
let roster: RosterTrial;
let gridCode: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  roster = rostersIn(server, town, 'households');
  gridCode = await codeOf(town.groups.a1);
});

const read = <Row>(sql: string, ...values: (string | string[])[]) =>
  server.world.database.reading.query<Row>(sql, values);
const codeOf = async (gridId: string): Promise<string> =>
  (await read<{ code: string }>('SELECT code FROM grid WHERE id = ?', gridId))[0]?.code ?? '';

let numbers = 0;
/** An identity number of nobody, that adds up. */
const idNumber = (bornOn = '19580309'): string => {
  numbers += 1;
  const first17 = `990101${bornOn}${String(numbers).padStart(3, '0')}`;
  return first17 + checkSignOf(first17);
};

const couple = (code = '0012', more: Cells = {}): Cells[] => [
  {
    户号: code,
    网格编码: gridCode,
    门牌: '12号',
    姓名: '冯阿公',
    与户主关系: '户主',
    身份证号: idNumber(),
    手机号: '15412340001',
    ...more,
  },
  {
    户号: code,
    网格编码: gridCode,
    门牌: '',
    姓名: '冯阿婆',
    与户主关系: '配偶',
    身份证号: idNumber('19601120'),
    手机号: null,
  },
];

const peopleOf = async (code: string) => {
  const rows = await read<{
    name: string;
    phone: never;
    idNumber: never;
    relation: string;
    bornOn: string;
    birth: number;
  }>(
    `SELECT p.name, p.phone_sealed AS phone, p.id_number_sealed AS idNumber, p.relation, p.born_on AS bornOn, p.birth_year AS birth
     FROM person p JOIN household h ON h.id = p.household_id JOIN grid g ON g.id = h.grid_id
     WHERE h.code = ? AND g.county_id = ? ORDER BY p.born_on`,
    ...[code, town.countyId],
  );
  const { vault } = server.world.database.reading;
  return rows.map((row) => ({
    ...row,
    phone: vault.open('person.phone', row.phone),
    idNumber: vault.open('person.idNumber', row.idNumber),
  }));
};

test('what has changed since the check is not written over: it has to be checked again', async () => {
  const rows = couple();
  await roster.applied((await roster.checked(rows)).id);
  const found = await roster.checked([{ ...rows[0], 手机号: '15412348888' }, rows[1] ?? {}]);
  await server.world.database.transaction((db) =>
    db.write(
      'UPDATE person SET residence = ? WHERE name = ? AND household_id IN (SELECT id FROM household WHERE grid_id = ?)',
      ['away', '冯阿公', town.groups.a1],
    ),
  );
  // Something the file says nothing of: it may go on.
  await server.world.database.transaction((db) =>
    db.write(
      'UPDATE person SET relation = ? WHERE name = ? AND household_id IN (SELECT id FROM household WHERE grid_id = ?)',
      ['parent', '冯阿婆', town.groups.a1],
    ),
  );
  await roster.press('apply', found.id);
  expect(await roster.settled(found.id)).toMatchObject({ state: 'ready', problem: { code: 'roster.changed-since' } });
  expect((await peopleOf('0012'))[0]).toMatchObject({ phone: '15412340001' });
  await roster.press('recheck', found.id);
  expect(await roster.settled(found.id)).toMatchObject({ state: 'ready', problem: null });
  expect(await roster.applied(found.id)).toMatchObject({ state: 'applied' });
  expect((await peopleOf('0012'))[0]).toMatchObject({ phone: '15412348888' });
});

test('two who press at once, and two files with the same household, bring it in once', async () => {
  const rows = couple('0044');
  const [one, other] = [await roster.checked(rows), await roster.checked(rows)];
  const pressed = await Promise.all([
    roster.press('apply', one.id),
    roster.press('apply', one.id),
    roster.press('apply', other.id),
  ]);
  expect(pressed.filter(({ problem }) => problem).length).toBeLessThanOrEqual(1);
  await server.world.background.settled();
  expect(await peopleOf('0044')).toHaveLength(2);
  const states = [await roster.settled(one.id), await roster.settled(other.id)].map(
    ({ state, problem }) => problem?.code ?? state,
  );
  expect(states.sort()).toEqual(['applied', expect.stringMatching(/roster\.(changed-since|under-way)/)]);
});

test('what is cancelled is forgotten', async () => {
  const { id } = await roster.checked(couple());
  expect((await roster.press('cancel', id)).data?.state).toBe('cancelled');
  await server.world.background.settled();
  expect(await read('SELECT id FROM roster_row WHERE import_id = ?', id)).toEqual([]);
  expect((await roster.press('apply', id)).problem?.code).toBe('roster.wrong-state');
});
