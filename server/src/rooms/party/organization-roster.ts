import { createHash } from 'node:crypto';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { Fault, Roster, RosterColumn, RosterScope, Unit, UnitPlan } from '../../foundation/rosters/roster';
import type { RowReader } from '../../foundation/rosters/row-reader';
import { PartyAncestor, PartyGrid, PartyOrganization } from './party-organization.entity';
import {
  countMissingOrganizations,
  missingOrganizations,
  organizationsByName,
  type FoundOrganization,
} from './organization-roster.queries';

type Rank = PartyOrganization['rank'];
const ranks: Readonly<Record<Rank, string>> = {
  committee: '党委',
  generalBranch: '党总支',
  branch: '党支部',
  cell: '党小组',
};
const states = { present: '正常', closed: '撤销' } as const;

export interface OrganizationRow {
  readonly name: string | null;
  readonly rank: Rank | null;
  readonly parent: string | null;
  readonly gridCodes: readonly string[];
  readonly closes: boolean;
}

const columns: readonly RosterColumn[] = [
  {
    ...{ key: 'name', head: '党组织名称', also: ['名称', '党组织'], needed: true, width: 28 },
    ...{ note: '写全名，不能重名', samples: ['示例镇党委', '示例村党支部'] },
  },
  {
    key: 'rank',
    head: '级别',
    needed: true,
    note: '从下拉里选',
    samples: ['党委', '党支部'],
    choices: Object.values(ranks),
  },
  {
    key: 'parent',
    head: '上级党组织',
    needed: true,
    note: '写全名；最上一级不填',
    samples: ['', '示例镇党委'],
    width: 28,
  },
  {
    ...{ key: 'gridCodes', head: '对应网格编码', note: '几个用、隔开', width: 30 },
    samples: ['441224105000', '441224105201'],
  },
  { key: 'state', head: '状态', note: '撤销要写明', samples: ['正常', '正常'], choices: Object.values(states) },
];

function readRow(row: RowReader): OrganizationRow {
  row.needed('name', 'rank');
  const codes =
    row
      .text('gridCodes', 200)
      ?.normalize('NFKC')
      .split(/[、,;\s]+/)
      .filter(Boolean) ?? [];
  if (codes.some((code) => !/^\d{12}(?:\d{3})?$/.test(code)))
    row.fault('gridCodes', '编码要是 12 位或 15 位数字，几个用、隔开');
  return {
    ...{ name: row.text('name', 60), rank: row.oneOf('rank', ranks), parent: row.text('parent', 60) },
    ...{ gridCodes: [...new Set(codes)], closes: row.oneOf('state', states) === 'closed' },
  };
}

interface OrganizationWork {
  readonly id: string | null;
  readonly name: string;
  readonly rank: Rank;
  readonly rankChanges: boolean;
  readonly parent: string | null;
  readonly addGrids: readonly string[];
  readonly closes: boolean;
}

interface Found {
  readonly byName: ReadonlyMap<string, readonly FoundOrganization[]>;
  readonly inFile: ReadonlyMap<string, OrganizationRow>;
}

/** 党组织名册, by name. One that moves takes those below it along: an act of its own, not done by a file. */
export const organizationRoster: Roster<OrganizationRow, OrganizationWork> = {
  kind: 'organizations',
  columns,
  asOne: 20_000,
  changesTree: true,
  read: readRow,
  keyOf: ({ name }) => name && createHash('sha256').update(name).digest('hex'),
  plan: async (db, scope, units, lock) => {
    const values = units.flatMap(({ rows }) => rows.map(({ value }) => value));
    const names = [...new Set(values.flatMap(({ name, parent }) => [name ?? [], parent ?? []].flat()))];
    const byName = new Map<string, FoundOrganization[]>();
    for (const each of await organizationsByName(db, names, lock))
      byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
    const inFile = new Map(values.flatMap((value) => (value.name === null ? [] : [[value.name, value] as const])));
    return units.map((unit) => planOrganization(unit, { byName, inFile }, scope));
  },
  apply: applyOrganizations,
  missing: missingOrganizations,
  countMissing: countMissingOrganizations,
};

type NoteFault = (column: string, words: string) => void;

/** Tied to grids within the scope, itself or by what is below it. */
const isHere = (id: string, { tree, grid }: RosterScope): boolean =>
  tree.gridsOfOrganization(id).some((each) => tree.isWithin(each.id, grid.id));

