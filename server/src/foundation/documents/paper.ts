/**
 * A paper to be printed or opened as a spreadsheet, as plain data: what it says, not how it is drawn. One value becomes
 * a PDF (pdf.ts) or an XLSX (xlsx.ts), so the two can never say different things.
 */
export interface Paper {
  readonly title: string;
  /** Under the title: period, numbers. */
  readonly lines: readonly string[];
  /** 水印: who took it out and when, across every page and on every sheet. Null: a paper for the public. */
  readonly watermark: string | null;
  /** One under the other in a PDF, a sheet each in a workbook. */
  readonly tables: readonly Table[];
  /** 落款: who publishes and when, below the last table on the right, where the seal goes. */
  readonly signature: readonly string[];
  /** Small, at the foot of every page. */
  readonly foot: string | null;
  /** Left out: A3, to be hung up. A4: for a desk, from the printer that every office has. */
  readonly size?: 'A4';
  /** Printed at the top of the first page, on the right; a workbook is not scanned. */
  readonly code?: ScanCode | null;
}

/** A code for phones: its picture (JPEG or PNG, square) and what it is good for. */
export interface ScanCode {
  readonly picture: Uint8Array;
  readonly words: string;
}

export interface Table {
  /** Name of the sheet: at most 31 characters, none of `[]:*?/\`. */
  readonly name: string;
  /** In a PDF above its head, where several stand below each other. */
  readonly caption?: string;
  readonly columns: readonly Column[];
  readonly groups: readonly Group[];
}

export interface Column {
  readonly title: string;
  /** In characters of the body: columns share the page's width in this proportion. */
  readonly width: number;
  /** Words begin at the left, all else stands in the middle. */
  readonly words?: boolean;
  readonly bold?: boolean;
  /** The same value in rows below each other is printed once, over all of them. */
  readonly merged?: boolean;
  /** A share from 0 to 1. */
  readonly percent?: boolean;
  /** Digits behind the point, of a column of numbers. */
  readonly decimals?: number;
}

export interface Group {
  /** A line across the table above its rows: 一、班子承诺. */
  readonly title: string | null;
  readonly rows: readonly (readonly Cell[])[];
}

/** `day`: YYYY-MM-DD. */
export type Cell = string | number | { readonly day: string } | null;

/** What a person reads in the cell. */
export function cellWords(cell: Cell, column: Column): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return numberWords(cell, column);
  return typeof cell === 'string' ? cell : cell.day;
}

function numberWords(value: number, { percent, decimals }: Column): string {
  if (percent) return `${(Math.floor(value * 1000) / 10).toFixed(1)}%`;
  return decimals === undefined ? String(value) : value.toFixed(decimals);
}

/** A column together with what stands in it for each row. */
export interface Field<Given extends readonly unknown[]> extends Column {
  cell(...given: Given): Cell;
}

/** The columns by themselves: a paper is plain data, so that it can be sent to the child. */
export const columnsOf = (fields: readonly Field<never>[]): Column[] => fields.map(({ cell: _, ...column }) => column);

/** A line of these for each row, without captions between them; `given` is what all of it is read with. */
export const tableOf = <Row, Given extends readonly unknown[]>(
  name: string,
  fields: readonly Field<[row: Row, ...given: Given]>[],
  rows: readonly Row[],
  ...given: Given
): Table => ({
  name,
  columns: columnsOf(fields),
  groups: [{ title: null, rows: rows.map((row) => fields.map(({ cell }) => cell(row, ...given))) }],
});
