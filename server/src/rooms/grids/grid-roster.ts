import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { Change, Fault, Roster, RosterColumn, RosterScope, Unit, UnitPlan } from '../../foundation/rosters/roster';
import type { RowReader } from '../../foundation/rosters/row-reader';
import { Grid, type Tier } from './grid.entity';
import { countMissingGrids, gridsByCodes, missingGrids, type FoundGrid } from './grid-roster.queries';

const tierNames: Readonly<Record<Tier, string>> = { county: '县', town: '镇', village: '村', group: '小组' };
const tiersDown = Object.keys(tierNames) as Tier[];
const states = { present: '正常', closed: '停用' } as const;

export interface GridRow {
  readonly tier: Tier | null;
  readonly name: string | null;
  readonly code: string | null;
  readonly parentCode: string | null;
  readonly dutyPhone: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly closes: boolean;
}

const codePattern = /^\d{12}(?:\d{3})?$/;
const codeWords = '编码要是 12 位区划代码或 15 位网格编码';

const columns: readonly RosterColumn[] = [
  {
    key: 'tier',
    head: '层级',
    needed: true,
    note: '从下拉里选',
    samples: ['村', '小组'],
    choices: Object.values(tierNames),
  },
  {
    key: 'name',
    head: '名称',
    also: ['网格名称'],
    needed: true,
    note: '最多 40 个字',
    samples: ['示例村', '一组'],
    width: 20,
  },
  {
    ...{ key: 'code', head: '编码', also: ['网格编码', '区划代码'], needed: true, width: 20 },
    ...{ note: '12 位区划代码或 15 位网格编码', samples: ['441224105201', '441224105201001'] },
  },
  {
    ...{ key: 'parentCode', head: '上级编码', needed: true, note: '上一层的编码', width: 20 },
    samples: ['441224105000', '441224105201'],
  },
  { key: 'dutyPhone', head: '值班电话', note: '可以不填', samples: ['', ''], width: 16 },
  { key: 'lng', head: '中心经度', note: 'GCJ-02（高德、腾讯地图上的）', samples: ['', ''] },
  { key: 'lat', head: '中心纬度', note: '和经度一起填', samples: ['', ''] },
  { key: 'state', head: '状态', note: '停用要写明', samples: ['正常', '正常'], choices: Object.values(states) },
];

function readRow(row: RowReader): GridRow {
  const degrees = (column: string): number | null => {
    const text = row.code(column, /^\d{1,3}(?:\.\d{1,10})?$/, '请填度数，比如 112.3456');
    return text === null ? null : Number(text);
  };
  const [lat, lng] = [degrees('lat'), degrees('lng')];
  if ((lat === null) !== (lng === null)) row.fault('lat', '经度和纬度要一起填');
  const isChina = lat === null || lng === null || (lat > 3 && lat < 54 && lng > 73 && lng < 136);
  if (!isChina) row.fault('lng', '这个位置不在中国，请看看经度和纬度是不是写反了');
  row.needed('tier', 'name', 'code');
  return {
    ...{ tier: row.oneOf('tier', tierNames), name: row.text('name', 40), lat, lng },
    code: row.code('code', codePattern, codeWords),
    parentCode: row.code('parentCode', codePattern, codeWords),
    dutyPhone: row.code('dutyPhone', /^[\d-]{5,20}$/, '电话只写数字和短横'),
    closes: row.oneOf('state', states) === 'closed',
  };
}

interface GridWork {
  readonly id: string | null;
  readonly code: string;
  readonly tier: Tier;
  readonly parentCode: string | null;
  readonly set: Partial<Pick<Grid, 'name' | 'dutyPhone' | 'lat' | 'lng'>>;
  readonly closes: boolean;
}

type GridUnit = Unit<GridRow>;

/** 网格名册. A grid that moves takes with it what is below it: that is an act of its own and not done by a file. */
export const gridRoster: Roster<GridRow, GridWork> = {
  kind: 'grids',
  columns,
  asOne: 20_000,
  changesTree: true,
  read: readRow,
  keyOf: ({ code }) => code,
  plan: async (db, scope, units, lock) => {
    const values = units.flatMap(({ rows }) => rows.map(({ value }) => value));
    const codes = values.flatMap(({ code, parentCode }) => [code ?? [], parentCode ?? []].flat());
    const found = new Map((await gridsByCodes(db, [...new Set(codes)], lock)).map((grid) => [grid.code, grid]));
    const inFile = new Map(values.flatMap((value) => (value.code === null ? [] : [[value.code, value] as const])));
    return units.map((unit) => planGrid(unit, found, inFile, scope));
  },
  apply: applyGrids,
  missing: (db, { grid, importId }, page) => missingGrids(db, grid, importId, page),
  countMissing: (db, { grid, importId }) => countMissingGrids(db, grid, importId),
};

