import gcoord from 'gcoord';
import type { Datum } from '@sandan/shared/people/roster.words';
import type { Db } from '../../foundation/database/connect';
import type { Fault, Roster, RosterColumn, RosterScope, Unit, UnitPlan } from '../../foundation/rosters/roster';
import type { RowReader } from '../../foundation/rosters/row-reader';
import { crossesItself } from './crosses-itself';
import type { Grid } from './grid.entity';

type Rings = number[][][];

export interface BoundaryRow {
  readonly code: string | null;
  readonly rings: Rings | null;
}

const mostPoints = 5_000;

const columns: readonly RosterColumn[] = [
  { key: 'code', head: '网格编码', needed: true, note: '12 位或 15 位', samples: ['', ''] },
  { key: 'name', head: '名称', note: '可以没有', samples: ['', ''] },
  { key: 'boundary', head: '边界', needed: true, note: 'GeoJSON 的 Polygon', samples: ['', ''], longest: 1_000_000 },
];

function readRow(row: RowReader): BoundaryRow {
  row.needed('code');
  const code = row.code('code', /^\d{12}(?:\d{3})?$/, '编码要是 12 位或 15 位数字');
  const text = row.text('boundary', 1_000_000);
  const rings = text === null ? null : ringsOf(text);
  if (rings === null) row.fault('boundary', '要是一个多边形（Polygon），几块分开的请拆成几个网格');
  else for (const words of ringFaults(rings)) row.fault('boundary', words);
  return { code, rings };
}

/** Of a Polygon, or of a MultiPolygon that is one. */
function ringsOf(text: string): Rings | null {
  const { type, coordinates } = (parsed(text) ?? {}) as { type?: unknown; coordinates?: unknown };
  const rings =
    type === 'MultiPolygon' && Array.isArray(coordinates) && coordinates.length === 1
      ? (coordinates[0] as unknown)
      : coordinates;
  if (type !== 'Polygon' && type !== 'MultiPolygon') return null;
  const isPoint = (point: unknown): boolean =>
    Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1]);
  const isRing = (ring: unknown): boolean => Array.isArray(ring) && ring.every(isPoint);
  if (!Array.isArray(rings) || rings.length === 0 || !rings.every(isRing)) return null;
  // A height is no part of a boundary.
  return (rings as Rings).map((ring) => ring.map(([lng = NaN, lat = NaN]) => [lng, lat]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Longer than it may be, it was cut.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function ringFaults(rings: Rings): string[] {
  const points = rings.flat();
  if (points.length > mostPoints) return [`边界有 ${points.length} 个点，请简化到 ${mostPoints} 个以内`];
  if (rings.some((ring) => ring.length < 4)) return ['边界至少要有三个角'];
  if (rings.some((ring) => ring[0]?.join() !== ring.at(-1)?.join())) return ['边界没有闭合：最后一点要和第一点一样'];
  const isChina = points.every(([lng = 0, lat = 0]) => lng > 73 && lng < 136 && lat > 3 && lat < 54);
  if (!isChina) return ['边界不在中国，请看看是不是经纬度写反了，或者还是平面坐标'];
  return rings.some(crossesItself) ? ['边界自己和自己交叉了，请在制图软件里改好'] : [];
}

/** CGCS2000 is WGS-84 to within centimetres (decisions.md §5.7). */
const systems = { wgs84: gcoord.WGS84, cgcs2000: gcoord.WGS84, gcj02: gcoord.GCJ02 } as const;

/** To seven places: a centimetre. */
export const toGcj02 = (rings: Rings, datum: Datum): Rings =>
  rings.map((ring) =>
    ring.map(([lng = NaN, lat = NaN]) =>
      gcoord.transform([lng, lat], systems[datum], gcoord.GCJ02).map((degrees) => Number(degrees.toFixed(7))),
    ),
  );

interface BoundaryWork {
  readonly id: string | null;
  readonly rings: Rings | null;
}

/** 网格边界: by code, for grids that there are. */
export const boundaryRoster: Roster<BoundaryRow, BoundaryWork> = {
  kind: 'boundaries',
  columns,
  changesTree: true,
  read: readRow,
  keyOf: ({ code }) => code,
  plan: async (_db, scope, units) => units.map((unit) => planBoundary(unit, scope)),
  apply: applyBoundaries,
  // A grid without a new boundary keeps the one it has: there is nothing to tell.
  missing: async () => [],
  countMissing: async () => 0,
  countThere: ({ tree, grid }) =>
    tree.grids.filter(({ id, boundary }) => boundary !== null && tree.isWithin(id, grid.id)).length,
};

function planBoundary({ key, rows }: Unit<BoundaryRow>, scope: RosterScope): UnitPlan<BoundaryWork> {
  const { tree, grid: within, options } = scope;
  const [row, second] = rows;
  if (!row) throw new Error('a unit of no rows');
  const { number, value } = row;
  const faults: Fault[] = [];
  if (second) faults.push({ number: second.number, column: 'code', words: `和第 ${number} 个的编码一样，请核对` });
  const grid = tree.grids.find(({ code }) => code === value.code);
  const isHere = grid !== undefined && tree.isWithin(grid.id, within.id);
  if (!isHere && value.code !== null)
    faults.push({
      number,
      column: 'code',
      words: grid ? `这个网格不在“${within.name}”里` : '没有这个编码的网格，请先导入网格',
    });
  const rings = value.rings && options.datum ? toGcj02(value.rings, options.datum) : null;
  const isSame = JSON.stringify(grid?.boundary?.coordinates) === JSON.stringify(rings);
  const standing = isSame ? 'unchanged' : 'changed';
  const points = rings?.flat().length ?? 0;
  const before = grid?.boundary ? `${grid.boundary.coordinates.flat().length} 个点` : null;
  return {
    ...{ standing, thingId: grid?.id ?? null, title: `${grid?.name ?? ''}　${key}`, faults },
    changes: isSame ? [] : [{ what: '边界', from: before, to: `${points} 个点` }],
    hints: rings && isOutside(rings, scope) ? ['有一部分在全县的边界以外，请核对坐标系选得对不对'] : [],
    work: { id: grid?.id ?? null, rings },
  };
}

/** About 200 m: two surveys of one border differ by that. */
const margin = 0.002;

function isOutside(rings: Rings, { tree, grid }: RosterScope): boolean {
  const outline = grid.county === null ? undefined : tree.grid(grid.county)?.boundary?.coordinates[0];
  if (!outline) return false;
  return [0, 1].some((axis) => {
    const around = outline.map((point) => point[axis] ?? NaN);
    const [least, most] = [Math.min(...around) - margin, Math.max(...around) + margin];
    return rings.flat().some((point) => (point[axis] ?? NaN) < least || (point[axis] ?? NaN) > most);
  });
}

async function applyBoundaries(db: Db, _scope: RosterScope, plans: readonly UnitPlan<BoundaryWork>[]): Promise<void> {
  for (const { work } of plans) {
    const boundary: Grid['boundary'] = work.rings && { type: 'Polygon', coordinates: work.rings };
    await db.write('UPDATE grid SET boundary = ? WHERE id = ?', [JSON.stringify(boundary), work.id]);
  }
}