function planOrganization(
  { rows }: Unit<OrganizationRow>,
  found: Found,
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
  if (known) judgeKnown(value, known, found, fault);
  else judgeNew(value, grids, found, scope, fault);
  const tied = known === null ? [] : (scope.tree.organization(known.id)?.gridIds ?? []);
  const addGrids = grids.filter((id) => !tied.includes(id));
  const rankChanges = known !== null && value.rank !== null && value.rank !== known.rank;
  const closes = known !== null && value.closes;
  const work: OrganizationWork = {
    ...{ id: known?.id ?? null, name: value.name ?? '', rank: value.rank ?? 'branch', rankChanges },
    ...{ parent: value.parent, addGrids, closes },
  };
  const changes = [
    ...(rankChanges ? [{ what: '级别', from: ranks[known.rank], to: ranks[work.rank] }] : []),
    ...addGrids.map((id) => ({ what: '对应网格', from: null, to: scope.tree.grid(id)?.name ?? null })),
  ];
  return {
    standing: standingOf(work, changes.length > 0),
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
  { byName }: Found,
  fault: NoteFault,
): void {
  const isSame = parent === null || (byName.get(parent) ?? []).some(({ id }) => id === known.parentId);
  if (!isSame) fault('parent', '换上级请到党组织树里移动，下面的会一起移过去');
  if (closes && known.members > 0) fault('state', `还有 ${known.members} 名党员在这里，请先转到别的党组织`);
  if (closes && known.below > 0) fault('state', `下面还有 ${known.below} 个党组织`);
}

const rankOrder = Object.keys(ranks) as Rank[];

function judgeNew(
  value: OrganizationRow,
  grids: readonly string[],
  { byName, inFile }: Found,
  scope: RosterScope,
  fault: NoteFault,
): void {
  const { parent, rank } = value;
  // Without a grid of its own nobody would reach it, nor could it be found again by whoever imported it.
  if (grids.length === 0 && value.gridCodes.length === 0) fault('gridCodes', '新的党组织要填对应的网格编码');
  if (parent === null) {
    if (scope.grid.tier !== 'county' && scope.grid.tier !== 'town') fault('parent', '请填写上级党组织');
    return;
  }
  if (parent === value.name) return fault('parent', '上级不能是它自己');
  const known = byName.get(parent) ?? [];
  if (known.length > 1) return fault('parent', '有几个同名的上级党组织，请先改名');
  const above = known[0] ?? inFile.get(parent);
  if (!above) return fault('parent', '没有这个上级党组织，请核对，或把它也写进这张表');
  if (isCircle(value, inFile)) return fault('parent', '上级和下级绕成了圈，请核对');
  if (rank !== null && above.rank !== null && rankOrder.indexOf(above.rank) > rankOrder.indexOf(rank))
    fault('rank', `上级是${ranks[above.rank]}，下级不能是${ranks[rank]}`);
}

function isCircle({ name, parent }: OrganizationRow, inFile: Found['inFile']): boolean {
  const seen = new Set([name]);
  for (let above = parent; above !== null; above = inFile.get(above)?.parent ?? null) {
    if (seen.has(above)) return true;
    seen.add(above);
  }
  return false;
}

async function applyOrganizations(
  db: Db,
  { now }: RosterScope,
  plans: readonly UnitPlan<OrganizationWork>[],
): Promise<void> {
  const works = plans.map(({ work }) => ({ ...work, organizationId: work.id ?? newId() }));
  const added = works.filter(({ id }) => id === null);
  const idByName = new Map(works.map(({ name, organizationId }) => [name, organizationId]));
  const parents = added.flatMap(({ parent }) => parent ?? []);
  for (const { id, name } of await organizationsByName(db, [...new Set(parents)], true)) idByName.set(name, id);
  const parentOf = new Map(
    added.map(({ organizationId, parent }) => [
      organizationId,
      parent === null ? null : (idByName.get(parent) ?? null),
    ]),
  );
  await db.insert(
    PartyOrganization,
    added.map(({ organizationId, name, rank }) => ({
      id: organizationId,
      name,
      rank,
      parentId: parentOf.get(organizationId) ?? null,
    })),
  );
  await addAncestors(db, parentOf);
  await db.insert(
    PartyGrid,
    works.flatMap(({ organizationId, addGrids }) => addGrids.map((gridId) => ({ organizationId, gridId }))),
  );
  for (const { id, rank, rankChanges, closes } of works) {
    if (id !== null && rankChanges)
      await db.write('UPDATE party_organization SET org_rank = ? WHERE id = ?', [rank, id]);
    if (id !== null && closes) await db.write('UPDATE party_organization SET closed_at = ? WHERE id = ?', [now, id]);
  }
}

/** Each new one is its own ancestor, and has its parent's, one step further. */
async function addAncestors(db: Db, parentOf: ReadonlyMap<string, string | null>): Promise<void> {
  const tops = [...new Set([...parentOf.values()])].filter((id) => id !== null && !parentOf.has(id)) as string[];
  const known =
    tops.length === 0
      ? []
      : await db.query<PartyAncestor>(
          'SELECT ancestor_id AS ancestorId, descendant_id AS descendantId, depth FROM party_ancestor WHERE descendant_id IN (?)',
          [tops],
        );
  const lineOf = (id: string): PartyAncestor[] => {
    if (!parentOf.has(id)) return known.filter(({ descendantId }) => descendantId === id);
    const parent = parentOf.get(id) ?? null;
    const above = parent === null ? [] : lineOf(parent);
    return [
      { ancestorId: id, descendantId: id, depth: 0 },
      ...above.map(({ ancestorId, depth }) => ({ ancestorId, descendantId: id, depth: depth + 1 })),
    ];
  };
  await db.insert(PartyAncestor, [...parentOf.keys()].flatMap(lineOf));
}