function planGrid(
  { rows, key }: GridUnit,
  found: ReadonlyMap<string, FoundGrid>,
  inFile: ReadonlyMap<string, GridRow>,
  { tree, grid: within }: RosterScope,
): UnitPlan<GridWork> {
  const [row, second] = rows;
  if (!row) throw new Error('a unit of no rows');
  const { number, value } = row;
  const faults: Fault[] = [];
  const fault = (column: string, words: string): void => void faults.push({ number, column, words });
  if (second) faults.push({ number: second.number, column: 'code', words: `和第 ${number} 行的编码一样，请核对` });
  const known = value.code === null ? undefined : found.get(value.code);
  if (known?.closed) fault('code', '这个编码的网格已经停用');
  if (known && !tree.isWithin(known.id, within.id)) fault('code', `这个网格不在“${within.name}”里`);
  if (!known) judgeParent(value, found, inFile, { tree, grid: within }, fault);
  else judgeKnown(value, known, inFile, fault);
  const facts = { name: value.name, dutyPhone: value.dutyPhone, lat: value.lat, lng: value.lng };
  const differing = Object.entries(facts).filter(
    ([fact, given]) => given !== null && given !== known?.[fact as keyof typeof facts],
  );
  const closes = known !== undefined && value.closes;
  const changes = differing.map(([fact, to]): Change => {
    const from = known?.[fact as keyof typeof facts] ?? null;
    return { what: factNames[fact as keyof typeof facts], from: from === null ? null : String(from), to: String(to) };
  });
  const work: GridWork = {
    ...{ id: known?.id ?? null, code: value.code ?? '', tier: value.tier ?? 'group', parentCode: value.parentCode },
    ...{ set: Object.fromEntries(differing), closes },
  };
  const standing = standingOf(work, changes.length > 0);
  return { standing, thingId: work.id, title: `${value.name ?? ''}　${key}`, changes, faults, hints: [], work };
}

const factNames = { name: '名称', dutyPhone: '值班电话', lat: '中心纬度', lng: '中心经度' } as const;

function standingOf({ id, closes }: GridWork, differs: boolean): UnitPlan<GridWork>['standing'] {
  if (id === null) return 'added';
  if (closes) return 'ended';
  return differs ? 'changed' : 'unchanged';
}

type NoteFault = (column: string, words: string) => void;

function judgeParent(
  { tier, parentCode }: GridRow,
  found: ReadonlyMap<string, FoundGrid>,
  inFile: ReadonlyMap<string, GridRow>,
  { tree, grid }: Pick<RosterScope, 'tree' | 'grid'>,
  fault: NoteFault,
): void {
  const known = parentCode === null ? undefined : found.get(parentCode);
  const parent = known ?? (parentCode === null ? undefined : inFile.get(parentCode));
  if (!parent || (known && known.closed)) return fault('parentCode', '没有这个上级，请核对，或把它也写进这张表');
  if (known && !tree.isWithin(known.id, grid.id)) return fault('parentCode', `上级不在“${grid.name}”里`);
  const below = tiersDown[tiersDown.indexOf(parent.tier ?? 'group') + 1];
  if (tier !== null && below !== tier) fault('tier', `“${parent.name ?? ''}”下面一层不是${tierNames[tier]}，请核对`);
}

function judgeKnown(value: GridRow, known: FoundGrid, inFile: ReadonlyMap<string, GridRow>, fault: NoteFault): void {
  if (value.tier !== null && value.tier !== known.tier) fault('tier', '层级和系统里的不一样，不能用名册改');
  if (value.parentCode !== null && value.parentCode !== known.parentCode)
    fault('parentCode', '换上级请到网格树里移动，下面的会一起移过去');
  if (!value.closes) return;
  const staying = known.openChildren.filter((code) => !inFile.get(code)?.closes);
  if (staying.length > 0) fault('state', `下面还有 ${staying.length} 个网格没有停用`);
  if (known.households > 0) fault('state', `里面还有 ${known.households} 户，请先迁到别的网格`);
}

async function applyGrids(db: Db, { now }: RosterScope, plans: readonly UnitPlan<GridWork>[]): Promise<void> {
  const works = plans.map(({ work }) => work);
  const above = works.flatMap(({ id, parentCode }) => (id === null && parentCode !== null ? [parentCode] : []));
  const placed = new Map((await gridsByCodes(db, [...new Set(above)], true)).map((grid) => [grid.code, lineOf(grid)]));
  for (const tier of tiersDown) {
    const rows = works.filter((work) => work.id === null && work.tier === tier).map((work) => newGrid(work, placed));
    for (const row of rows) placed.set(row.code, lineOf(row));
    await db.insert(Grid, rows);
  }
  for (const { id, set, closes } of works) {
    if (id === null) continue;
    const facts = { ...set, ...(closes ? { closedAt: now } : {}) };
    const names = Object.keys(facts) as (keyof typeof facts)[];
    const sql = names.map((fact) => `${columnNames[fact]} = ?`).join(', ');
    const values = names.map((fact) => facts[fact] ?? null);
    if (names.length > 0) await db.write(`UPDATE grid SET ${sql} WHERE id = ?`, [...values, id]);
  }
}

const columnNames = { name: 'name', dutyPhone: 'duty_phone', lat: 'lat', lng: 'lng', closedAt: 'closed_at' } as const;

type Line = Pick<Grid, 'id' | 'countyId' | 'townId' | 'villageId' | 'groupId'>;
const lineOf = ({ id, countyId, townId, villageId, groupId }: Line): Line => ({
  id,
  countyId,
  townId,
  villageId,
  groupId,
});

function newGrid({ code, tier, parentCode, set }: GridWork, placed: ReadonlyMap<string, Line>): Grid {
  const parent = placed.get(parentCode ?? '');
  if (!parent) throw new Error(`grid ${code} has no parent`);
  const { id: parentId, ...above } = parent;
  const id = newId();
  return {
    ...{ dutyPhone: null, lat: null, lng: null, boundary: null, closedAt: null, successorId: null, name: code },
    ...{ ...above, [`${tier}Id`]: id, ...set, id, parentId, tier, code },
  };
}
