import writeWorkbook, { type Cell, type SheetData } from 'write-excel-file/node';
import { rosterKinds, rosterMarks } from '@sandan/shared/people/roster.words';
import { dropDowns } from './drop-downs';
import { markHead } from './head';
import type { AnyRoster, RosterColumn } from './roster';

const headCell = ({ head, needed }: Pick<RosterColumn, 'head' | 'needed'>): Cell => ({
  value: head + (needed ? ' *' : ''),
  ...{ fontWeight: 'bold', wrap: true, alignVertical: 'center', backgroundColor: '#F4E3D7', borderStyle: 'thin' },
});
const note = (value: string): Cell => ({ value, type: String, wrap: true, alignVertical: 'top', textColor: '#666666' });
/** Texts throughout, so that no identity number is cut and 0012 stays 0012. */
const text = (value: string): Cell => ({ value, type: String, format: '@', textColor: '#666666' });
const empty: Cell = { value: '', type: String, format: '@' };

/** Rows that are ready to be written in, as text: further down the columns are as Excel makes them. */
const readyRows = 2_000;

/** The .xlsx to be filled in: heads, an explanation, examples, lists to choose from, and text cells for numbers. */
export function templateOf({ kind, columns }: AnyRoster): Promise<Buffer> {
  const markColumn = { head: markHead };
  const samples = ([0, 1] as const).map((sample) => [
    text(rosterMarks.example),
    ...columns.map((column) => text(column.samples[sample])),
  ]);
  const ready = Array.from({ length: readyRows }, () => [empty, ...columns.map(() => empty)]);
  const data: SheetData = [
    [headCell(markColumn), ...columns.map(headCell)],
    [note(rosterMarks.note), ...columns.map((column) => note(column.note))],
    ...samples,
    ...ready,
  ];
  const widths = [{ width: 8 }, ...columns.map(({ width = 14 }) => ({ width }))];
  const sheet = { sheet: rosterKinds[kind], stickyRowsCount: 1, columns: widths };
  const features = [
    dropDowns(
      columns.map(({ choices }) => choices ?? []),
      readyRows + 4,
    ),
  ];
  return writeWorkbook([{ ...sheet, data }], { features }).toBuffer();
}
