import { nodeReached } from '../../foundation/access/nodes';
import type { Change, Fault, RosterScope, Unit, UnitPlan } from '../../foundation/rosters/roster';
import type { Hanging } from '../trees/tree-rows.queries';
import type { FoundGrid } from './grid-roster.queries';
import { tierNames, tiersDown, type GridRow } from './grid-row';
import type { Grid, Tier } from './grid.entity';

type Facts = Pick<Grid, 'name' | 'dutyPhone' | 'lat' | 'lng'>;

export interface GridWork {
  readonly id: string | null;
  readonly code: string;
  readonly tier: Tier;
  readonly parentCode: string | null;
  readonly set: Partial<Facts>;
  /** As it stood before; null where it is new. */
  readonly was: Facts | null;
  readonly closes: boolean;
}

export interface FoundForGrids {
  readonly byCode: ReadonlyMap<string, FoundGrid>;
  readonly inFile: ReadonlyMap<string, GridRow>;
  /** Of those that the file closes, by their id. */
  readonly hanging: ReadonlyMap<string, Hanging>;
}

type GridUnit = Unit<GridRow>;
type NoteFault = (column: string, words: string) => void;

export function planGrid({ rows, key }: GridUnit, found: FoundForGrids, scope: RosterScope): UnitPlan<GridWork> {
  const [row, second] = rows;
  if (!row) throw new Error('a unit of no rows');
  const { number, value } = row;
  const faults: Fault[] = [];
  const fault: NoteFault = (column, words) => void faults.push({ number, column, words });
  if (second) faults.push({ number: second.number, column: 'code', words: `和第 ${number} 行的编码一样，请核对` });
  const known = value.code === null ? undefined : found.byCode.get(value.code);
  if (known && !scope.tree.isWithin(known.id, scope.grid.id)) fault('code', `这个网格不在“${scope.grid.name}”里`);
  if (!known) judgeNew(value, found, scope, fault);
  else if (!known.closed) judgeKnown(value, known, found, scope, fault);
  else if (!value.closes) fault('code', '这个编码的网格已经停用，编码不能再用');
  const facts: Record<keyof Facts, string | number | null> = {
    ...{ name: value.name, dutyPhone: value.dutyPhone, lat: value.lat, lng: value.lng },
  };
  const names = known?.closed ? [] : (Object.keys(facts) as (keyof Facts)[]);
  const differing = names.filter((fact) => facts[fact] !== null && facts[fact] !== known?.[fact]);
  const changes = differing.map((fact): Change => {
    const from = known?.[fact] ?? null;
    return { what: factNames[fact], from: from === null ? null : String(from), to: String(facts[fact]) };
  });
  const work: GridWork = {
    ...{ id: known?.id ?? null, code: value.code ?? '', tier: value.tier ?? 'group', parentCode: value.parentCode },
    ...{ set: Object.fromEntries(differing.map((fact) => [fact, facts[fact]])), was: known ? factsOf(known) : null },
    closes: known !== undefined && !known.closed && value.closes,
  };
  const standing = standingOf(work);
  return { standing, thingId: work.id, title: `${value.name ?? ''}　${key}`, changes, faults, hints: [], work };
}

const factNames = { name: '名称', dutyPhone: '值班电话', lat: '中心纬度', lng: '中心经度' } as const;
const factsOf = ({ name, dutyPhone, lat, lng }: Facts): Facts => ({ name, dutyPhone, lat, lng });

function standingOf({ id, set, closes }: GridWork): UnitPlan<GridWork>['standing'] {
  if (id === null) return 'added';
  if (closes) return 'ended';
  return Object.keys(set).length > 0 ? 'changed' : 'unchanged';
}

function judgeNew(
  { tier, parentCode, closes }: GridRow,
  { byCode, inFile }: FoundForGrids,
  { tree, grid }: RosterScope,
  fault: NoteFault,
): void {
  if (closes) return fault('state', '系统里没有这个编码的网格，不用停用，请删掉这一行');
  const known = parentCode === null ? undefined : byCode.get(parentCode);
  const listed = parentCode === null ? undefined : inFile.get(parentCode);
  const parent = known ?? listed;
  if (!parent || known?.closed) return fault('parentCode', '没有这个上级，请核对，或把它也写进这张表');
  if (listed?.closes) return fault('parentCode', '这张表里把这个上级停用了，请核对');
  if (known && !tree.isWithin(known.id, grid.id)) return fault('parentCode', `上级不在“${grid.name}”里`);
  const below = tiersDown[tiersDown.indexOf(parent.tier ?? 'group') + 1];
  if (tier !== null && below !== tier) fault('tier', `“${parent.name ?? ''}”下面一层不是${tierNames[tier]}，请核对`);
}

function judgeKnown(
  value: GridRow,
  known: FoundGrid,
  { inFile, hanging }: FoundForGrids,
  { caller }: RosterScope,
  fault: NoteFault,
): void {
  if (value.tier !== null && value.tier !== known.tier) fault('tier', '层级和系统里的不一样，不能用名册改');
  if (value.parentCode !== null && value.parentCode !== known.parentCode)
    fault('parentCode', '换上级请到网格树里移动，下面的会一起移过去');
  if (!value.closes) return;
  // As by hand: what reshapes a node is decided above it.
  if (!nodeReached(caller, 'tree.change', { tree: 'grid', nodeId: known.id }, true))
    return fault('state', '停用这个网格要由上一级办理');
  const staying = known.openChildren.filter((code) => !inFile.get(code)?.closes);
  if (staying.length > 0) fault('state', `下面还有 ${staying.length} 个网格没有停用`);
  const { households = 0, posts = 0, openOrders = 0 } = hanging.get(known.id) ?? {};
  const left = [
    ...(households > 0 ? [`${households} 户`] : []),
    ...(posts > 0 ? [`${posts} 个任职`] : []),
    ...(openOrders > 0 ? [`${openOrders} 件没办完的单子`] : []),
  ];
  if (left.length > 0) fault('state', `里面还有 ${left.join('、')}，请先迁走、办完，或到网格树里把它并入别的网格`);
}
