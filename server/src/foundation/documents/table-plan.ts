import { breakLines, type WidthOf } from './line-breaks';
import { cellWords, type Column, type Table } from './paper';

/** A table as it will stand on pages: every line broken, every height known. Lengths in points. */
export interface PlannedRow {
  readonly kind: 'head' | 'group' | 'row';
  /** Lines by column; of a group one cell across. */
  readonly cells: readonly (readonly string[])[];
  readonly height: number;
}
export interface Type {
  readonly size: number;
  readonly regular: WidthOf;
  readonly bold: WidthOf;
}

export const lineHeightOf = (size: number): number => size * 1.4;
export const paddingOf = (size: number): number => size * 0.42;

/** Shares of the page, in the proportion of the columns. */
export function columnWidths(columns: readonly Column[], width: number): number[] {
  const all = columns.reduce((sum, column) => sum + column.width, 0);
  return columns.map((column) => (column.width / all) * width);
}

/** Head and rows of a table in this type; a row higher than `room` goes on in further ones. */
export function planRows({ columns, groups }: Table, width: number, type: Type, room: number) {
  const widths = columnWidths(columns, width);
  const padding = paddingOf(type.size);
  const linesIn = (text: string, columnWidth: number, bold: boolean): string[] =>
    breakLines(text, columnWidth - 2 * padding, bold ? type.bold : type.regular);
  const planned = (kind: PlannedRow['kind'], cells: string[][]): PlannedRow => ({
    ...{ kind, cells, height: heightOf(cells, type.size) },
  });
  const head = planned(
    'head',
    columns.map(({ title }, index) => linesIn(title, widths[index] ?? 0, true)),
  );
  const mostLines = Math.floor((room - 2 * padding) / lineHeightOf(type.size));
  const rows = groups.flatMap((group) => [
    ...(group.title === null ? [] : [planned('group', [linesIn(group.title, width, true)])]),
    ...group.rows.flatMap((row) => {
      const cells = columns.map((column, index) =>
        linesIn(cellWords(row[index] ?? null, column), widths[index] ?? 0, column.bold === true),
      );
      return slices(cells, mostLines).map((slice) => planned('row', slice));
    }),
  ]);
  return { head, rows };
}

const heightOf = (cells: readonly (readonly string[])[], size: number): number =>
  Math.max(1, ...cells.map(({ length }) => length)) * lineHeightOf(size) + 2 * paddingOf(size);

function slices(cells: string[][], most: number): string[][][] {
  const longest = Math.max(1, ...cells.map(({ length }) => length));
  const count = Math.ceil(longest / most);
  return Array.from({ length: count }, (_, at) => cells.map((lines) => lines.slice(at * most, (at + 1) * most)));
}

/** What has to stand together where a table begins: the first row, with the line of its group. */
export const heightOfFirst = ([first, second]: readonly PlannedRow[]): number =>
  (first?.height ?? 0) + (first?.kind === 'group' ? (second?.height ?? 0) : 0);

/** Rows by page; the first page has less room. A group's line goes over to the next page with its first row. */
export function intoPages(rows: readonly PlannedRow[], firstRoom: number, room: number): PlannedRow[][] {
  const pages: PlannedRow[][] = [[]];
  let left = firstRoom;
  rows.forEach((row, index) => {
    if (heightOfFirst(rows.slice(index, index + 2)) > left && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      left = room;
    }
    pages.at(-1)?.push(row);
    left -= row.height;
  });
  return pages;
}

export interface Span {
  readonly from: number;
  /** Rows it reaches over. */
  readonly rows: number;
}

/** Of a merged column on one page: rows below each other that say the same. */
export function spansOf(rows: readonly PlannedRow[], column: number): Span[] {
  const spans: { from: number; rows: number }[] = [];
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    const same = row.kind === 'row' && before?.kind === 'row' && wordsIn(row, column) === wordsIn(before, column);
    const last = spans.at(-1);
    if (same && last && wordsIn(row, column) !== '') last.rows += 1;
    else spans.push({ from: index, rows: 1 });
  });
  return spans;
}

const wordsIn = ({ cells }: PlannedRow, column: number): string => cells[column]?.join('') ?? '';
