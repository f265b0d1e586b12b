import type { Random } from './random';

/** [lng, lat] in GCJ-02; convex, counter-clockwise, not closed. */
export type Point = readonly [lng: number, lat: number];
export type Polygon = readonly Point[];

/** An irregular convex outline around a centre, `radius` in degrees of latitude. */
export function outline(centre: Point, radius: number, random: Random): Point[] {
  const corners = 14;
  const widen = 1 / Math.cos((centre[1] * Math.PI) / 180);
  return Array.from({ length: corners }, (_, corner) => {
    const angle = ((corner + random.between(-0.25, 0.25)) / corners) * 2 * Math.PI;
    return [centre[0] + radius * widen * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
  });
}

/** Cuts a convex polygon into so many convex parts of about the same size, which together cover it exactly. */
export function splitPolygon(polygon: Polygon, parts: number, random: Random): Polygon[] {
  if (parts === 1) return [polygon];
  const first = Math.floor(parts / 2);
  const [one, other] = cut(polygon, first / parts, acrossLongSide(polygon, random));
  return [...splitPolygon(one, first, random), ...splitPolygon(other, parts - first, random)];
}

/** The direction to cut against: along the longer side of the box around it, turned a little. */
function acrossLongSide(polygon: Polygon, random: Random): Point {
  const extent = (axis: 0 | 1): number => {
    const values = polygon.map((point) => point[axis]);
    return Math.max(...values) - Math.min(...values);
  };
  const angle = (extent(0) > extent(1) ? 0 : Math.PI / 2) + random.between(-0.3, 0.3);
  return [Math.cos(angle), Math.sin(angle)];
}

/** Two parts along a direction, the first with this share of the area. */
function cut(polygon: Polygon, share: number, direction: Point): [Polygon, Polygon] {
  const along = (point: Point): number => point[0] * direction[0] + point[1] * direction[1];
  const whole = area(polygon);
  let low = Math.min(...polygon.map(along));
  let high = Math.max(...polygon.map(along));
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (area(sideOf(polygon, along, middle, -1)) < share * whole) low = middle;
    else high = middle;
  }
  return [sideOf(polygon, along, low, -1), sideOf(polygon, along, low, 1)];
}

/** What lies on one side of a line (Sutherland–Hodgman with one edge). */
function sideOf(polygon: Polygon, along: (point: Point) => number, limit: number, side: 1 | -1): Polygon {
  const inside = (point: Point): boolean => (along(point) - limit) * side >= 0;
  return polygon.flatMap((point, index) => {
    const next = polygon[(index + 1) % polygon.length] as Point;
    const kept = inside(point) ? [point] : [];
    if (inside(point) === inside(next)) return kept;
    const share = (limit - along(point)) / (along(next) - along(point));
    return [...kept, [point[0] + share * (next[0] - point[0]), point[1] + share * (next[1] - point[1])] as const];
  });
}

const edges = (polygon: Polygon): [Point, Point, cross: number][] =>
  polygon.map((point, index) => {
    const next = polygon[(index + 1) % polygon.length] as Point;
    return [point, next, point[0] * next[1] - next[0] * point[1]];
  });

/** In square degrees: for comparing only. */
export const area = (polygon: Polygon): number => edges(polygon).reduce((sum, [, , cross]) => sum + cross, 0) / 2;

export function centroid(polygon: Polygon): Point {
  // Around the first corner, or the small differences drown in the large coordinates.
  const [west, south] = polygon[0] as Point;
  const moved = polygon.map(([lng, lat]) => [lng - west, lat - south] as const);
  const scale = 1 / (6 * area(moved));
  const sum = (axis: 0 | 1) =>
    edges(moved).reduce((total, [one, next, cross]) => total + (one[axis] + next[axis]) * cross, 0);
  return [west + sum(0) * scale, south + sum(1) * scale];
}

/** A point somewhere in it, more likely in the middle. */
export function pointIn(polygon: Polygon, random: Random): Point {
  const [lng, lat] = centroid(polygon);
  const corner = random.pick(polygon);
  const share = random.between(0, 0.85);
  return [lng + share * (corner[0] - lng), lat + share * (corner[1] - lat)];
}

/** Six places of decimals: a tenth of a metre. */
export const rounded = ([lng, lat]: Point): [number, number] => [
  Math.round(lng * 1e6) / 1e6,
  Math.round(lat * 1e6) / 1e6,
];

export const geoJson = (polygon: Polygon): { type: 'Polygon'; coordinates: number[][][] } => {
  const ring = polygon.map(rounded);
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as number[]]] };
};
