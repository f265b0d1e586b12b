import writeWorkbook, { type Cell, type SheetData } from 'write-excel-file/node';
import type { Caller } from '../access/caller';
import { exportLimits } from '../audit/list-export';
import type { Reading } from '../database/connect';
import { exportedBy } from '../documents/exported-by';
import { printSetup } from '../documents/print-setup';
import type { Sealed } from '../personal-data/vault';
import type { UnitContent } from './check-units';
import type { AnyRoster, Fault } from './roster';
import { keptCells, rowsWithUnits } from './staged-units';

interface ErrorRow {
  unit_key: string;
  number: number;
  row_content: Sealed;
  unit_content: Sealed;
}

const batch = 1_000;
/** What a cell of a spreadsheet takes is less than a boundary may have, and nobody corrects one there. */
const longestCell = 1_000;

const headCell = (value: string): Cell => ({
  value,
  fontWeight: 'bold',
  backgroundColor: '#F4E3D7',
  borderStyle: 'thin',
});
const wrong = { backgroundColor: '#FAD4D0', textColor: '#8A1A12' } as const;

/**
 * The rows in which something is wrong, as they were uploaded, each with what is wrong in it: to be corrected here and
 * uploaded again. Not more than `exportLimits` rows; then it says so.
 */
export async function errorsWorkbook(
  db: Reading,
  importId: string,
  roster: AnyRoster,
  caller: Caller,
): Promise<Buffer> {
  const { columns } = roster;
  const { rows: most } = exportLimits(caller);
  const watermark = exportedBy(caller);
  const data: SheetData = [];
  let isCut = false;
  for await (const { number, texts, faults } of faultyRows(db, importId)) {
    if (data.length >= most) {
      isCut = true;
      break;
    }
    const told = faults.map(({ column, words }) => {
      const head = columns.find(({ key }) => key === column)?.head;
      return head ? `${head}：${words}` : words;
    });
    const cells = columns.map(({ key }, place): Cell => {
      const isWrong = faults.some(({ column }) => column === key);
      return {
        value: (texts[place] ?? '').slice(0, longestCell),
        type: String,
        format: '@',
        ...(isWrong ? wrong : {}),
      };
    });
    data.push([
      ...cells,
      { value: told.join('；'), wrap: true, textColor: wrong.textColor },
      { value: number, type: Number },
    ]);
  }
  const heads = [...columns.map(({ head }) => headCell(head)), headCell('错误原因'), headCell('原来的行号')];
  const cut = `错误太多，这里只列了前 ${most} 行，改好后再传会列出其余的`;
  // Above the head, where an upload does not look for rows.
  const notice: SheetData = [
    [{ value: watermark, textColor: '#555555' }],
    ...(isCut ? [[{ value: cut, ...wrong }]] : []),
  ];
  const widths = [...columns.map(({ width = 14 }) => ({ width })), { width: 60 }, { width: 12 }];
  const [name, headRows] = ['有错的行', notice.length + 1];
  const sheet = { sheet: name, columns: widths, stickyRowsCount: headRows, orientation: 'landscape' as const };
  const features = [printSetup([{ name, headRows }], watermark)];
  return writeWorkbook([{ ...sheet, data: [...notice, heads, ...data] }], { features }).toBuffer();
}

async function* faultyRows(db: Reading, importId: string) {
  let [after, number] = ['', -1];
  for (;;) {
    const rows = await db.query<ErrorRow>(
      `SELECT r.unit_key, r.number, r.content_sealed AS row_content, u.content_sealed AS unit_content
       FROM ${rowsWithUnits}
       WHERE r.import_id = ? AND r.unit_key >= ? AND (r.unit_key > ? OR r.number > ?) AND u.standing = 'faulty'
       ORDER BY r.unit_key, r.number LIMIT ${batch}`,
      [importId, after, after, number],
    );
    for (const row of rows) {
      const { faults } = JSON.parse(db.vault.open('rosterUnit.content', row.unit_content)) as UnitContent;
      const { texts } = keptCells(db, row.row_content);
      yield { number: row.number, texts, faults: faults.filter((fault: Fault) => fault.number === row.number) };
    }
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    [after, number] = [last.unit_key, last.number];
  }
}
