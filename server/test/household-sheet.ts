import type { Town } from './town';
import type { Cells } from './roster-files';
import type { TestServer } from './server';
import { checkSignOf } from '../src/foundation/rosters/cell-rules';

let numbers = 0;
/** An identity number of nobody, that adds up. */
export const idNumber = (bornOn = '19580309'): string => {
  numbers += 1;
  const first17 = `990101${bornOn}${String(numbers).padStart(3, '0')}`;
  return first17 + checkSignOf(first17);
};

export type HouseholdSheet = Awaited<ReturnType<typeof householdSheetFor>>;

/** Rows of a 户籍名册 for the first group of this town, and what came of them. */
export async function householdSheetFor(server: TestServer, town: Town) {
  const read = <Row>(sql: string, ...values: (string | string[])[]) =>
    server.world.database.reading.query<Row>(sql, values);
  const codeOf = async (gridId: string): Promise<string> =>
    (await read<{ code: string }>('SELECT code FROM grid WHERE id = ?', gridId))[0]?.code ?? '';
  const gridCode = await codeOf(town.groups.a1);

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
       WHERE h.code = ? AND g.county_id = ? AND p.disabled_at IS NULL ORDER BY p.born_on`,
      ...[code, town.countyId],
    );
    const { vault } = server.world.database.reading;
    return rows.map((row) => ({
      ...row,
      phone: vault.open('person.phone', row.phone),
      idNumber: vault.open('person.idNumber', row.idNumber),
    }));
  };
  return { read, codeOf, gridCode, couple, peopleOf };
}
