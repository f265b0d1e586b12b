import { nodeReached } from '../../foundation/access/nodes';
import type { Fault, RosterScope, Unit, UnitPlan } from '../../foundation/rosters/roster';
import type { HangingOnOrganization } from '../trees/tree-rows.queries';
import type { FoundOrganization } from './organization-roster.queries';
import { ranks, type OrganizationRow, type Rank } from './organization-row';

export interface OrganizationWork {
  readonly id: string | null;
  readonly name: string;
  readonly rank: Rank;
  /** Where it changes. */
  readonly wasRank: Rank | null;
  readonly parent: string | null;
  readonly addGrids: readonly string[];
  readonly closes: boolean;
}

export interface FoundForOrganizations {
  readonly byName: ReadonlyMap<string, readonly FoundOrganization[]>;
  readonly inFile: ReadonlyMap<string, OrganizationRow>;
  /** Names of those that are closed, of what the file closes. */
  readonly closed: ReadonlySet<string>;
  /** Of those that the file closes, by their id. */
  readonly hanging: ReadonlyMap<string, HangingOnOrganization>;
}

type NoteFault = (column: string, words: string) => void;

/** Tied to grids within the scope, itself or by what is below it. */
const isHere = (id: string, { tree, grid }: RosterScope): boolean =>
  tree.gridsOfOrganization(id).some((each) => tree.isWithin(each.id, grid.id));

export function planOrganization(
  { rows }: Unit<OrganizationRow>,
  found: FoundForOrganizations,
  scope: RosterScope,
): UnitPlan<OrganizationWork> {
  const [row, second] = rows;
  if (!row) throw new Error('a unit of no rows');
  const { number, value } = row;
  const faults: Fault[] = [];
  const fault: NoteFault = (column, words) => void faults.push({ number, column, words });
  if (second) faults.push({ number: second.number, column: 'name', words: `和第 ${number} 行的名称一样，请核对` });
  const named = found.byName.get(value.name ?? '') ?? [];
  const known = named.find(({ id }) => isHere(id, scope)) ?? null;
  if (!known && named.length > 0) fault('name', '这个名称已经用在别处了，党组织不能重名');
  const grids = gridsFor(value, scope, fault);
  const isGone = known === null && named.length === 0 && value.closes && found.closed.has(value.name ?? '');
  if (known) judgeKnown(value, known, found, scope, fault);
  else if (!isGone) judgeNew(value, grids, found, scope, fault);
  const tied = known === null ? [] : (scope.tree.organization(known.id)?.gridIds ?? []);
  // Nothing is tied to what closes.
  const addGrids = value.closes ? [] : grids.filter((id) => !tied.includes(id));
  const wasRank = known !== null && value.rank !== null && value.rank !== known.rank ? known.rank : null;
  const work: OrganizationWork = {
    ...{ id: known?.id ?? null, name: value.name ?? '', rank: value.rank ?? 'branch', wasRank },
    ...{ parent: value.parent, addGrids, closes: known !== null && value.closes },
  };
  const changes = [
    ...(wasRank === null ? [] : [{ what: '级别', from: ranks[wasRank], to: ranks[work.rank] }]),
    ...addGrids.map((id) => ({ what: '对应网格', from: null, to: scope.tree.grid(id)?.name ?? null })),
  ];
  return {
    standing: isGone ? 'unchanged' : standingOf(work, changes.length > 0),
    thingId: work.id,
    title: work.name,
    changes,
    faults,
    hints: [],
    work,
  };
}

function standingOf({ id, closes }: OrganizationWork, differs: boolean): UnitPlan<OrganizationWork>['standing'] {
  if (id === null) return 'added';
  if (closes) return 'ended';
  return differs ? 'changed' : 'unchanged';
}

function gridsFor({ gridCodes }: OrganizationRow, { tree, grid: within }: RosterScope, fault: NoteFault): string[] {
  return gridCodes.flatMap((code) => {
    const grid = tree.grids.find((each) => each.code === code);
    if (grid && tree.isWithin(grid.id, within.id)) return [grid.id];
    fault('gridCodes', grid ? `网格 ${code} 不在“${within.name}”里` : `没有编码是 ${code} 的网格，请先导入网格`);
    return [];
  });
}

function judgeKnown(
  { parent, closes }: OrganizationRow,
  known: FoundOrganization,
  { byName, inFile, hanging }: FoundForOrganizations,
  { caller }: RosterScope,
  fault: NoteFault,
): void {
  const isSame = parent === null || (byName.get(parent) ?? []).some(({ id }) => id === known.parentId);
  if (!isSame) fault('parent', '换上级请到党组织树里移动，下面的会一起移过去');
  if (!closes) return;
  // As by hand: what reshapes a node is decided above it.
  const isAbove = nodeReached(caller, 'tree.change', { tree: 'party', nodeId: known.id }, true);
  if (!isAbove || known.parentId === null) return fault('state', '撤销这个党组织要由上一级办理');
  const staying = known.openBelow.filter((name) => !inFile.get(name)?.closes);
  if (staying.length > 0) fault('state', `下面还有 ${staying.length} 个党组织没有撤销`);
  const { members = 0, posts = 0, promises = 0 } = hanging.get(known.id) ?? {};
  const left = [
    ...(members > 0 ? [`${members} 名党员`] : []),
    ...(posts > 0 ? [`${posts} 个任职`] : []),
    ...(promises > 0 ? [`${promises} 件没兑现的承诺`] : []),
  ];
  if (left.length > 0) fault('state', `里面还有 ${left.join('、')}，请先转走、办完，或到党组织树里把它并入别的党组织`);
}

const rankOrder = Object.keys(ranks) as Rank[];

function judgeNew(
  value: OrganizationRow,
  grids: readonly string[],
  { byName, inFile }: FoundForOrganizations,
  scope: RosterScope,
  fault: NoteFault,
): void {
  const { parent, rank } = value;
  if (value.closes) return fault('state', '系统里没有这个党组织，不用撤销，请删掉这一行');
  // Without a grid of its own nobody would reach it, nor could it be found again by whoever imported it.
  if (grids.length === 0 && value.gridCodes.length === 0) fault('gridCodes', '新的党组织要填对应的网格编码');
  if (parent === null) {
    if (scope.grid.tier !== 'county' && scope.grid.tier !== 'town') fault('parent', '请填写上级党组织');
    return;
  }
  if (parent === value.name) return fault('parent', '上级不能是它自己');
  const known = byName.get(parent) ?? [];
  if (known.length > 1) return fault('parent', '有几个同名的上级党组织，请先改名');
  if (inFile.get(parent)?.closes) return fault('parent', '这张表里把这个上级撤销了，请核对');
  const above = known[0] ?? inFile.get(parent);
  if (!above) return fault('parent', '没有这个上级党组织，请核对，或把它也写进这张表');
  if (isCircle(value, inFile)) return fault('parent', '上级和下级绕成了圈，请核对');
  if (rank !== null && above.rank !== null && rankOrder.indexOf(above.rank) > rankOrder.indexOf(rank))
    fault('rank', `上级是${ranks[above.rank]}，下级不能是${ranks[rank]}`);
}

function isCircle({ name, parent }: OrganizationRow, inFile: FoundForOrganizations['inFile']): boolean {
  const seen = new Set([name]);
  for (let above = parent; above !== null; above = inFile.get(above)?.parent ?? null) {
    if (seen.has(above)) return true;
    seen.add(above);
  }
  return false;
}
