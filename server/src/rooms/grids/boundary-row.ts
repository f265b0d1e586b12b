import type { RosterColumn } from '../../foundation/rosters/roster';
import type { RowReader } from '../../foundation/rosters/row-reader';
import { crossesItself } from './crosses-itself';
import { isInside } from './locate';
import { shapeOf } from './polygon-area';

export type DrawnRings = number[][][];

export interface BoundaryRow {
  readonly code: string | null;
  /** The rings as JSON, as they are in the file: a county's, as arrays, would not fit into the memory of the service. */
  readonly drawn: string | null;
  readonly corners: number;
}

const mostPoints = 5_000;

/** Two squares of nowhere. */
const sampleShape = (lng: number, lat: number, size: number): string =>
  JSON.stringify({
    type: 'Polygon',
    coordinates: [
      [
        ...[
          [lng, lat],
          [lng + size, lat],
          [lng + size, lat + size],
          [lng, lat + size],
        ],
        [lng, lat],
      ],
    ],
  });

export const boundaryColumns: readonly RosterColumn[] = [
  {
    ...{ key: 'code', head: '网格编码', needed: true, note: '12 位或 15 位' },
    samples: ['441224105201', '441224105201001'],
  },
  { key: 'name', head: '名称', note: '可以没有', samples: ['示例村', '示例村一组'] },
  {
    ...{ key: 'boundary', head: '边界', needed: true, note: 'GeoJSON 的 Polygon', longest: 1_000_000 },
    samples: [sampleShape(112, 23, 1), sampleShape(112, 23, 0.5)],
  },
];

export function readBoundaryRow(row: RowReader): BoundaryRow {
  row.needed('code');
  const code = row.code('code', /^\d{12}(?:\d{3})?$/, '编码要是 12 位或 15 位数字');
  const shape = givenIn(row.text('boundary', 1_000_000));
  if ('fault' in shape) {
    row.fault('boundary', shape.fault);
    return { code, drawn: null, corners: 0 };
  }
  const [wrong] = ringFaults(shape.rings);
  if (wrong !== undefined) row.fault('boundary', wrong);
  if (wrong !== undefined) return { code, drawn: null, corners: 0 };
  return { code, drawn: JSON.stringify(shape.rings), corners: shape.rings.flat().length };
}

type Given = { readonly rings: DrawnRings } | { readonly fault: string };

/** Of a Polygon, or of a MultiPolygon that is one. */
function givenIn(text: string | null): Given {
  const { type, coordinates } = (parsed(text ?? 'null') ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type === undefined) return { fault: '没有边界，或者边界太大：请在制图软件里画好、简化以后再导出' };
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    return { fault: `要是一个面（Polygon），这里是${otherShapes[String(type)] ?? '别的图形'}` };
  const parts = type === 'MultiPolygon' ? coordinates : [coordinates];
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isPolygon))
    return { fault: '边界的坐标看不懂，请从制图软件重新导出' };
  if (parts.length > 1) return { fault: `边界分成了 ${parts.length} 块，一个网格只能是一块，请拆成几个网格` };
  // A height is no part of a boundary.
  const rings = (parts[0] as DrawnRings).map((ring) => ring.map(([lng = NaN, lat = NaN]) => [lng, lat]));
  return { rings };
}

const otherShapes: Readonly<Record<string, string>> = {
  Point: '一个点',
  MultiPoint: '几个点',
  LineString: '一条线',
  MultiLineString: '几条线',
};

const isPoint = (point: unknown): boolean =>
  Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1]);
const isPolygon = (rings: unknown): boolean =>
  Array.isArray(rings) && rings.length > 0 && rings.every((ring) => Array.isArray(ring) && ring.every(isPoint));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Longer than it may be, it was cut.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isChina = ([lng = 0, lat = 0]: readonly number[]): boolean => lng > 73 && lng < 136 && lat > 3 && lat < 54;
const isDegrees = ([lng = 0, lat = 0]: readonly number[]): boolean => Math.abs(lng) <= 180 && Math.abs(lat) <= 180;

/** The first of them is told: what follows from it says nothing new. */
function ringFaults(rings: DrawnRings): string[] {
  const points = rings.flat();
  if (points.length > mostPoints) return [`边界有 ${points.length} 个点，请简化到 ${mostPoints} 个以内`];
  if (rings.some((ring) => ring.length < 4)) return ['边界至少要有三个角'];
  if (rings.some((ring) => ring[0]?.join() !== ring.at(-1)?.join())) return ['边界没有闭合：最后一点要和第一点一样'];
  if (!points.every(isDegrees)) return ['这是平面坐标（米），不是经纬度，请在制图软件里导出成经纬度'];
  if (points.every(([lng = 0, lat = 0]) => isChina([lat, lng])))
    return ['经度和纬度写反了：每个点要先写经度，再写纬度'];
  if (!points.every(isChina)) return ['边界不在中国，请核对坐标'];
  if (rings.some(crossesItself)) return ['边界自己和自己交叉了，请在制图软件里改好'];
  const [outer = [], ...holes] = rings;
  if (holes.some((hole) => hole.some(([lng = NaN, lat = NaN]) => !isInside({ lng, lat }, [outer]))))
    return ['挖掉的空洞不在边界里面，请在制图软件里改好'];
  return shapeOf(rings).area < 1 ? ['边界围不出面积，请核对'] : [];
}
