import { makeTree, type GridNode, type GridTier, type Tree } from '../src/foundation/reference/tree';
import { isInside, makeLocator, type Point } from '../src/rooms/grids/locate';
import { closedLoop } from './load';
import { judge, measured } from './report';

/** Points of a surveyed border: four corners would be too kind. */
const cornersOfBorder = 200;
const towns = 12;
const villagesOfTown = 15;
const groupsOfVillage = 16;
const pieces = 20_000;
const naivePieces = 500;

/** The width of a group in degrees, about 400 m. */
const width = 0.004;

/** 定位: which of some 3,000 grids holds a point, in memory; beside it every boundary tried in turn, without boxes. */
export async function measureLocate(): Promise<void> {
  const tree = county();
  const locate = makeLocator(tree);
  const points = pointsIn(tree);
  const point = (piece: number): Point => points[piece % points.length] ?? { lat: 0, lng: 0 };
  const known = tree.grids.filter(({ tier }) => tier === 'group');
  const naive = ({ lat, lng }: Point) =>
    known.some(({ boundary }) => isInside({ lat, lng }, boundary?.coordinates ?? []));
  // One at a time: it never waits for anything, so more at once would only measure the queue.
  const found = await measured(`locate among ${tree.grids.length} grids`, [['client', process.pid]], () =>
    closedLoop(1, pieces, async (piece) => locate(point(piece))?.exact === true),
  );
  const scanned = await measured('locate, every boundary in turn', [['client', process.pid]], () =>
    closedLoop(1, naivePieces, async (piece) => naive(point(piece))),
  );
  judge('p99 of locate (ms)', found.p99, '< 1', found.p99 < 1);
  judge(
    'points that no boundary held',
    found.failures + scanned.failures,
    '= 0',
    found.failures + scanned.failures === 0,
  );
  const ratio = found.perSecond / scanned.perSecond;
  judge('locate ÷ every boundary in turn', ratio, '> 10', ratio > 10);
}

/** Groups side by side in rows, villages and towns as strips of them. */
function county(): Tree {
  const grids: GridNode[] = [];
  const add = (tier: GridTier, id: string, line: Partial<GridNode>, box: readonly [number, number, number, number]) => {
    const [west, south, east, north] = box;
    const none = { county: null, town: null, village: null, group: null, dutyPhone: null };
    const parentId = line.parentId ?? null;
    const centre = { lat: (south + north) / 2, lng: (west + east) / 2 };
    grids.push({
      ...none,
      ...line,
      ...centre,
      id,
      parentId,
      tier,
      code: id,
      name: id,
      [tier]: id,
      boundary: border(box),
    });
  };
  const [wide, high] = [groupsOfVillage * width, villagesOfTown * width];
  add('county', 'c', {}, [115, 31, 115 + wide, 31 + towns * high]);
  for (let t = 0; t < towns; t += 1) {
    const [town, south] = [`c-${t}`, 31 + t * high];
    add('town', town, { parentId: 'c', county: 'c' }, [115, south, 115 + wide, south + high]);
    for (let v = 0; v < villagesOfTown; v += 1) {
      const [village, low] = [`${town}-${v}`, south + v * width];
      add('village', village, { parentId: town, county: 'c', town }, [115, low, 115 + wide, low + width]);
      for (let g = 0; g < groupsOfVillage; g += 1) {
        const west = 115 + g * width;
        const line = { parentId: village, county: 'c', town, village };
        add('group', `${village}-${g}`, line, [west, low, west + width, low + width]);
      }
    }
  }
  return makeTree(grids, []);
}

/** A surveyed border: many points on each side. */
function border([west, south, east, north]: readonly [number, number, number, number]): { coordinates: number[][][] } {
  const steps = cornersOfBorder / 4;
  const side = (from: readonly [number, number], to: readonly [number, number]) =>
    Array.from({ length: steps }, (_, step) => {
      const share = step / steps;
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    });
  const [a, b, c, d] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ] as const;
  return { coordinates: [[...side(a, b), ...side(b, c), ...side(c, d), ...side(d, a), [...a]]] };
}

/** One near the middle of every group, in an order that jumps about the county. */
function pointsIn(tree: Tree): Point[] {
  const centres = tree.grids.flatMap(({ tier, lat, lng }) =>
    tier === 'group' && lat !== null && lng !== null ? [{ lat: lat + width / 7, lng: lng - width / 9 }] : [],
  );
  return centres.map((_, index) => centres[(index * 1_009) % centres.length] ?? { lat: 0, lng: 0 });
}
