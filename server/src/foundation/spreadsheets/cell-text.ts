import type { CellValue } from 'read-excel-file/node';

const lineBreaks = /\r\n?|\u2028|\u2029/g;
const oddSpaces = /[\t\u00a0\u3000\u2000-\u200a\u202f]/g;
// Zero-width characters, marks of direction, byte order marks, soft hyphens and control characters: nobody typed them.
// eslint-disable-next-line no-control-regex -- these are the very characters to take out
const hidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** What a person reads in the cell: trimmed, without hidden characters; a date as `2026-06-30`, a number as digits. */
export function cellText(value: CellValue | Date | null): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'string' ? cleanText(value) : '';
}

/** A text as a person reads it: trimmed, one kind of line break and space, nothing hidden. */
export const cleanText = (text: string): string =>
  text
    .replace(lineBreaks, '\n')
    .replace(oddSpaces, ' ')
    .replace(hidden, '')
    .replace(/\p{Cs}/gu, '')
    .trim();

/** `１００，５` → `100,5`: for cells that hold numbers, dates and codes, not words. */
export const halfWidth = (text: string): string => text.normalize('NFKC').trim();
