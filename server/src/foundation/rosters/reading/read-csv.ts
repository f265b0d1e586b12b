import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Problem } from '@sandan/shared/problems';
import { cleanText } from '../../spreadsheets/cell-text';
import { plainSheet, readingLimits, type FileRows, type Oddity, type RawRow } from './raw-row';

type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';

const batch = 500;

/**
 * A CSV file in UTF-8 (with or without a mark), GBK / GB18030, or as Excel's “Unicode 文本”, separated by commas, tabs or
 * semicolons. Throws `roster.encoding`, `sheet.broken`, `roster.too-many-rows`, `roster.too-large`.
 */
export async function readCsv(path: string): Promise<FileRows> {
  const encoding = await encodingOf(path);
  const delimiter = await delimiterOf(path, encoding);
  return { rows: rowsOf(path, encoding, delimiter), notes: () => plainSheet };
}

/** Whatever is not UTF-8 throughout is what Chinese Windows writes, if it can be that. */
async function encodingOf(path: string): Promise<Encoding> {
  const mark = await beginning(path, 4);
  if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le';
  if (await isIn(path, 'utf-8')) return 'utf-8';
  if ((await isIn(path, 'gb18030')) && !(await hasForeignLine(path))) return 'gb18030';
  throw new Problem('roster.encoding');
}

/** Signs in a row of their own bytes: by chance two signs of GBK may be right UTF-8 (“联通”), so many hardly ever. */
const foreign = /(?:[\u00e4-\u00e9][\u0080-\u00bf]{2}){4}/;

/** Pasted together of two files, the one in GBK and the other in UTF-8: read as either, half of it is rubbish. */
async function hasForeignLine(path: string): Promise<boolean> {
  let carried = '';
  for await (const piece of createReadStream(path, 'latin1') as AsyncIterable<string>) {
    const lines = (carried + piece).split('\n');
    carried = (lines.pop() ?? '').slice(-readingLimits.cell);
    if (lines.some(isForeign)) return true;
  }
  return isForeign(carried);
}

const isForeign = (line: string): boolean => foreign.test(line) && isUtf8(Buffer.from(line, 'latin1'));

async function isIn(path: string, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      // Neither in a text nor in its encodings but UTF-16 does this byte stand.
      if (piece.includes(0)) return false;
      decoder.decode(piece, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

async function beginning(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function delimiterOf(path: string, encoding: Encoding): Promise<string> {
  const start = new TextDecoder(encoding).decode(await beginning(path, 4096), { stream: true });
  const counts = [',', '\t', ';'].map((sign) => ({ sign, count: start.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>)
    yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

async function* rowsOf(path: string, encoding: Encoding, delimiter: string): AsyncGenerator<RawRow[], void> {
  const parser = parse({
    ...{ delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false },
    max_record_size: readingLimits.columns * readingLimits.cell,
  });
  // What fails in the source destroys the parser, and is thrown where its records are read.
  pipeline(Readable.from(textOf(path, encoding)), parser, () => undefined);
  let rows: RawRow[] = [];
  let number = 0;
  let counted = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      const row = rowOf(number, record);
      if (row === null) continue;
      counted += 1;
      if (counted > readingLimits.rows) throw new Problem('roster.too-many-rows');
      if (rows.push(row) >= batch) {
        yield rows;
        rows = [];
      }
    }
    yield rows;
  } catch (error) {
    throw error instanceof CsvError ? new Problem('sheet.broken', { cause: error }) : error;
  } finally {
    parser.destroy();
  }
}

function rowOf(number: number, record: readonly string[]): RawRow | null {
  let odd: Record<number, Oddity> | null = null;
  const cells = record.slice(0, readingLimits.columns).map((given, column) => {
    const { text, oddity } = cellOf(given);
    if (oddity) (odd ??= {})[column] = oddity;
    return text;
  });
  return cells.some((text) => text !== '') ? { number, cells, odd } : null;
}

/** `="0012"`, the way to keep Excel from making a number of a text. */
const keptText = /^="((?:[^"]|"")*)"$/;
const scientific = /^[+-]?\d(?:\.\d+)?E[+-]?\d+$/i;

function cellOf(given: string): { text: string; oddity?: Oddity } {
  if (given.length > readingLimits.cell) throw new Problem('roster.too-large');
  const trimmed = cleanText(given);
  const kept = keptText.exec(trimmed)?.[1];
  if (kept !== undefined) return { text: cleanText(kept) };
  if (trimmed.startsWith('=')) return { text: trimmed, oddity: 'formula' };
  if (scientific.test(trimmed)) return { text: trimmed, oddity: 'digitsLost' };
  if (/^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/.test(trimmed)) return { text: trimmed, oddity: 'error' };
  return { text: trimmed };
}
