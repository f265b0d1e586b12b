import gcoord from 'gcoord';
import { treeLimits, type Datum } from '@sandan/shared/trees/tree.words';
import { Problem } from '@sandan/shared/problems';

export interface Boundary {
  type: 'Polygon';
  coordinates: number[][][];
}

/**
 * Checks a surveyed polygon and brings it to GCJ-02, as everything is stored (decisions.md §5.7). CGCS2000 is WGS-84 to
 * within centimetres. Throws `tree.boundary` (422) with words that name the ring.
 */
export function takeBoundary(given: Boundary, datum: Datum): Boundary {
  const points = given.coordinates.reduce((sum, ring) => sum + ring.length, 0);
  if (points > treeLimits.boundaryPoints)
    throw wrong(`边界有 ${points} 个点，请简化到 ${treeLimits.boundaryPoints} 个以内`);
  given.coordinates.forEach((ring, index) => {
    const name = index === 0 ? '外圈' : `第 ${index} 个内圈`;
    if (ring.length < 4) throw wrong(`${name}至少要 4 个点，首尾是同一个点`);
    if (!isSame(ring[0], ring.at(-1))) throw wrong(`${name}没有闭合，最后一个点要和第一个点一样`);
    if (Math.abs(areaOf(ring)) < 1e-12) throw wrong(`${name}没有面积，请检查点的顺序`);
    if (crossesItself(ring)) throw wrong(`${name}的边互相交叉，请检查点的顺序`);
  });
  if (datum === 'GCJ02') return { type: 'Polygon', coordinates: given.coordinates };
  const moved = given.coordinates.map((ring) =>
    ring.map(([lng = NaN, lat = NaN]) => gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02) as number[]),
  );
  return { type: 'Polygon', coordinates: moved };
}

const wrong = (words: string) => new Problem('tree.boundary', { fields: { 'change.boundary': words } });

const isSame = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** Twice the signed area, in square degrees. */
function areaOf(ring: readonly number[][]): number {
  return ring.reduce((sum, [lng = 0, lat = 0], index) => {
    const [nextLng = 0, nextLat = 0] = ring[index + 1] ?? [lng, lat];
    return sum + lng * nextLat - nextLng * lat;
  }, 0);
}

/** Every pair of sides that are not neighbours; 2,000 points are two million quick comparisons. */
function crossesItself(ring: readonly number[][]): boolean {
  const sides = ring.slice(1).map((to, index) => [ring[index] ?? to, to] as const);
  return sides.some(([a, b], first) =>
    sides.slice(first + 2).some(([c, d], after) => {
      const isLastBesideFirst = first === 0 && first + 2 + after === sides.length - 1;
      return !isLastBesideFirst && crosses(a, b, c, d);
    }),
  );
}

const turn = (
  [ax = 0, ay = 0]: readonly number[],
  [bx = 0, by = 0]: readonly number[],
  [cx = 0, cy = 0]: readonly number[],
) => Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

const crosses = (a: number[], b: number[], c: number[], d: number[]): boolean =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

/** The middle of the outer ring by area: where the map puts the name. */
export function centreOf({ coordinates: [outer = []] }: Boundary): { lat: number; lng: number } {
  const [originLng = 0, originLat = 0] = outer[0] ?? [];
  // Counted from the first point: the products of whole degrees would eat the digits that matter.
  const near = outer.map(([lng = 0, lat = 0]) => [lng - originLng, lat - originLat]);
  const area = areaOf(near);
  const [sumLng, sumLat] = near.reduce<[number, number]>(
    ([sumX, sumY], [x = 0, y = 0], index) => {
      const [nextX = 0, nextY = 0] = near[index + 1] ?? [x, y];
      const weight = x * nextY - nextX * y;
      return [sumX + (x + nextX) * weight, sumY + (y + nextY) * weight];
    },
    [0, 0],
  );
  return { lng: originLng + sumLng / (3 * area), lat: originLat + sumLat / (3 * area) };
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}
export function boxOf({ coordinates: [outer = []] }: Boundary): Box {
  const lngs = outer.map(([lng = 0]) => lng);
  const lats = outer.map(([, lat = 0]) => lat);
  return { west: Math.min(...lngs), south: Math.min(...lats), east: Math.max(...lngs), north: Math.max(...lats) };
}

/** Surveys never meet to the metre: about 200 m are let pass. */
const slack = 0.002;
export const liesWithin = (inner: Box, outer: Box): boolean =>
  inner.west >= outer.west - slack &&
  inner.south >= outer.south - slack &&
  inner.east <= outer.east + slack &&
  inner.north <= outer.north + slack;
