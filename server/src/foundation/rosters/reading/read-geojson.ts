import { readFile } from 'node:fs/promises';
import { Problem } from '@sandan/shared/problems';
import { plainSheet, type FileRows, type RawRow } from './raw-row';

/** Heads of the table that a FeatureCollection is read as. */
const geojsonHeads = ['标记', '网格编码', '名称', '边界'] as const;
const codeNames = ['网格编码', '网格代码', '编码', 'code', 'CODE', 'grid_code', 'GRIDCODE'];
const nameNames = ['名称', '网格名称', 'name', 'NAME'];

const batch = 100;

/** A FeatureCollection, a row per feature with its geometry as text. Throws `roster.not-geojson`. */
export async function readGeojson(path: string): Promise<FileRows> {
  const features = featuresOf(await readFile(path, 'utf8'));
  async function* rows(): AsyncGenerator<RawRow[], void> {
    yield [{ number: 0, cells: [...geojsonHeads], odd: null }];
    for (let from = 0; from < features.length; from += batch)
      yield features.slice(from, from + batch).map((feature, index) => rowOf(feature, from + index + 1));
  }
  return { rows: rows(), notes: () => plainSheet };
}

function featuresOf(text: string): unknown[] {
  try {
    const read = JSON.parse(text.replace(/^\ufeff/, '')) as { type?: unknown; features?: unknown } | null;
    if (read?.type === 'FeatureCollection' && Array.isArray(read.features)) return read.features;
    // One grid alone is often saved so.
    if (read?.type === 'Feature') return [read];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem('roster.not-geojson', { cause: error });
  }
  throw new Problem('roster.not-geojson');
}

function rowOf(feature: unknown, number: number): RawRow {
  const { properties, geometry } = (feature ?? {}) as {
    properties?: Record<string, unknown> | null;
    geometry?: unknown;
  };
  const named = (names: readonly string[]): string => {
    const found = names.map((name) => properties?.[name]).find((value) => ['string', 'number'].includes(typeof value));
    return found === undefined ? '' : String(found).trim();
  };
  const cells = [named(['标记']), named(codeNames), named(nameNames), JSON.stringify(geometry ?? null)];
  return { number, cells, odd: null };
}
