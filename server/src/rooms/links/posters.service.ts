import { platesInPart } from '@sandan/shared/links/poster.words';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { postersApi } from '@sandan/shared/links/posters.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin, reachesGrid } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import type { Thing } from '../../foundation/links/links';
import { fullName, type GridNode, type Tree } from '../../foundation/reference/tree';
import { householdById, keepsHousehold } from '../households/households.queries';
import { doorsIn, numberedDoorsIn, type DoorRow } from './doors.queries';
import { deskName, mayHang } from './hung-codes';
import type { PosterName, PosterWhat } from './poster-name';

/** One code to be printed: what it leads to, and what stands beside it. */
export interface Planned {
  readonly thing: Thing;
  readonly grid: GridNode;
  readonly place: string;
  readonly under: string | null;
}

/** 码和海报 of a place. @throws Problem grid.not-found, access.forbidden */
export async function postersAt(
  db: Reading,
  caller: Caller,
  gridId: string,
): Promise<ReplyOf<(typeof postersApi)['at']>> {
  const grid = gridWithin(caller, 'poster.print', gridId);
  const { tree } = caller.reference;
  const posters = (['grid', 'desk', 'groups'] as const).flatMap((what) => {
    const pages = posterSigns(grid, what, tree).length;
    return pages === 0 ? [] : [{ what, name: posterName(grid, what, tree), pages }];
  });
  return { gridId: grid.id, place: fullName(grid, tree), posters, plates: await platesAt(db, caller, grid) };
}

async function platesAt(db: Reading, caller: Caller, grid: GridNode) {
  if (!mayHavePlates(grid) || !reachesGrid(caller, 'household.manage', grid.id)) return null;
  const { tree } = caller.reference;
  const doors = inOrder(await doorsIn(db, gridIdsIn(grid, tree)), tree);
  const parts = Array.from({ length: Math.ceil(doors.length / platesInPart) }, (_, index) => {
    const within = partOf(doors, index + 1);
    return { part: index + 1, name: spanOf(within, tree), plates: within.length };
  });
  return { households: doors.length, parts };
}

/** A town is printed village by village: nobody cuts out ten thousand plates. */
const mayHavePlates = ({ tier }: GridNode): boolean => tier === 'village' || tier === 'group';

const gridIdsIn = (grid: GridNode, tree: Tree): string[] => [grid.id, ...tree.children(grid.id).map(({ id }) => id)];

/** 一组; 一组到三组 */
function spanOf(doors: readonly DoorRow[], tree: Tree): string {
  const names = [...new Set(doors.map(({ gridId }) => tree.grid(gridId)?.name ?? ''))];
  return names.length < 2 ? (names[0] ?? '') : `${names[0]}到${names.at(-1)}`;
}

const numeric = new Intl.Collator('zh-CN', { numeric: true }).compare;

/** Group by group, as the plates are handed out; within one from door to door: 2号 before 10号. */
const inOrder = <Door extends DoorRow & { door?: string | null }>(doors: readonly Door[], tree: Tree): Door[] => {
  const place = new Map(tree.grids.map(({ id }, index) => [id, index]));
  const placeOf = ({ gridId }: Door): number => place.get(gridId) ?? 0;
  return doors.toSorted(
    (one, other) =>
      placeOf(one) - placeOf(other) || numeric(one.door ?? '', other.door ?? '') || numeric(one.id, other.id),
  );
};

const partOf = <Door>(doors: readonly Door[], part: number): Door[] =>
  doors.slice((part - 1) * platesInPart, part * platesInPart);

/** @throws Problem grid.not-found, access.forbidden, poster.no-households, poster.no-such-part */
export async function platesIn(db: Reading, caller: Caller, gridId: string, part: number): Promise<Planned[]> {
  const grid = gridWithin(caller, 'household.manage', gridId);
  if (!mayHavePlates(grid)) throw new Problem('poster.not-here');
  const { tree } = caller.reference;
  const doors = inOrder(await numberedDoorsIn(db, gridIdsIn(grid, tree)), tree);
  if (doors.length === 0) throw new Problem('poster.no-households');
  const within = partOf(doors, part);
  if (within.length === 0) throw new Problem('poster.no-such-part');
  return within.map(({ id, gridId: at, door }) => plateSign(id, tree.gridOf(at), door, tree));
}

/** 门牌码 says where the house is and nothing of who lives there: it hangs where everybody passes. */
const plateSign = (householdId: string, grid: GridNode, door: string | null, tree: Tree): Planned => ({
  ...{ thing: { what: 'home', thingId: householdId }, grid, place: fullName(grid, tree), under: door },
});

/** @throws Problem household.not-found */
async function plateOf(db: Reading, caller: Caller, householdId: string): Promise<Planned> {
  const household = (await keepsHousehold(db, caller, householdId)) ? await householdById(db, householdId) : null;
  if (!household) throw new Problem('household.not-found');
  const { tree } = caller.reference;
  return plateSign(household.id, tree.gridOf(household.gridId), household.door, tree);
}

function posterSigns(grid: GridNode, what: PosterWhat, tree: Tree): Planned[] {
  if (what === 'groups') return tree.children(grid.id).flatMap((each) => posterSigns(each, 'grid', tree));
  if (!mayHang(grid, what)) return [];
  const words = what === 'desk' ? { place: grid.name, under: deskName(grid).slice(grid.name.length) } : null;
  return [{ thing: { what, thingId: grid.id }, grid, place: fullName(grid, tree), under: null, ...words }];
}

function posterName(grid: GridNode, what: PosterWhat, tree: Tree): string {
  if (what === 'desk') return `${deskName(grid)}海报`;
  if (what === 'grid') return `${fullName(grid, tree)}海报`;
  return `${grid.name}各${grid.tier === 'village' ? '组' : '村'}海报`;
}

/** What is to be printed, by the reach of whom the address was signed for. */
export async function plannedSigns(db: Reading, caller: Caller, name: PosterName): Promise<Planned[]> {
  if (name.kind === 'plate') return [await plateOf(db, caller, name.householdId)];
  if (name.kind === 'plates') return platesIn(db, caller, name.gridId, name.part);
  const signs = posterSigns(gridWithin(caller, 'poster.print', name.gridId), name.what, caller.reference.tree);
  if (signs.length === 0) throw new Problem('poster.not-here');
  return signs;
}

/** What the file is called when it is kept. */
export function fileNameOf({ reference: { tree } }: Caller, name: PosterName, planned: readonly Planned[]): string {
  const [first] = planned;
  if (name.kind === 'plate') return `门牌码-${first?.place ?? ''}${first?.under ?? ''}.pdf`;
  const grid = tree.gridOf(name.gridId);
  return name.kind === 'plates'
    ? `门牌码-${fullName(grid, tree)}-第${name.part}份.pdf`
    : `${posterName(grid, name.what, tree)}.pdf`;
}
