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

export const doMeet = (one: Box, other: Box): boolean =>
  one.west < other.east && other.west < one.east && one.south < other.north && other.south < one.north;

const squareMetres = (squareDegrees: number, lat: number): number =>
  squareDegrees * metresPerDegree ** 2 * Math.cos((lat * Math.PI) / 180);

/** A polygon, with what is asked about it again and again. */
export interface Shape {
  readonly rings: Rings;
  readonly box: Box;
  /** In square metres, holes taken away; exact to a thousandth for what is as wide as a county. */
  readonly area: number;
  /** Of each ring: 1 where it goes against the clock, -1 where it goes with it. */
  readonly turns: readonly number[];
}

export function shapeOf(rings: Rings): Shape {
  const box = boxOf(rings);
  const areas = rings.map((ring) => twiceArea(ring) / 2);
  const [outer = 0, ...holes] = areas.map(Math.abs);
  const degrees = outer - holes.reduce((sum, hole) => sum + hole, 0);
  return { rings, box, area: squareMetres(degrees, (box.south + box.north) / 2), turns: areas.map(Math.sign) };
}

/** Counted from the first corner: the products of whole degrees would eat the digits that matter. */
function twiceArea(ring: Rings[number]): number {
  const [originLng = NaN, originLat = NaN] = ring[0] ?? [];
  let sum = 0;
  let [fromLng, fromLat] = [0, 0];
  for (const [lng = NaN, lat = NaN] of ring) {
    const [toLng, toLat] = [lng - originLng, lat - originLat];
    sum += fromLng * toLat - toLng * fromLat;
    [fromLng, fromLat] = [toLng, toLat];
  }
  return sum;
}

/**
 * What two shapes have in common, in square metres; exact. Over each longitude the common length is the sum, over all
 * pairs of a side of one and a side of the other, of the lower of the two, with the sign of both: what lies below cancels
 * out. So each pair of sides gives a little area of its own. It goes along where they meet, from west to east or from
 * south to north: along a border few sides stand beside one another.
 */
export function sharedAreaOf(one: Shape, other: Shape): number {
  const common = meeting(one.box, other.box);
  const [wide, high] = [common.east - common.west, common.north - common.south];
  if (!(wide > 0 && high > 0)) return 0;
  const along = wide > high ? 0 : 1;
  const degrees = sharedDegrees(sidesOf(one, common, along), sidesOf(other, common, along));
  return squareMetres(Math.max(0, degrees), (common.south + common.north) / 2);
}

/** A side; degrees from the corner of the common box, so that no digits are lost. */
interface Side {
  readonly begin: number;
  readonly end: number;
  /** Where it begins, and how it rises from there. */
  readonly height: number;
  readonly slope: number;
  /** On which side of it the inside lies. */
  readonly sign: number;
}

/** The sides of which a part lies along the box, cut off at its ends, by where they begin. */
function sidesOf({ rings, turns }: Shape, { west, east, south, north }: Box, along: 0 | 1): Side[] {
  const across = along === 0 ? 1 : 0;
  const [origin, bottom, length] = along === 0 ? [west, south, east - west] : [south, west, north - south];
  const sides: Side[] = [];
  for (const [index, ring] of rings.entries()) {
    const turn = (turns[index] ?? 0) * (index === 0 ? 1 : -1);
    let last = ring.at(-1) ?? [];
    for (const corner of ring) {
      const [from, to] = [(last[along] ?? NaN) - origin, (corner[along] ?? NaN) - origin];
      const height = (last[across] ?? NaN) - bottom;
      const rise = (corner[across] ?? NaN) - bottom - height;
      last = corner;
      const [begin, end] = [Math.max(0, Math.min(from, to)), Math.min(length, Math.max(from, to))];
      if (!(begin < end)) continue;
      const slope = rise / (to - from);
      sides.push({ begin, end, slope, height: height + slope * (begin - from), sign: to > from ? turn : -turn });
    }
  }
  return sides.sort((a, b) => a.begin - b.begin);
}

/** Each side against those of the other shape that it stands beside. */
function sharedDegrees(own: readonly Side[], theirs: readonly Side[]): number {
  let degrees = 0;
  let [openOwn, openTheirs]: [Side[], Side[]] = [[], []];
  for (let [at, there] = [0, 0]; at < own.length || there < theirs.length;) {
    const [mine, its] = [own[at], theirs[there]];
    if (mine && (!its || mine.begin <= its.begin)) {
      openTheirs = openTheirs.filter(({ end }) => end > mine.begin);
      for (const each of openTheirs) degrees += mine.sign * each.sign * areaUnderLower(mine, each);
      openOwn.push(mine);
      at += 1;
    } else if (its) {
      openOwn = openOwn.filter(({ end }) => end > its.begin);
      for (const each of openOwn) degrees += its.sign * each.sign * areaUnderLower(its, each);
      openTheirs.push(its);
      there += 1;
    }
  }
  return degrees;
}

/** Below the lower of two sides, as far as both run. */
function areaUnderLower(one: Side, other: Side): number {
  const [begin, end] = [Math.max(one.begin, other.begin), Math.min(one.end, other.end)];
  const [a, b] = [heightAt(one, begin), heightAt(one, end)];
  const [c, d] = [heightAt(other, begin), heightAt(other, end)];
  const [before, after] = [a - c, b - d];
  if (before * after >= 0) return ((before + after < 0 ? a + b : c + d) / 2) * (end - begin);
  const share = before / (before - after);
  const crossing = a + (b - a) * share;
  const [first, last] = before < 0 ? [a, d] : [c, b];
  return (((first + crossing) / 2) * share + ((crossing + last) / 2) * (1 - share)) * (end - begin);
}

const heightAt = ({ begin, height, slope }: Side, at: number): number => height + slope * (at - begin);

export const middleOf = ({ west, east, south, north }: Box) => ({ lng: (west + east) / 2, lat: (south + north) / 2 });
