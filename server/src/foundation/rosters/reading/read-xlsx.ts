import { Problem } from '@sandan/shared/problems';
import { cleanText } from '../../spreadsheets/cell-text';
import { readingLimits, type FileRows, type MergedCells, type Oddity, type RawRow } from './raw-row';
import { openArchive, type WorkbookArchive } from './workbook-archive';
import { readWorkbook, type Workbook } from './workbook-parts';
import { readXml, type XmlListener } from './xml';

/**
 * The first sheet of a workbook, a few hundred rows at a time: neither the sheet nor its rows are ever held whole. Formulas
 * are never computed.
 *
 * Throws `sheet.old-format`, `sheet.macros`, `sheet.not-a-sheet`, `sheet.broken`, `roster.too-large`, `roster.too-many-rows`.
 */
export async function readXlsx(path: string): Promise<FileRows> {
  const archive = await openArchive(path);
  const workbook = await readWorkbook(archive);
  const sheet = listenToSheet(workbook);
  const otherSheets: string[] = [];
  async function* rows(): AsyncGenerator<RawRow[], void> {
    try {
      const reading = readXml(archive.pieces(sheet.path), sheet.listener);
      while (!(await reading.next()).done) {
        const harvest = sheet.takeRows();
        if (harvest.length > 0) yield harvest;
      }
      yield sheet.takeRows();
      for (const { name, path: other } of workbook.others)
        if (await holdsAnything(archive, other)) otherSheets.push(name);
    } finally {
      archive.close();
    }
  }
  return { rows: rows(), notes: () => ({ ...sheet.notes(), otherSheets }) };
}

/** Programs for spreadsheets make three sheets and people use one. */
async function holdsAnything(archive: WorkbookArchive, path: string): Promise<boolean> {
  let isFound = false;
  let isValue = false;
  const listener: XmlListener = {
    open: (name) => {
      isValue = name === 'v' || name === 't';
    },
    text: (part) => {
      isFound ||= isValue && part.trim() !== '';
    },
    close: () => {
      isValue = false;
    },
  };
  const reading = readXml(archive.pieces(path), listener);
  while (!isFound && !(await reading.next()).done);
  await reading.return();
  return isFound;
}

interface OpenCell {
  column: number;
  type: string;
  style: number;
  text: string;
  isFormula: boolean;
}

function listenToSheet(workbook: Workbook) {
  let rows: RawRow[] = [];
  let counted = 0;
  let number = 0;
  let cells: string[] = [];
  let odd: Record<number, Oddity> | null = null;
  let cell: OpenCell | null = null;
  let isValue = false;
  let isHidden = false;
  const merged: MergedCells[] = [];
  const hiddenRows: number[] = [];
  const hiddenColumns: number[] = [];

  const endCell = ({ column, ...read }: OpenCell): void => {
    if (column >= readingLimits.columns) return;
    const { text, oddity } = textOf(read, workbook);
    while (cells.length < column) cells.push('');
    cells[column] = text;
    if (oddity && text !== '') (odd ??= {})[column] = oddity;
  };
  const endRow = (): void => {
    if (!cells.some((text) => text !== '')) return;
    counted += 1;
    if (counted > readingLimits.rows) throw new Problem('roster.too-many-rows');
    if (isHidden && hiddenRows.length < mostNoted) hiddenRows.push(number);
    rows.push({ number, cells, odd });
  };

  const listener: XmlListener = {
    open: (name, attributes) => {
      if (name === 'row') {
        number = Number(attributes['r'] ?? number + 1);
        if (!(number <= readingLimits.lastRow)) throw new Problem('sheet.broken', { cause: 'row number' });
        isHidden = isOn(attributes['hidden']);
        cells = [];
        odd = null;
      }
      if (name === 'col' && isOn(attributes['hidden'])) noteColumns(hiddenColumns, attributes);
      if (name === 'c') {
        const column = columnOf(attributes['r']) ?? cells.length;
        cell = {
          ...{ column, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0) },
          ...{ text: '', isFormula: false },
        };
      }
      if (name === 'f' && cell) cell.isFormula = true;
      isValue = name === 'v' || name === 't';
      if (name === 'mergeCell') noteMerged(merged, attributes['ref'] ?? '');
    },
    text: (part) => {
      if (!cell || !isValue) return;
      cell.text += part;
      if (cell.text.length > readingLimits.cell) throw new Problem('roster.too-large');
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false;
      if (name === 'c' && cell) {
        endCell(cell);
        cell = null;
      }
      if (name === 'row') endRow();
    },
  };
  const takeRows = (): RawRow[] => {
    const taken = rows;
    rows = [];
    return taken;
  };
  return { path: workbook.sheet, listener, takeRows, notes: () => ({ merged, hiddenRows, hiddenColumns }) };
}

/** `BC12` → 54. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

const mostNoted = 10_000;

const isOn = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

function noteColumns(columns: number[], { min, max }: Readonly<Record<string, string>>): void {
  const last = Math.min(Number(max), readingLimits.columns);
  for (let column = Number(min); column <= last; column += 1) columns.push(column - 1);
}

function noteMerged(merged: MergedCells[], range: string): void {
  const [, first, last] = /^[A-Z]+(\d+):[A-Z]+(\d+)$/.exec(range) ?? [];
  if (first === undefined || last === undefined || merged.length >= mostNoted) return;
  merged.push({ firstRow: Number(first), lastRow: Number(last), range });
}

type ReadCell = Omit<OpenCell, 'column'>;

function textOf(cell: ReadCell, workbook: Workbook): { text: string; oddity?: Oddity } {
  const { type, text, isFormula } = cell;
  // A formula that was never computed shows nothing; it is one all the same.
  if (isFormula) return { text: cleanText(text) || '=', oddity: 'formula' };
  if (type === 'e') return { text: cleanText(text), oddity: 'error' };
  if (type === 's') return { text: cleanText(workbook.strings.at(Number(text))) };
  if (type === 'b') return { text: text === '1' ? '是' : '否' };
  if (type === 'd') return { text: text.slice(0, 10) };
  if (type !== 'n') return { text: cleanText(text) };
  return numberOf(text.trim(), cell.style, workbook);
}

/** Beyond this a spreadsheet has made zeros of the last digits. */
const exactBelow = 1e15;

function numberOf(text: string, style: number, { isDate, from1904 }: Workbook): { text: string; oddity?: Oddity } {
  if (text === '') return { text };
  const value = Number(text);
  if (!Number.isFinite(value)) return { text, oddity: 'error' };
  if (isDate[style]) return { text: dateOfSerial(value, from1904) ?? text };
  if (Math.abs(value) >= exactBelow) return { text, oddity: 'digitsLost' };
  return { text: String(Number(value.toPrecision(15))) };
}

const dayMs = 24 * 60 * 60_000;

/** `2026-06-30` of a day's number; null for what is none. Excel counts a 29 February 1900 that never was. */
export function dateOfSerial(serial: number, from1904 = false): string | null {
  const days = Math.floor(serial) + (from1904 ? 1462 : 0);
  if (days < 61 || days > 110_000) return null;
  return new Date(Date.UTC(1899, 11, 30) + days * dayMs).toISOString().slice(0, 10);
}
