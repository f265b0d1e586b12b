import type { Caller } from '../../foundation/access/caller';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { MadeChange, TreeWriter } from '../../foundation/reference/tree-writer';
import type { Roster, Unit } from '../../foundation/rosters/roster';
import { hangingOnGrid } from '../trees/tree-rows.queries';
import { planGrid, type FoundForGrids, type GridWork } from './grid-roster-plan';
import { countMissingGrids, gridsByCodes, missingGrids } from './grid-roster.queries';
import { gridColumns, readGridRow, tiersDown, type GridRow } from './grid-row';
import { Grid } from './grid.entity';

/** 网格名册. A grid that moves takes with it what is below it: that is an act of its own and not done by a file. */
export const gridRoster = (trees: TreeWriter): Roster<GridRow, GridWork> => ({
  kind: 'grids',
  columns: gridColumns,
  asOne: 20_000,
  changesTree: true,
  read: readGridRow,
  keyOf: ({ code }) => code,
  plan: async (db, scope, units, lock) => {
    const found = await findFor(db, units, { lock, now: scope.now });
    return units.map((unit) => planGrid(unit, found, scope));
  },
  apply: (db, { caller }, plans) =>
    applyGrids(
      db,
      caller,
      plans.map(({ work }) => work),
      trees,
    ),
  missing: (db, { grid, importId }, page) => missingGrids(db, grid, importId, page),
  countMissing: (db, { grid, importId }) => countMissingGrids(db, grid, importId),
});

async function findFor(
  db: Reading,
  units: readonly Unit<GridRow>[],
  { lock, now }: { lock: boolean; now: Date },
): Promise<FoundForGrids> {
  const values = units.flatMap(({ rows }) => rows.map(({ value }) => value));
  const codes = values.flatMap(({ code, parentCode }) => [code ?? [], parentCode ?? []].flat());
  const byCode = new Map((await gridsByCodes(db, [...new Set(codes)], lock)).map((grid) => [grid.code, grid]));
  const inFile = new Map(values.flatMap((value) => (value.code === null ? [] : [[value.code, value] as const])));
  const hanging = new Map<string, Awaited<ReturnType<typeof hangingOnGrid>>>();
  for (const [code, { closes }] of inFile) {
    const grid = byCode.get(code);
    if (closes && grid && !grid.closed) hanging.set(grid.id, await hangingOnGrid(db, grid, now));
  }
  return { byCode, inFile, hanging };
}

async function applyGrids(db: Db, caller: Caller, works: readonly GridWork[], trees: TreeWriter): Promise<void> {
  const added = await addGrids(db, works);
  await trees.noteChanges(db, caller, 'grid', [...added, ...works.flatMap(changesOf)]);
  for (const { id, set } of works) {
    const names = Object.keys(set) as (keyof GridWork['set'])[];
    if (id === null || names.length === 0) continue;
    const sql = names.map((fact) => `${columnNames[fact]} = ?`).join(', ');
    await db.write(`UPDATE grid SET ${sql} WHERE id = ?`, [...names.map((fact) => set[fact] ?? null), id]);
  }
  const closing = tiersDown.toReversed().flatMap((tier) => works.filter((work) => work.closes && work.tier === tier));
  await trees.closeNodes(
    db,
    caller,
    'grid',
    closing.flatMap(({ id }) => id ?? []),
  );
}

const columnNames = { name: 'name', dutyPhone: 'duty_phone', lat: 'lat', lng: 'lng' } as const;

/** As the history tells them, each kind apart. */
function changesOf({ id: nodeId, set, was }: GridWork): MadeChange[] {
  if (nodeId === null || was === null) return [];
  const { name, dutyPhone, lat = was.lat, lng = was.lng } = set;
  const change = (kind: MadeChange['kind'], before: object, after: object): MadeChange => ({
    ...{ nodeId, kind, before: { ...before }, after: { ...after } },
  });
  return [
    ...(name === undefined ? [] : [change('rename', { name: was.name }, { name })]),
    ...(dutyPhone === undefined ? [] : [change('phone', { dutyPhone: was.dutyPhone }, { dutyPhone })]),
    ...('lat' in set || 'lng' in set ? [change('centre', { lat: was.lat, lng: was.lng }, { lat, lng })] : []),
  ];
}

/** The higher tiers first: a group may hang on a village of the same file. */
async function addGrids(db: Db, works: readonly GridWork[]): Promise<MadeChange[]> {
  const above = works.flatMap(({ id, parentCode }) => (id === null && parentCode !== null ? [parentCode] : []));
  const placed = new Map((await gridsByCodes(db, [...new Set(above)], true)).map((grid) => [grid.code, lineOf(grid)]));
  const added: MadeChange[] = [];
  for (const tier of tiersDown) {
    const rows = works.filter((work) => work.id === null && work.tier === tier).map((work) => newGrid(work, placed));
    for (const row of rows) placed.set(row.code, lineOf(row));
    await db.insert(Grid, rows);
    for (const { id, parentId, name, code } of rows)
      added.push({ nodeId: id, kind: 'add', before: null, after: { parentId, name, code } });
  }
  return added;
}

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
