/** Outer ring first, then holes; closed, `[lng, lat]` pairs in degrees. */
export type Rings = readonly (readonly (readonly number[])[])[];

export interface Box {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

const metresPerDegree = 111_195;

export function boxOf(rings: Rings): Box {
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const [lng = NaN, lat = NaN] of rings[0] ?? []) {
    box.west = Math.min(box.west, lng);
    box.east = Math.max(box.east, lng);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

const meeting = (one: Box, other: Box): Box => ({
  west: Math.max(one.west, other.west),
  east: Math.min(one.east, other.east),
  south: Math.max(one.south, other.south),
  north: Math.min(one.north, other.north),
});

export const doMeet = (one: Box, other: Box): boolean => {
  const { west, east, south, north } = meeting(one, other);
  return west < east && south < north;
};

const squareMetres = (squareDegrees: number, lat: number): number =>
  squareDegrees * metresPerDegree ** 2 * Math.cos((lat * Math.PI) / 180);

/** In square metres, holes taken away; exact to a thousandth for what is as wide as a county. */
export function areaOf(rings: Rings): number {
  const { south, north } = boxOf(rings);
  const [outer = 0, ...holes] = rings.map((ring) => Math.abs(twiceArea(ring)) / 2);
  return squareMetres(outer - holes.reduce((sum, hole) => sum + hole, 0), (south + north) / 2);
}

const twiceArea = (ring: Rings[number]): number =>
  ring.reduce((sum, [lng = NaN, lat = NaN], index) => {
    const [nextLng = NaN, nextLat = NaN] = ring[(index + 1) % ring.length] ?? [];
    return sum + lng * nextLat - nextLng * lat;
  }, 0);

/** So many lines from west to east tell the common area to about a hundredth. */
const lines = 64;

/** What two shapes have in common, in square metres: along lines of latitude through where they meet. */
export function sharedAreaOf(one: Rings, other: Rings): number {
  const { west, east, south, north } = meeting(boxOf(one), boxOf(other));
  if (!(west < east && south < north)) return 0;
  const step = (north - south) / lines;
  let degrees = 0;
  for (let line = 0; line < lines; line += 1) {
    const lat = south + (line + 0.5) * step;
    degrees += sharedLength(spansAt(one, lat), spansAt(other, lat)) * step;
  }
  return squareMetres(degrees, (south + north) / 2);
}

type Span = readonly [west: number, east: number];

/** Where a line of latitude is inside: between the first and the second side it crosses, the third and the fourth, … */
function spansAt(rings: Rings, lat: number): Span[] {
  const crossed: number[] = [];
  for (const ring of rings) {
    let [fromLng = NaN, fromLat = NaN] = ring.at(-1) ?? [];
    for (const [toLng = NaN, toLat = NaN] of ring) {
      if (fromLat > lat !== toLat > lat)
        crossed.push(fromLng + ((lat - fromLat) / (toLat - fromLat)) * (toLng - fromLng));
      [fromLng, fromLat] = [toLng, toLat];
    }
  }
  crossed.sort((a, b) => a - b);
  return crossed.flatMap((west, index): Span[] => (index % 2 === 0 ? [[west, crossed[index + 1] ?? west]] : []));
}

const sharedLength = (some: readonly Span[], others: readonly Span[]): number =>
  some.reduce(
    (sum, [west, east]) =>
      sum + others.reduce((part, span) => part + Math.max(0, Math.min(east, span[1]) - Math.max(west, span[0])), 0),
    0,
  );

export const middleOf = ({ west, east, south, north }: Box) => ({ lng: (west + east) / 2, lat: (south + north) / 2 });
