import gcoord from 'gcoord';
import type { Datum } from '@sandan/shared/people/roster.words';
import type { GridNode } from '../../foundation/reference/tree';
import { breathing } from '../../foundation/background/breathe';
import type { Fault, RosterScope, Unit, UnitPlan } from '../../foundation/rosters/roster';
import { Problem } from '@sandan/shared/problems';
import { drawBoundary, type Drawn } from './boundary-drawing';
import { changesOf, hintsOf, type Around } from './boundary-hints';
import type { BoundaryRow, DrawnRings } from './boundary-row';
import { doMeet, shapeOf, type Shape } from './polygon-area';

/** CGCS2000 is WGS-84 to within centimetres (decisions.md §5.7). */
const systems = { wgs84: gcoord.WGS84, cgcs2000: gcoord.WGS84, gcj02: gcoord.GCJ02 } as const;

/** To seven places: a centimetre. */
const toGcj02 = (rings: DrawnRings, datum: Datum): DrawnRings =>
  rings.map((ring) =>
    ring.map(([lng = NaN, lat = NaN]) =>
      gcoord.transform([lng, lat], systems[datum], gcoord.GCJ02).map((degrees) => Number(degrees.toFixed(7))),
    ),
  );

export interface BoundaryWork {
  readonly id: string | null;
  /** Of the GeoJSON, in GCJ-02. */
  readonly coordinates: string | null;
}

type BoundaryUnit = Unit<BoundaryRow>;

/** Of one file. All boundaries of a county are in memory, in every process: so many take it some seventy megabytes. */
const mostCorners = 1_000_000;

/**
 * 网格边界 of one file, looked at together: a neighbour's boundary may come in the same file. `showing`: what it changes is
 * told and drawn. Breathes, so that the process serves requests meanwhile. Throws `roster.too-many-corners`.
 */
export async function planBoundaries(
  units: readonly BoundaryUnit[],
  scope: RosterScope,
  showing: boolean,
): Promise<UnitPlan<BoundaryWork>[]> {
  const corners = units.flatMap(({ rows }) => rows).reduce((sum, { value }) => sum + value.corners, 0);
  if (corners > mostCorners) throw new Problem('roster.too-many-corners');
  const breathe = breathing();
  const gridByCode = new Map(scope.tree.grids.map((grid) => [grid.code, grid]));
  const read: ReadUnit[] = [];
  for (const unit of units) {
    read.push(readUnit(unit, gridByCode, scope));
    await breathe();
  }
  const later = showing ? await shapesLater(read, scope, breathe) : null;
  const plans: UnitPlan<BoundaryWork>[] = [];
  for (const each of read) {
    plans.push(planBoundary(each, later, scope));
    await breathe();
  }
  return plans;
}

interface ReadUnit {
  readonly unit: BoundaryUnit;
  readonly grid: GridNode | undefined;
  /** In GCJ-02. */
  readonly coordinates: string | null;
  readonly faults: readonly Fault[];
}

function readUnit(unit: BoundaryUnit, gridByCode: ReadonlyMap<string, GridNode>, scope: RosterScope): ReadUnit {
  const { tree, grid: within, options } = scope;
  const [row, ...others] = unit.rows;
  if (!row) throw new Error('a unit of no rows');
  const { number, value } = row;
  const grid = value.code === null ? undefined : gridByCode.get(value.code);
  const faults = others.map((other): Fault => ({
    number: other.number,
    column: 'code',
    words: `和第 ${number} 个的编码一样，请核对`,
  }));
  const fault = (words: string): void => void faults.push({ number, column: 'code', words });
  if (!grid && value.code !== null) fault('没有这个编码的网格，请先导入网格');
  if (grid && !tree.isWithin(grid.id, within.id)) fault(`这个网格不在“${within.name}”里`);
  const isDrawn = value.drawn !== null && options.datum !== undefined;
  const coordinates = isDrawn ? JSON.stringify(toGcj02(ringsOf(value.drawn), options.datum)) : null;
  return { unit, grid, coordinates, faults };
}

const ringsOf = (coordinates: string): DrawnRings => JSON.parse(coordinates) as DrawnRings;

/** Every boundary of the county as it would be, by its grid. */
async function shapesLater(
  read: readonly ReadUnit[],
  { tree }: RosterScope,
  breathe: () => Promise<void>,
): Promise<ReadonlyMap<string, Drawn>> {
  const inFile = new Map(read.map(({ grid, coordinates }) => [grid?.id, coordinates]));
  const later = new Map<string, Drawn>();
  for (const grid of tree.grids) {
    const given = inFile.get(grid.id) ?? null;
    const rings = given === null ? grid.boundary?.coordinates : ringsOf(given);
    if (rings) later.set(grid.id, { grid, shape: shapeOf(rings) });
    await breathe();
  }
  return later;
}

function planBoundary(
  { unit, grid, coordinates, faults }: ReadUnit,
  later: ReadonlyMap<string, Drawn> | null,
  scope: RosterScope,
): UnitPlan<BoundaryWork> {
  const rings = grid?.boundary?.coordinates;
  const isSame = (rings ? JSON.stringify(rings) : null) === coordinates;
  const plan = {
    ...{ standing: isSame ? ('unchanged' as const) : ('changed' as const), thingId: grid?.id ?? null, faults },
    ...{ title: titleOf(unit, grid, scope), work: { id: grid?.id ?? null, coordinates } },
  };
  const after = grid && later?.get(grid.id)?.shape;
  if (isSame || !grid || !after || coordinates === null) return { ...plan, changes: [], hints: [] };
  const before = rings ? shapeOf(rings) : null;
  const around = aroundOf(grid, after, later, scope);
  return {
    ...plan,
    changes: changesOf(before, after),
    hints: hintsOf(grid, after, around),
    draw: () => drawBoundary({ before, after, ...around }),
  };
}

const titleOf = ({ key }: BoundaryUnit, grid: GridNode | undefined, scope: RosterScope): string => {
  const code = key.startsWith('!') ? '没有网格编码' : key;
  return grid ? `${placeOf(grid, scope)}　${code}` : code;
};

const placeOf = ({ id, name, village }: GridNode, { tree }: RosterScope): string =>
  village === null || village === id ? name : `${tree.grid(village)?.name ?? ''}${name}`;

function aroundOf(grid: GridNode, { box }: Shape, later: ReadonlyMap<string, Drawn>, { tree }: RosterScope): Around {
  let above = tree.parent(grid.id);
  while (above && !later.has(above.id)) above = tree.parent(above.id);
  const beside = [...later.values()].filter(
    (each) => each.grid.tier === grid.tier && doMeet(each.shape.box, box) && each.grid.id !== grid.id,
  );
  return { above: (above && later.get(above.id)) ?? null, beside };
}
