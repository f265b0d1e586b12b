import type { Grid, Tier } from '../rooms/grids/grid.entity';
import { numeral } from './names';
import { centroid, geoJson, outline, rounded, splitPolygon, type Point, type Polygon } from './polygons';
import type { Random } from './random';

/** A town modelled on real figures (product.md): 1 big, 16 middle, 147 small grids. The place itself is invented. */
// prettier-ignore
const villages: readonly (readonly [name: string, groups: number])[] = [
  ['碧塘村', 10], ['石岭村', 9], ['上围村', 8], ['大坪村', 11], ['凤岗村', 9], ['水口村', 10],
  ['长塘村', 7], ['南蛇岭村', 9], ['新圩社区', 12], ['古井村', 8], ['横江村', 10], ['榕树下村', 9],
  ['莲塘村', 8], ['竹园村', 10], ['下寮村', 9], ['马头寨村', 8],
];

const centre: Point = [114.3927, 23.2841];
const radius = 0.045;

/** Codes of a prefecture that does not exist. */
const countyCode = '449901';

export interface Place {
  grid: Grid;
  polygon: Polygon;
}

export interface Places {
  county: Place;
  town: Place;
  villages: { village: Place; groups: Place[] }[];
}

export function layOutTown(random: Random, at: Date): Places {
  const whole = outline(centre, radius, random);
  const newPlace = (parent: Place | null, tier: Tier, name: string, code: string, polygon: Polygon): Place => {
    const id = random.id(at);
    const [lng, lat] = rounded(centroid(polygon));
    const above = parent?.grid;
    const line = {
      ...{ countyId: above?.countyId ?? null, townId: above?.townId ?? null },
      ...{ villageId: above?.villageId ?? null, groupId: null, [`${tier}Id`]: id },
    };
    const grid = { id, parentId: above?.id ?? null, tier, code, name, ...line, lat, lng, boundary: geoJson(polygon) };
    return { polygon, grid: { ...grid, dutyPhone: dutyPhone(tier, code), closedAt: null, successorId: null } };
  };

  const county = newPlace(null, 'county', '青禾县', `${countyCode}000000`, whole);
  const town = newPlace(county, 'town', '东澄镇', `${countyCode}101000`, whole);
  const shares = splitPolygon(whole, villages.length, random);
  return {
    county,
    town,
    villages: villages.map(([name, size], index) => {
      const code = `${countyCode}101${201 + index}`;
      const village = newPlace(town, 'village', name, code, shares[index] as Polygon);
      const parts = splitPolygon(village.polygon, size, random);
      const groups = parts.map((part, place) =>
        newPlace(village, 'group', `${numeral(place + 1)}组`, `${code}${String(place + 1).padStart(3, '0')}`, part),
      );
      return { village, groups };
    }),
  };
}

/** Duty numbers of the town and its villages, on an exchange that is not in use. */
function dutyPhone(tier: Tier, code: string): string | null {
  if (tier === 'town') return '0700-8880110';
  return tier === 'village' ? `0700-8880${code.slice(-3)}` : null;
}

export const allGrids = ({ county, town, villages: all }: Places): Grid[] => [
  county.grid,
  town.grid,
  ...all.map(({ village }) => village.grid),
  ...all.flatMap(({ groups }) => groups.map(({ grid }) => grid)),
];
