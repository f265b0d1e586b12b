import type { GridNode } from '../../foundation/reference/tree';
import type { Change } from '../../foundation/rosters/roster';
import type { Drawn } from './boundary-drawing';
import { isInside, metresBetween } from './locate';
import { middleOf, sharedAreaOf, type Rings, type Shape } from './polygon-area';

/** What a boundary is looked at with. */
export interface Around {
  /** The nearest one above that has a boundary. */
  readonly above: Drawn | null;
  /** Those of the same tier that may meet it. */
  readonly beside: readonly Drawn[];
}

export function changesOf(before: Shape | null, after: Shape): Change[] {
  const points = (rings: Rings): string => `${rings.reduce((sum, ring) => sum + ring.length - 1, 0)} 个`;
  const holes = (rings: Rings): string => (rings.length > 1 ? `，挖空 ${rings.length - 1} 处` : '');
  const shown = ({ rings }: Shape): string => `${points(rings)}${holes(rings)}`;
  const moved = before === null ? null : movedWords(before, after);
  return [
    { what: '面积', from: before && areaWords(before.area), to: areaWords(after.area) },
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

function movedWords(before: Shape, after: Shape): string | null {
  const [from, to] = [middleOf(before.box), middleOf(after.box)];
  const metres = metresBetween(from, to);
  if (metres < leastMove) return null;
  const angle = Math.atan2(to.lat - from.lat, (to.lng - from.lng) * Math.cos((to.lat * Math.PI) / 180));
  const wind = winds[(Math.round(angle / (Math.PI / 4)) + winds.length) % winds.length] ?? '';
  return `往${wind}移了约 ${metres < 1_000 ? `${Math.round(metres / 10) * 10} 米` : `${(metres / 1_000).toFixed(1)} 公里`}`;
}

/** Two surveys of one border differ by so much. */
const tolerated = 0.01;
const percent = (share: number): string => `${Math.max(1, Math.round(share * 100))}%`;

/** What is odd about where it lies, as sentences for whoever has drawn it. */
export function hintsOf(grid: GridNode, shape: Shape, { above, beside }: Around): string[] {
  return [...outsideHints(shape, above), ...overlapHints(shape, beside), ...centreHints(grid, shape)];
}

function outsideHints(shape: Shape, above: Drawn | null): string[] {
  if (!above) return [];
  const share = 1 - sharedAreaOf(shape, above.shape) / shape.area;
  if (share <= tolerated) return [];
  const most = share > 0.5 ? '，请核对编码和坐标系选得对不对' : '，请核对';
  return [`约 ${percent(share)} 在上级“${above.grid.name}”的边界以外${most}`];
}

function overlapHints(own: Shape, beside: readonly Drawn[]): string[] {
  return beside.flatMap(({ grid: { name }, shape: other }) => {
    const shared = sharedAreaOf(own, other);
    if (shared / Math.min(own.area, other.area) <= tolerated) return [];
    if (shared / Math.max(own.area, other.area) > 0.95) return [`和“${name}”的边界几乎一样，像是编码写错了，请核对`];
    return [`和“${name}”重叠${areaWords(shared)}，占这个网格的 ${percent(shared / own.area)}，请核对两边的界线`];
  });
}

function centreHints({ lat, lng }: GridNode, { rings }: Shape): string[] {
  if (lat === null || lng === null || isInside({ lat, lng }, rings)) return [];
  return ['这个网格登记的中心点不在边界里，请核对编码，或改中心点'];
}
