import gcoord from 'gcoord';
import type { Datum } from '@sandan/shared/people/roster.words';
import type { GridNode } from '../../foundation/reference/tree';
import type { Change, Fault, RosterScope, Unit, UnitPlan } from '../../foundation/rosters/roster';
import { drawBoundary, type Drawn } from './boundary-drawing';
import type { BoundaryRow, DrawnRings } from './boundary-row';
import { isInside, metresBetween } from './locate';
import { areaOf, boxOf, doMeet, middleOf, sharedAreaOf, type Rings } from './polygon-area';

/** CGCS2000 is WGS-84 to within centimetres (decisions.md §5.7). */
const systems = { wgs84: gcoord.WGS84, cgcs2000: gcoord.WGS84, gcj02: gcoord.GCJ02 } as const;

/** To seven places: a centimetre. */
export const toGcj02 = (rings: DrawnRings, datum: Datum): DrawnRings =>
  rings.map((ring) =>
    ring.map(([lng = NaN, lat = NaN]) =>
      gcoord.transform([lng, lat], systems[datum], gcoord.GCJ02).map((degrees) => Number(degrees.toFixed(7))),
    ),
  );

export interface BoundaryWork {
  readonly id: string | null;
  readonly rings: DrawnRings | null;
}

type BoundaryUnit = Unit<BoundaryRow>;

/** 网格边界 of one file, looked at together: a neighbour's boundary may come in the same file. */
export function planBoundaries(units: readonly BoundaryUnit[], scope: RosterScope): UnitPlan<BoundaryWork>[] {
  const gridByCode = new Map(scope.tree.grids.map((grid) => [grid.code, grid]));
  const read = units.map((unit) => readUnit(unit, gridByCode, scope));
  const later = new Map<string, Rings>();
  for (const { id, boundary } of scope.tree.grids) if (boundary) later.set(id, boundary.coordinates);
  for (const { grid, rings } of read) if (grid && rings) later.set(grid.id, rings);
  const drawn = scope.tree.grids.flatMap((grid): Drawn[] => {
    const rings = later.get(grid.id);
    return rings ? [{ grid, rings, box: boxOf(rings) }] : [];
  });
  return read.map((each) => planBoundary(each, drawn, scope));
}

interface ReadUnit {
  readonly unit: BoundaryUnit;
  readonly grid: GridNode | undefined;
  /** In GCJ-02. */
  readonly rings: DrawnRings | null;
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
  const rings = value.rings && options.datum ? toGcj02(value.rings, options.datum) : null;
  return { unit, grid, rings, faults };
}

function planBoundary(
  { unit, grid, rings, faults }: ReadUnit,
  drawn: readonly Drawn[],
  scope: RosterScope,
): UnitPlan<BoundaryWork> {
  const before = grid?.boundary?.coordinates ?? null;
  const isSame = JSON.stringify(before ?? undefined) === JSON.stringify(rings ?? undefined);
  const plan = {
    ...{ standing: isSame ? ('unchanged' as const) : ('changed' as const), thingId: grid?.id ?? null, faults },
    ...{ title: titleOf(unit, grid, scope), work: { id: grid?.id ?? null, rings } },
  };
  if (isSame || !grid || !rings) return { ...plan, changes: [], hints: [] };
  const around = aroundOf(grid, rings, drawn, scope);
  return {
    ...plan,
    changes: changesOf(before, rings),
    hints: [...outsideHints(rings, around.above), ...overlapHints(rings, around.beside), ...centreHints(grid, rings)],
    drawing: drawBoundary({ before, after: rings, ...around }),
  };
}

const titleOf = ({ key }: BoundaryUnit, grid: GridNode | undefined, scope: RosterScope): string => {
  const code = key.startsWith('!') ? '没有网格编码' : key;
  return grid ? `${placeOf(grid, scope)}　${code}` : code;
};

const placeOf = ({ id, name, village }: GridNode, { tree }: RosterScope): string =>
  village === null || village === id ? name : `${tree.grid(village)?.name ?? ''}${name}`;

