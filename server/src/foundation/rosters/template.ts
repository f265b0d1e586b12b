import writeWorkbook, { type Cell, type SheetData } from 'write-excel-file/node';
import { mapType, sheetType } from '@sandan/shared/endpoint';
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

export interface Template {
  readonly type: string;
  readonly ending: 'xlsx' | 'geojson';
  readonly content: Buffer;
}

/** What an office fills in: a sheet, or the example of a map. */
export const templateOf = async (roster: AnyRoster): Promise<Template> =>
  roster.isMap
    ? { type: mapType, ending: 'geojson', content: exampleMap(roster) }
    : { type: sheetType, ending: 'xlsx', content: await emptySheet(roster) };

/** A FeatureCollection with the examples as features: it shows whoever draws where the code goes. */
function exampleMap({ columns }: AnyRoster): Buffer {
  const features = ([0, 1] as const).map((sample) => {
    const texts = columns.map(({ head, samples }) => [head, samples[sample]] as const);
    return {
      type: 'Feature',
      properties: Object.fromEntries([[markHead, rosterMarks.example], ...texts.slice(0, -1)]),
      geometry: JSON.parse(texts.at(-1)?.[1] ?? 'null') as unknown,
    };
  });
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', 说明: mapNote, features }, null, 1));
}

const mapNote =
  '每个网格一个 Feature，网格编码写在 properties 里，边界是一个面（Polygon），每个点先写经度、再写纬度。示例不会导入。';

/** The .xlsx to be filled in: heads, an explanation, examples, lists to choose from, and text cells for numbers. */
function emptySheet({ kind, columns }: AnyRoster): Promise<Buffer> {
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
