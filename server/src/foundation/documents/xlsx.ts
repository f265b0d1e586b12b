import writeXlsxFile, { type Cell as SheetCell, type SheetData } from 'write-excel-file/node';
import type { Cell, Column, Paper, Table } from './paper';
import { printSetup } from './print-setup';

const dateFormat = 'yyyy-mm-dd';

/**
 * The paper as a workbook. What a person typed is written as text and stays text: `=1+1` is no formula, whoever opens it.
 * Dates are dates and numbers are numbers, so that the sheet can be sorted and added up.
 */
export async function makeXlsx(paper: Paper): Promise<Uint8Array> {
  const headRows = linesOf(paper).length + 2;
  const sheets = paper.tables.map((table) => ({
    sheet: table.name,
    data: sheetOf(paper, table),
    columns: table.columns.map(({ width }) => ({ width: Math.max(8, width * 1.8) })),
    stickyRowsCount: headRows,
    orientation: 'landscape' as const,
    dateFormat,
  }));
  const features = [
    printSetup(
      paper.tables.map(({ name }) => ({ name, headRows })),
      paper.watermark,
    ),
  ];
  return writeXlsxFile(sheets, { features }).toBuffer();
}

/** Who took it out stands above the table and below it, so that neither half is without. */
const linesOf = ({ lines, watermark }: Paper): string[] => [...lines, ...(watermark === null ? [] : [watermark])];

function sheetOf(paper: Paper, { columns, groups }: Table): SheetData {
  const { title, signature, foot, watermark } = paper;
  const across = (value: string, more: object = {}): SheetData[number] => [
    { type: String, value, columnSpan: columns.length, ...more },
    ...columns.slice(1).map(() => null),
  ];
  const head = columns.map((column) => ({
    ...{ type: String, value: column.title, fontWeight: 'bold' as const, backgroundColor: '#F1EFEC' },
    ...{ align: 'center' as const, alignVertical: 'center' as const, ...border },
  }));
  return [
    across(title, { fontWeight: 'bold', fontSize: 16, align: 'center' }),
    ...linesOf(paper).map((line) => across(line, { textColor: '#555555', align: 'center' })),
    head,
    ...groups.flatMap((group) => [
      ...(group.title === null ? [] : [across(group.title, { fontWeight: 'bold', backgroundColor: '#F1EFEC' })]),
      ...group.rows.map((row) => columns.map((column, index) => cellOf(row[index] ?? null, column))),
    ]),
    ...signature.map((line) => across(line, { align: 'right' })),
    ...[foot, watermark].flatMap((line) => (line === null ? [] : [across(line, { textColor: '#555555' })])),
  ];
}

const border = { borderStyle: 'thin', borderColor: '#BBBBBB' } as const;

const numberFormat = ({ percent, decimals }: Column): { format?: string } => {
  if (percent) return { format: '0.0%' };
  return decimals === undefined ? {} : { format: `0.${'0'.repeat(decimals)}` };
};

function cellOf(cell: Cell, column: Column): SheetCell {
  const { words, bold } = column;
  const look = {
    ...{ align: words ? ('left' as const) : ('center' as const), alignVertical: 'center' as const, ...border },
    ...(bold ? { fontWeight: 'bold' as const } : {}),
  };
  if (cell === null || cell === '') return look;
  if (typeof cell === 'number') return { ...look, type: Number, value: cell, ...numberFormat(column) };
  if (typeof cell === 'string') return { ...look, type: String, value: cell, wrap: true };
  return { ...look, type: Date, value: new Date(`${cell.day}T00:00:00Z`), format: dateFormat };
}
