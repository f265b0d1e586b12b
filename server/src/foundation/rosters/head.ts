import { rosterMarks } from '@sandan/shared/people/roster.words';
import { Problem } from '@sandan/shared/problems';
import { halfWidth } from '../spreadsheets/cell-text';
import type { Oddity, RawRow } from './reading/raw-row';
import type { RosterColumn } from './roster';
import type { KeptCells } from './row-reader';

/** People put the name of the village, of the year, above the head. */
export const headWithin = 10;

export const markHead = '标记';

/** Where the columns of a roster stand in a file. */
export interface Head {
  readonly number: number;
  /** By the template's columns; -1 where the file has none of it. */
  readonly places: readonly number[];
  readonly mark: number;
  /** Heads that mean nothing to us. */
  readonly ignored: readonly string[];
}

const bare = (head: string): string => halfWidth(head).replace(/[\s()*:]/g, '');

function headOf(row: RawRow, columns: readonly RosterColumn[]): Head {
  const heads = row.cells.map(bare);
  const names = (column: RosterColumn): string[] => [column.head, ...(column.also ?? [])].map(bare);
  const places = columns.map((column) => heads.findIndex((head) => names(column).includes(head)));
  const mark = heads.indexOf(markHead);
  const ignored = heads.filter((head, place) => head !== '' && place !== mark && !places.includes(place));
  return { number: row.number, places, mark, ignored };
}

const missingIn = ({ places }: Head, columns: readonly RosterColumn[]): RosterColumn[] =>
  columns.filter(({ needed }, index) => needed && places[index] === -1);

/** The head among the first rows of a file. Throws `roster.wrong-template`, which names what the nearest one lacks. */
export function findHead(rows: readonly RawRow[], columns: readonly RosterColumn[]): Head {
  const heads = rows.slice(0, headWithin).map((row) => headOf(row, columns));
  const fitting = heads.find((head) => missingIn(head, columns).length === 0);
  if (fitting) return refuseTwice(rows, fitting);
  const needed = columns.filter((column) => column.needed);
  const [nearest = needed] = heads.map((head) => missingIn(head, columns)).sort((a, b) => a.length - b.length);
  throw new Problem('roster.wrong-template', {
    fields: { file: `缺少这些列：${nearest.map(({ head }) => head).join('、')}` },
  });
}

/** Two columns with one head: nobody can tell which is meant. */
function refuseTwice(rows: readonly RawRow[], head: Head): Head {
  const cells = rows.find(({ number }) => number === head.number)?.cells.map(bare) ?? [];
  const twice = head.places
    .map((place) => cells[place])
    .find((name) => name && cells.indexOf(name) !== cells.lastIndexOf(name));
  if (twice) throw new Problem('roster.wrong-template', { fields: { file: `“${twice}”有两列，请只留一列` } });
  return head;
}

/** How many columns of the roster a file has, if it has all that are needed: tells of what kind a file is. */
export function fitOf(rows: readonly RawRow[], columns: readonly RosterColumn[]): number {
  const fits = rows
    .slice(0, headWithin)
    .map((row) => headOf(row, columns))
    .filter((head) => missingIn(head, columns).length === 0)
    .map(({ places }) => places.filter((place) => place >= 0).length);
  return Math.max(0, ...fits);
}

const keptByDefault = 201;

/** What a row is none of: it says nothing, explains, or is one of the template's own examples. */
export type Passed = 'empty' | 'note' | 'example';

/** The cells of a row in the template's order, or why it is passed over. */
export function cellsOf(row: RawRow, head: Head, columns: readonly RosterColumn[]): KeptCells | Passed {
  const texts = columns.map(({ longest = keptByDefault }, index) => {
    const text = row.cells[head.places[index] ?? -1] ?? '';
    // Half of a sign beyond the basic plane is no text.
    return text.length <= longest ? text : text.slice(0, longest).replace(/\p{Cs}$/u, '');
  });
  if (texts.every((text) => text === '')) return 'empty';
  const mark = row.cells[head.mark];
  if (mark === rosterMarks.note) return 'note';
  // An example that somebody has written over is no example any more.
  if (mark === rosterMarks.example && isSample(texts, columns)) return 'example';
  return { texts, odd: oddOf(row, head) };
}

/** The template's own example, in whatever of its columns the file has: no such village, no such people. */
export const isSample = (texts: readonly string[], columns: readonly RosterColumn[]): boolean =>
  [0, 1].some((sample) =>
    columns.every(({ samples, needed }, index) => {
      const text = texts[index] ?? '';
      return text === samples[sample] || (text === '' && !needed);
    }),
  );

function oddOf({ odd }: RawRow, { places }: Head): Record<number, Oddity> | null {
  if (odd === null) return null;
  const found = places.flatMap((place, index) => {
    const oddity = odd[place];
    return oddity ? [[index, oddity] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}
