import { checkSignOf } from '../src/foundation/rosters/cell-rules';
import { csvOf, type Cells } from '../test/roster-files';

/** Households of three and four people, all in one group. `door`: what follows the number of each door. */
export function rosterOf(households: number, gridCode: string, door: string): Buffer {
  const rows: Cells[] = [];
  for (let home = 0; home < households; home += 1) {
    const people = home % 3 === 0 ? 4 : 3;
    for (let place = 0; place < people; place += 1) rows.push(rowOf(home, place, rows.length, { gridCode, door }));
  }
  return Buffer.from(csvOf(rows));
}

const dayMs = 86_400_000;
const relations = ['户主', '配偶', '子女', '子女'];

interface Where {
  readonly gridCode: string;
  readonly door: string;
}

function rowOf(home: number, place: number, number: number, { gridCode, door }: Where): Cells {
  const bornOn = new Date(Date.UTC(1940, 0, 1) + (number % 25_000) * dayMs).toISOString().slice(0, 10);
  const first17 = `990101${bornOn.replaceAll('-', '')}${String(Math.floor(number / 25_000)).padStart(3, '0')}`;
  return {
    ...{ 户号: `B${home}`, 网格编码: gridCode, 门牌: place === 0 ? home + door : '', 姓名: '冯某某' },
    ...{ 与户主关系: relations[place] ?? '', 身份证号: first17 + checkSignOf(first17) },
    ...{ 手机号: place === 0 ? `154${String(number).padStart(8, '0')}` : '', 出生日期: bornOn, 居住状况: '常住' },
  };
}
