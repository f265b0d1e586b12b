import fc from 'fast-check';
import { makeTree, type GridNode, type GridTier } from '../../foundation/reference/tree';
import { isInside, makeLocator, metresBetween, type Point } from './locate';

/** A polygon around the origin: any distances at rising angles give one that does not cross itself. */
const star = fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 3, maxLength: 12 }).map((distances) =>
  distances.map((distance, index) => {
    const angle = (2 * Math.PI * index) / distances.length;
    return [distance * Math.cos(angle), distance * Math.sin(angle)];
  }),
);
const anyPoint = fc.record({
  lng: fc.double({ min: -1.2, max: 1.2, noNaN: true }),
  lat: fc.double({ min: -1.2, max: 1.2, noNaN: true }),
});

/** Another way to the same answer: the angles under which the sides are seen add up to one turn, or to none. */
function turnsAround({ lat, lng }: Point, ring: readonly number[][]): number {
  let sum = 0;
  ring.forEach(([lngB = 0, latB = 0], index) => {
    const [lngA = 0, latA = 0] = ring.at(index - 1) ?? [];
    const [ax, ay, bx, by] = [lngA - lng, latA - lat, lngB - lng, latB - lat];
    sum += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  });
  return Math.round(sum / (2 * Math.PI));
}

describe('a point and a boundary', () => {
  test('inside is where the boundary goes round the point once', () => {
    fc.assert(
      fc.property(star, anyPoint, (ring, point) => {
        expect(isInside(point, [ring])).toBe(turnsAround(point, ring) !== 0);
      }),
      { numRuns: 5_000, seed: 7 },
    );
  });

  test('corners and the middles of sides belong to the grid', () => {
    fc.assert(
      fc.property(star, (ring) => {
        ring.forEach(([lng = 0, lat = 0], index) => {
          const [nextLng = 0, nextLat = 0] = ring[(index + 1) % ring.length] ?? [];
          expect(isInside({ lat, lng }, [ring])).toBe(true);
          expect(isInside({ lat: (lat + nextLat) / 2, lng: (lng + nextLng) / 2 }, [ring])).toBe(true);
        });
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  test('a hole does not belong to the grid, its border does', () => {
    const rings = [square(0, 0, 4), square(1, 1, 2)];
    expect(isInside({ lat: 0.5, lng: 0.5 }, rings)).toBe(true);
    expect(isInside({ lat: 2, lng: 2 }, rings)).toBe(false);
    expect(isInside({ lat: 1, lng: 2 }, rings)).toBe(true);
  });
});

const square = (south: number, west: number, size: number): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

interface Drawn {
  id: string;
  tier: GridTier;
  parent?: GridNode;
  box?: [south: number, west: number, size: number];
  centre?: Point;
}

function draw({ id, tier, parent, box, centre }: Drawn): GridNode {
  const { county = null, town = null, village = null } = parent ?? {};
  return {
    ...{ id, parentId: parent?.id ?? null, tier, code: id, name: id, dutyPhone: null },
    ...{ county, town, village, group: null, [tier]: id },
    ...{ lat: centre?.lat ?? null, lng: centre?.lng ?? null },
    boundary: box ? { coordinates: [square(...box)] } : null,
  };
}

describe('where somebody stands', () => {
  const town = draw({ id: 'town', tier: 'town' });
  const village = draw({ id: 'village', tier: 'village', parent: town, box: [23, 114, 0.03] });
  const near = { lat: 23.025, lng: 114.025 };
  const grids = [
    town,
    village,
    draw({ id: 'group2', tier: 'group', parent: village, box: [23, 114.01, 0.01] }),
    draw({ id: 'group1', tier: 'group', parent: village, box: [23, 114, 0.01] }),
    draw({ id: 'group3', tier: 'group', parent: village, centre: near }),
    draw({ id: 'group4', tier: 'group', parent: town, centre: { lat: 23.031, lng: 114.025 } }),
  ];
  const locate = makeLocator(makeTree(grids, []));
  const at = (lat: number, lng: number) => {
    const located = locate({ lat, lng });
    return located && [located.grid.id, located.exact];
  };

  test('in a group, it is that group and not the village around it', () => {
    expect(at(23.005, 114.015)).toEqual(['group2', true]);
  });

  test('on the border of two groups, it is the one with the lower code', () => {
    expect(at(23.005, 114.01)).toEqual(['group1', true]);
  });

  test('between the groups of a village, it is its nearest group, to be confirmed, not a nearer one of another', () => {
    expect(at(23.0295, 114.025)).toEqual(['group3', false]);
  });

  test('outside of all boundaries, it is the nearest centre within 5 km, to be confirmed', () => {
    expect(at(23.05, 114.025)).toEqual(['group4', false]);
    expect(at(23.2, 114.025)).toBeNull();
  });

  test('in a village whose groups nobody has drawn, it is the village', () => {
    const bare = makeLocator(makeTree([town, village], []));
    expect(bare({ lat: 23.01, lng: 114.01 })).toEqual({ grid: village, exact: true });
  });
});

test('distances are right to a few metres', () => {
  expect(metresBetween({ lat: 23, lng: 114 }, { lat: 23.01, lng: 114 })).toBeCloseTo(1112, -1);
  expect(metresBetween({ lat: 23, lng: 114 }, { lat: 23, lng: 114.01 })).toBeCloseTo(1024, -1);
});

test('a county of 3,000 groups answers within a millisecond', () => {
  const groups = Array.from({ length: 3_000 }, (_, index) =>
    draw({
      id: `g${index}`,
      tier: 'group',
      box: [23 + Math.floor(index / 60) * 0.01, 114 + (index % 60) * 0.01, 0.01],
    }),
  );
  const locate = makeLocator(makeTree(groups, []));
  const points = Array.from({ length: 1_000 }, (_, index) => ({
    lat: 23.001 + (index % 50) * 0.0099,
    lng: 114.001 + index * 0.0005,
  }));
  points.forEach(locate);
  const begun = performance.now();
  for (const point of points) expect(locate(point)?.exact).toBe(true);
  expect((performance.now() - begun) / points.length).toBeLessThan(1);
});
