import writeWorkbook, { type Cell, type SheetData } from 'write-excel-file/node';
import { commitmentFields, commitmentKinds, commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import {
  importColumns,
  neededColumns,
  notImported,
  wholeTown,
  type ImportColumn,
} from '@sandan/shared/commitments/import.words';
import type { ImportCells } from './import.entity';
import { exampleRows } from './import-sheet';

const columns = Object.keys(importColumns) as ImportColumn[];

const notes = (endsOn: string): Readonly<Record<ImportColumn, string>> => ({
  mark: notImported.note,
  kind: '微小实事、民生实事、书记项目、民生项目',
  organization: '照“可以填的名称”表里的写；只有一个同名的人时可以不填',
  name: '微小实事写党员本人；其他写责任人，不填就是您',
  phoneTail: '有同名的人才要填',
  title: `最多 ${commitmentLimits.title} 个字`,
  words: '在哪里，做什么，做到什么样，有数量',
  field: '照“可以填的名称”表里的写',
  quantity: '只写数字，可以不填',
  unit: '米、盏、次……和数量一起填',
  forGrid: `村名、“某某村一组”，或“${wholeTown}”`,
  forWords: '比如本组独居老人，不写姓名，可以不填',
  deadline: `写成 2026-06-30 这样，不晚于 ${endsOn}`,
  money: '只写数字，单位是元，可以不填',
  moneySource: '可以不填',
});

const widths: Readonly<Partial<Record<ImportColumn, number>>> = { mark: 6, words: 48, title: 24, organization: 26 };
const usualWidth = 15;

const head = (column: ImportColumn): Cell => ({
  value: importColumns[column] + (neededColumns.includes(column) ? ' *' : ''),
  ...{ fontWeight: 'bold', wrap: true, alignVertical: 'center', backgroundColor: '#F4E3D7', borderStyle: 'thin' },
});
const note = (words: string): Cell => ({ value: words, wrap: true, alignVertical: 'top', textColor: '#666666' });
/** Texts throughout, so that nothing is computed and 0012 stays 0012. */
const example = (words: string): Cell => ({ value: words, type: String, wrap: true, textColor: '#666666' });

export interface TemplateOf {
  endsOn: string;
  organizations: readonly string[];
  grids: readonly string[];
}

/** The .xlsx to be filled in: heads, explanations and examples; on a second sheet the names that may be written. */
export function templateOf({ endsOn, organizations, grids }: TemplateOf): Promise<Buffer> {
  const told = notes(endsOn);
  const rowOf = (cells: ImportCells): Cell[] => columns.map((column) => example(cells[column] ?? ''));
  const form: SheetData = [columns.map(head), columns.map((column) => note(told[column])), ...exampleRows.map(rowOf)];
  return writeWorkbook([
    {
      data: form,
      sheet: '承诺',
      columns: columns.map((column) => ({ width: widths[column] ?? usualWidth })),
      stickyRowsCount: 1,
    },
    {
      data: namesOf(organizations, grids),
      sheet: '可以填的名称',
      columns: [28, 24, 20, 24].map((width) => ({ width })),
    },
  ]).toBuffer();
}

function namesOf(organizations: readonly string[], grids: readonly string[]): SheetData {
  const lists: Readonly<Record<string, readonly string[]>> = {
    [importColumns.organization]: organizations,
    [importColumns.kind]: Object.values(commitmentKinds),
    [importColumns.field]: Object.values(commitmentFields),
    [importColumns.forGrid]: [wholeTown, ...grids],
  };
  const longest = Math.max(...Object.values(lists).map(({ length }) => length));
  const heads: Cell[] = Object.keys(lists).map((value) => ({ value, fontWeight: 'bold' }));
  const rows = Array.from({ length: longest }, (_, index) =>
    Object.values(lists).map((list): Cell => (list[index] === undefined ? null : { value: list[index], type: String })),
  );
  return [heads, ...rows];
}
