import {
  importColumns,
  importLimits,
  neededColumns,
  notImported,
  wholeTown,
  type ImportColumn,
} from '@sandan/shared/commitments/import.words';
import { commitmentFields } from '@sandan/shared/commitments/commitment.words';
import { Problem } from '@sandan/shared/problems';
import { halfWidth } from '../../foundation/spreadsheets/cell-text';
import type { SheetRow } from '../../foundation/spreadsheets/read-sheet';
import type { ImportCells } from './import.entity';

/** One row that wants to be a deed. */
export interface GivenRow {
  readonly number: number;
  readonly cells: ImportCells;
}

/** Heads, explanations and a title above them come on top of the deeds. */
export const readableRows = importLimits.rows + 20;
/** People put the name of the village, of the year, above the head. */
const headWithin = 10;
/** Longer is wrong anyway, and is told with its beginning. */
const longestCell = 1_000;

/** The template's own rows, filled in as they should be. */
export const exampleRows: readonly ImportCells[] = [
  {
    ...{ mark: notImported.example, kind: '微小实事', organization: '某某村党支部', name: '张三', phoneTail: '1234' },
    ...{ title: '给独居老人送药', words: '每月两次到五保户家里打扫、送药，全年 24 次' },
    ...{ field: commitmentFields.elderly, quantity: '24', unit: '次', forGrid: '某某村一组' },
    ...{ forWords: '本组独居老人', deadline: '2026-12-31' },
  },
  {
    ...{ mark: notImported.example, kind: '民生实事', organization: '某某村党支部', name: '李四' },
    ...{ title: '学校弯道装护栏', words: '6 月底前在学校弯道装 100 米护栏、50 米减速带、2 面凸面镜' },
    ...{ field: commitmentFields.road, quantity: '100', unit: '米', forGrid: wholeTown },
    ...{ deadline: '2026-06-30', money: '35000', moneySource: '村集体收入' },
  },
];
const exampleTitles = new Set(exampleRows.map(({ title }) => title));

/**
 * The deeds in a sheet: columns are found by their heads, in whatever order, in one of the first ten rows. Rows marked
 * 说明, and the template's own examples, are left out; an example that somebody has written over is not.
 *
 * Throws `sheet.wrong-template`, `sheet.empty`, `sheet.too-many-rows`.
 */
export function deedsIn(rows: readonly SheetRow[]): GivenRow[] {
  const head = rows.slice(0, headWithin).findIndex(({ cells }) => missingIn(cells).length === 0);
  if (head < 0) throw wrongTemplate(rows.slice(0, headWithin));
  const places = placesOf(rows[head]?.cells ?? []);
  const given = rows
    .slice(head + 1)
    .map(({ number, cells }) => ({ number, cells: cellsOf(cells, places) }))
    .filter(({ cells }) => Object.keys(cells).some((column) => column !== 'mark') && !isExplaining(cells));
  if (given.length === 0) throw new Problem('sheet.empty');
  if (given.length > importLimits.rows) throw new Problem('sheet.too-many-rows');
  return given;
}

const bare = (head: string): string => halfWidth(head).replace(/[\s()*:]/g, '');
const columnOf = new Map(Object.entries(importColumns).map(([column, head]) => [bare(head), column as ImportColumn]));

function placesOf(cells: readonly string[]): Map<ImportColumn, number> {
  const places = new Map<ImportColumn, number>();
  cells.forEach((head, place) => {
    const column = columnOf.get(bare(head));
    if (column && !places.has(column)) places.set(column, place);
  });
  return places;
}

const missingIn = (cells: readonly string[]): ImportColumn[] => {
  const places = placesOf(cells);
  return neededColumns.filter((column) => !places.has(column));
};

/** Said of the row that comes nearest to a head. */
function wrongTemplate(rows: readonly SheetRow[]): Problem {
  const [nearest = neededColumns] = rows.map(({ cells }) => missingIn(cells)).sort((a, b) => a.length - b.length);
  const heads = nearest.map((column) => importColumns[column]);
  return new Problem('sheet.wrong-template', { fields: { file: `缺少这些列：${heads.join('、')}` } });
}

function cellsOf(cells: readonly string[], places: ReadonlyMap<ImportColumn, number>): ImportCells {
  const given: Partial<Record<ImportColumn, string>> = {};
  for (const [column, place] of places) {
    const text = cells[place];
    // Half of a sign beyond the basic plane is no text.
    if (text) given[column] = text.slice(0, longestCell).replace(/\p{Cs}$/u, '');
  }
  return given;
}

const isExplaining = ({ mark, title }: ImportCells): boolean =>
  mark === notImported.note || (mark === notImported.example && exampleTitles.has(title));
