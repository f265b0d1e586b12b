/** What a cell is beside its text, where that matters: it is told to the person, never guessed at. */
export type Oddity =
  /** A formula: what it shows today may be another thing tomorrow. */
  | 'formula'
  /** A number of more places than a spreadsheet keeps, or in scientific notation: the last digits are gone. */
  | 'digitsLost'
  /** #N/A and its like. */
  | 'error';

/** A row that holds anything, as it comes out of the file. */
export interface RawRow {
  /** As the person sees it at the left of the sheet; of a CSV file the number of the record. */
  readonly number: number;
  /** Texts by column from the left, without hidden characters; empty where nothing stands. */
  readonly cells: readonly string[];
  /** By column; null where every cell is plain. */
  readonly odd: Readonly<Record<number, Oddity>> | null;
}

export interface MergedCells {
  readonly firstRow: number;
  readonly lastRow: number;
  /** `A2:A5` */
  readonly range: string;
}

/** What a person does not see on the sheet, or sees otherwise than it is: nothing of it is read over in silence. */
export interface SheetNotes {
  readonly merged: readonly MergedCells[];
  /** Rows that hold something and are filtered away or hidden. */
  readonly hiddenRows: readonly number[];
  /** Columns from the left, 0 the first; whether they hold anything is not looked at. */
  readonly hiddenColumns: readonly number[];
  /** Names of the other sheets on which something stands. */
  readonly otherSheets: readonly string[];
}

export const plainSheet: SheetNotes = { merged: [], hiddenRows: [], hiddenColumns: [], otherSheets: [] };

export interface FileRows {
  readonly rows: AsyncGenerator<RawRow[], void>;
  /** Known when all rows have been read. */
  readonly notes: () => SheetNotes;
}

/** Bounds of one file: far above what a county has, far below what would hurt the machine. */
export const readingLimits = {
  /** Unpacked, of all that is read from a workbook. */
  unpackedBytes: 1_500 * 1024 * 1024,
  /** Of one part of it; honest sheets stay below 50. */
  ratio: 250,
  /** Below this a ratio means nothing. */
  ratioFrom: 64 * 1024 * 1024,
  entries: 2_000,
  /** Rows that hold anything. */
  rows: 600_000,
  columns: 100,
  /** Characters: what Excel takes into one cell. */
  cell: 32_767,
  /** What a program for spreadsheets can number: more is a lie. */
  lastRow: 1_048_576,
  /** Different texts of a workbook, together. */
  sharedBytes: 100 * 1024 * 1024,
} as const;
