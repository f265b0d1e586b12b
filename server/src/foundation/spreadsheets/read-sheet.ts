import { readFile } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { readSheet as parseSheet, type SheetData } from 'read-excel-file/node';
import { Problem } from '@sandan/shared/problems';
import { cellText } from './cell-text';
import { countRows, tidySheet } from './tidy-sheet';
import { ArchiveTooLarge, pack, unpack, type Entry } from './zip';

/** A row that holds anything. */
export interface SheetRow {
  /** As the person sees it at the left of his sheet. */
  readonly number: number;
  /** Texts by column from the left; empty where nothing stands. */
  readonly cells: readonly string[];
}

const unpackLimits = { entries: 2_000, bytes: 64 * 1024 * 1024 };
const workbook = 'xl/workbook.xml';
const isSheet = (name: string): boolean => /^xl\/worksheets\/[^/]+\.xml$/i.test(name);
/** What the reader looks at, and what tells that there are macros. Pictures and the rest stay packed. */
const isWanted = (name: string): boolean => /^xl\/.*\.(?:xml|rels)$/i.test(name) || isMacros(name);
const isMacros = (name: string): boolean => /vbaproject\.bin$/i.test(name);

/**
 * The first sheet of an .xlsx workbook as texts (formulas are never computed: what Excel last saw stands in the file).
 * Runs in the child that opens strangers' files, since it takes memory and time: within the limits a file of 5 MB needs
 * about 2 s and 300 MB there.
 *
 * Throws `sheet.old-format`, `sheet.macros`, `sheet.not-a-sheet`, `sheet.too-many-rows`, `sheet.too-large`, `sheet.broken`.
 */
export async function readSheet(path: string, maxRows: number): Promise<SheetRow[]> {
  const file = await readFile(path);
  await refuseByType(file);
  try {
    const entries = prepared(unpack(file, unpackLimits, isWanted), maxRows);
    const rows = textsOf(await parseSheet(pack(entries)));
    return rows.filter(({ cells }) => cells.some((text) => text !== ''));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(error instanceof ArchiveTooLarge ? 'sheet.too-large' : 'sheet.broken', { cause: error });
  }
}

/** One text may be shown in any number of cells: in the file it stands once, on its way to the service each time. */
const mostCharacters = 16_000_000;

function textsOf(rows: SheetData): SheetRow[] {
  let characters = 0;
  return rows.map((values, index) => {
    const cells = values.map(cellText);
    characters += cells.reduce((sum, { length }) => sum + length + 1, 0);
    if (characters > mostCharacters) throw new Problem('sheet.too-large');
    return { number: index + 1, cells };
  });
}

async function refuseByType(file: Buffer): Promise<void> {
  const type = await fileTypeFromBuffer(file);
  // The format before 2007, and whatever was locked with a password.
  if (type?.ext === 'cfb') throw new Problem('sheet.old-format');
  if (type?.ext === 'xlsm' || type?.ext === 'xltm') throw new Problem('sheet.macros');
  if (type?.ext !== 'xlsx' && type?.ext !== 'zip') throw new Problem('sheet.not-a-sheet');
}

function prepared(entries: readonly Entry[], maxRows: number): Entry[] {
  if (!entries.some(({ name }) => name === workbook)) throw new Problem('sheet.not-a-sheet');
  if (entries.some(({ name }) => isMacros(name))) throw new Problem('sheet.macros');
  return entries.map((entry) => {
    const xml = entry.content.toString('utf8');
    // Nothing in a workbook needs definitions of its own.
    if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) throw new Problem('sheet.broken');
    return isSheet(entry.name) ? { name: entry.name, content: tidied(xml, maxRows) } : entry;
  });
}

function tidied(xml: string, maxRows: number): Buffer {
  const tidy = tidySheet(xml);
  const rows = countRows(tidy);
  if (rows === null) throw new Problem('sheet.broken');
  if (rows > maxRows) throw new Problem('sheet.too-many-rows', { facts: { rows, maxRows } });
  return Buffer.from(tidy);
}