/** The nearest one above that has a boundary, and those of the same tier that meet it. */
function aroundOf(grid: GridNode, rings: Rings, drawn: readonly Drawn[], { tree }: RosterScope) {
  const box = boxOf(rings);
  const above = drawn.filter((each) => each.grid.id !== grid.id && tree.isWithin(grid.id, each.grid.id));
  const lowest = above.find(({ grid: { id } }) => above.every((each) => tree.isWithin(id, each.grid.id)));
  const beside = drawn.filter(
    (each) => each.grid.id !== grid.id && each.grid.tier === grid.tier && doMeet(each.box, box),
  );
  return { above: lowest ?? null, beside };
}

function changesOf(before: Rings | null, after: Rings): Change[] {
  const points = (rings: Rings): string => `${rings.reduce((sum, ring) => sum + ring.length - 1, 0)} 个`;
  const holes = (rings: Rings): string => (rings.length > 1 ? `，挖空 ${rings.length - 1} 处` : '');
  const shown = (rings: Rings): string => `${points(rings)}${holes(rings)}`;
  const moved = before === null ? null : movedWords(before, after);
  return [
    { what: '面积', from: before && areaWords(areaOf(before)), to: areaWords(areaOf(after)) },
    { what: '边界上的角', from: before && shown(before), to: shown(after) },
    ...(moved === null ? [] : [{ what: '位置', from: null, to: moved }]),
  ];
}

const squareKilometre = 1_000_000;
/** 一亩 */
const mu = 10_000 / 15;

/** A village thinks in 亩; of what is as large as a village nobody can picture so many. */
const areaWords = (metres: number): string =>
  metres < 10 * squareKilometre
    ? `约 ${Math.max(1, Math.round(metres / mu))} 亩`
    : `约 ${(metres / squareKilometre).toFixed(1)} 平方公里`;

/** Less is the other hand that has drawn it. */
const leastMove = 50;
const winds = ['东', '东北', '北', '西北', '西', '西南', '南', '东南'];

function movedWords(before: Rings, after: Rings): string | null {
  const [from, to] = [middleOf(boxOf(before)), middleOf(boxOf(after))];
  const metres = metresBetween(from, to);
  if (metres < leastMove) return null;
  const angle = Math.atan2(to.lat - from.lat, (to.lng - from.lng) * Math.cos((to.lat * Math.PI) / 180));
  const wind = winds[(Math.round(angle / (Math.PI / 4)) + winds.length) % winds.length] ?? '';
  return `往${wind}移了约 ${metres < 1_000 ? `${Math.round(metres / 10) * 10} 米` : `${(metres / 1_000).toFixed(1)} 公里`}`;
}

/** Two surveys of one border differ by so much. */
const tolerated = 0.01;
const percent = (share: number): string => `${Math.max(1, Math.round(share * 100))}%`;

function outsideHints(rings: Rings, above: Drawn | null): string[] {
  if (!above) return [];
  const share = 1 - sharedAreaOf(rings, above.rings) / areaOf(rings);
  if (share <= tolerated) return [];
  const most = share > 0.5 ? '，请核对编码和坐标系选得对不对' : '，请核对';
  return [`约 ${percent(share)} 在上级“${above.grid.name}”的边界以外${most}`];
}

function overlapHints(rings: Rings, beside: readonly Drawn[]): string[] {
  const own = areaOf(rings);
  return beside.flatMap(({ grid: { name }, rings: theirs }) => {
    const [shared, other] = [sharedAreaOf(rings, theirs), areaOf(theirs)];
    if (shared / Math.min(own, other) <= tolerated) return [];
    if (shared / Math.max(own, other) > 0.95) return [`和“${name}”的边界几乎一样，像是编码写错了，请核对`];
    return [`和“${name}”重叠${areaWords(shared)}，占这个网格的 ${percent(shared / own)}，请核对两边的界线`];
  });
}

function centreHints({ lat, lng }: GridNode, rings: Rings): string[] {
  if (lat === null || lng === null || isInside({ lat, lng }, rings)) return [];
  return ['这个网格登记的中心点不在边界里，请核对编码，或改中心点'];
}
