import type { GridNode, Tree } from '../../foundation/reference/tree';

/** GCJ-02 degrees, as the boundaries are. */
export interface Point {
  lat: number;
  lng: number;
}

export interface Located {
  grid: GridNode;
  /** A boundary holds the point; otherwise only the nearest centre was found, and the resident is asked. */
  exact: boolean;
}

export type Locator = (point: Point) => Located | null;

interface Place {
  grid: GridNode;
  /** Outer ring first, then holes; [lng, lat] pairs. */
  rings: readonly (readonly number[][])[];
  box: Box;
}
interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** How far the nearest centre may be when no boundary holds the point. */
const nearest = 5_000;
const smallestFirst = ['group', 'village', 'town', 'county'];

/**
 * Finds the grid of a place among all boundaries, in memory (decisions.md §5.7). On a border the smaller grid wins,
 * then the lower code. Between the boundaries of the groups, or where there are none, it is the group with the nearest
 * centre within 5 km, in the village that holds the point if one does.
 */
export function makeLocator(tree: Tree): Locator {
  const places = tree.grids
    .flatMap((grid): Place[] => (grid.boundary ? [placeOf(grid, grid.boundary.coordinates)] : []))
    .sort((a, b) => rank(a.grid) - rank(b.grid) || (a.grid.code < b.grid.code ? -1 : 1));
  const centres = tree.grids.filter((grid) => grid.tier === 'group' && grid.lat !== null && grid.lng !== null);

  return (point) => {
    const holder = places.find(({ box, rings }) => isInBox(point, box) && isInside(point, rings))?.grid;
    if (holder?.tier === 'group') return { grid: holder, exact: true };
    const inReach = holder ? centres.filter(({ id }) => tree.isWithin(id, holder.id)) : centres;
    const near = nearestOf(point, inReach);
    if (near) return { grid: near, exact: false };
    return holder ? { grid: holder, exact: true } : null;
  };
}

const rank = ({ tier }: GridNode): number => smallestFirst.indexOf(tier);

function placeOf(grid: GridNode, rings: number[][][]): Place {
  const [outer = []] = rings;
  const lngs = outer.map(([lng = 0]) => lng);
  const lats = outer.map(([, lat = 0]) => lat);
  const box = { south: Math.min(...lats), north: Math.max(...lats), west: Math.min(...lngs), east: Math.max(...lngs) };
  return { grid, rings, box };
}

const isInBox = ({ lat, lng }: Point, { south, north, west, east }: Box): boolean =>
  lat >= south && lat <= north && lng >= west && lng <= east;

/** Inside the outer ring and in no hole; borders belong to the grid, also those of its holes. */
export function isInside(point: Point, rings: readonly (readonly (readonly number[])[])[]): boolean {
  const sides = rings.map((ring) => sideOf(point, ring));
  if (sides.includes('border')) return true;
  return sides[0] === 'in' && !sides.slice(1).includes('in');
}

/** Counts how often a ray to the east crosses the ring. */
function sideOf({ lat, lng }: Point, ring: readonly (readonly number[])[]): 'in' | 'out' | 'border' {
  let isIn = false;
  let [fromLng = NaN, fromLat = NaN] = ring.at(-1) ?? [];
  for (const [toLng = NaN, toLat = NaN] of ring) {
    const turn = (toLng - fromLng) * (lat - fromLat) - (toLat - fromLat) * (lng - fromLng);
    const isBetween =
      Math.min(fromLat, toLat) <= lat &&
      lat <= Math.max(fromLat, toLat) &&
      Math.min(fromLng, toLng) <= lng &&
      lng <= Math.max(fromLng, toLng);
    if (isBetween && Math.abs(turn) <= tolerance) return 'border';
    if (fromLat > lat !== toLat > lat && turn > 0 === toLat > fromLat) isIn = !isIn;
    [fromLng, fromLat] = [toLng, toLat];
  }
  return isIn ? 'in' : 'out';
}

/** Twice the area, in square degrees, that rounding may make of a point on the line: far below a millimetre. */
const tolerance = 1e-13;

function nearestOf(point: Point, grids: readonly GridNode[]): GridNode | undefined {
  let best: { grid: GridNode; metres: number } | undefined;
  for (const grid of grids) {
    const metres = metresBetween(point, { lat: grid.lat ?? NaN, lng: grid.lng ?? NaN });
    if (metres <= nearest && (!best || metres < best.metres)) best = { grid, metres };
  }
  return best?.grid;
}

const metresPerDegree = 111_195;

/** Flat-earth distance: exact to a metre over the few kilometres that a town is wide. */
export function metresBetween(a: Point, b: Point): number {
  const east = (a.lng - b.lng) * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return Math.hypot(a.lat - b.lat, east) * metresPerDegree;
}
