import type { callsApi } from '@sandan/shared/calls/calls.contract';
import { chinaDate } from '@sandan/shared/china-time';
import type { BodyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import { grantsWith, type Caller } from '../../foundation/access/caller';
import type { AddressProof, SigningKeys } from '../../foundation/access/signature';
import { exportLimits, noteListExport } from '../../foundation/audit/list-export';
import type { Db, Reading } from '../../foundation/database/connect';
import { fileNameWords } from '../../foundation/documents/file-name';
import type { Paper } from '../../foundation/documents/paper';
import { nameOfPaper, signedPaper } from '../../foundation/documents/signed-papers';
import type { GridNode } from '../../foundation/reference/tree';
import { overdueByGrid } from '../households/visit-news.queries';
import { callsByVillage, callsFor } from './calls.queries';
import { todayOf, todaySections, type TodayRow, type TodaySection } from './today.queries';
import { todayPaper, type Today } from './today-paper';

/** Which desk's, and for whom: it stands in the address and is signed. */
interface TodayName {
  readonly personId: string;
  readonly gridId: string;
}

const path = '/today-papers';
/** More than a desk does in a day; a section says so where it is cut. */
const most = 60;

const fileNameOf = (grid: GridNode, { now }: Caller): string =>
  `${fileNameWords(grid.name)}-今日待办-${chinaDate(now.getTime())}.pdf`;

/** The desks whose paper one may print: of a village or town, with all below it. 作风反映 lies on no paper. */
export const desksOf = (caller: Caller): GridNode[] =>
  grantsWith(caller, 'order.accept')
    .filter(({ role }) => role !== 'disciplineDesk')
    .flatMap(({ grids }) => grids);

/** Throws `grid.not-found` (404), `access.forbidden` (403). */
function deskWithin(caller: Caller, gridId: string): GridNode {
  const { tree } = caller.reference;
  const grid = tree.grid(gridId);
  if (!grid) throw new Problem('grid.not-found');
  if (!desksOf(caller).some(({ id }) => tree.isWithin(gridId, id))) throw new Problem('access.forbidden');
  return grid;
}

/**
 * Where the paper can be fetched for an hour or two; everybody in it is written down, a repeat of the press once. Throws
 * as noteListExport does.
 */
export async function takeToday(
  db: Db,
  caller: Caller,
  { gridId, actionId }: BodyOf<typeof callsApi.today>,
  keys: SigningKeys,
) {
  const grid = deskWithin(caller, gridId);
  const today = await readToday(db, caller, grid);
  const { personId, now } = caller;
  const personIds = peopleIn(today);
  const rows = rowsIn(today);
  await noteListExport(db, caller, 'exportToday', { thingId: gridId, facts: { rows } }, { rows, personIds, actionId });
  const name: TodayName = { personId, gridId };
  return { address: signedPaper(path, name, keys, now), fileName: fileNameOf(grid, caller) };
}

export const todayPaperNamed = (paper: string, proof: AddressProof, keys: SigningKeys, now: Date): TodayName | null =>
  nameOfPaper(path, { paper, proof }, keys, now);

/** As it stands when it is opened, by the reach that whom it was signed for has then. */
export async function writeToday(
  db: Reading,
  caller: Caller,
  gridId: string,
): Promise<{ paper: Paper; fileName: string; rows: number }> {
  const grid = deskWithin(caller, gridId);
  const today = await readToday(db, caller, grid);
  if (rowsIn(today) > exportLimits(caller).rows) throw new Problem('paper.too-long');
  return { paper: todayPaper(db.vault, caller, grid, today), fileName: fileNameOf(grid, caller), rows: rowsIn(today) };
}

async function readToday(db: Reading, caller: Caller, grid: GridNode): Promise<Today> {
  const { tree } = caller.reference;
  const sections = {} as Record<TodaySection, TodayRow[]>;
  for (const section of todaySections) sections[section] = await todayOf(db, caller, grid.id, section, most);
  const calls = await callsFor(db, caller, { deskGridId: grid.id, limit: most });
  // Of a town: what its villages have yet to do, counted; what each of them has to say stands on its own paper.
  const below = ({ gridId }: { gridId: string }) => gridId !== grid.id && tree.isWithin(gridId, grid.id);
  const villages = grid.tier === 'town' ? (await callsByVillage(db, caller)).filter(below) : [];
  const gridIds = tree.grids.filter(({ id }) => tree.isWithin(id, grid.id)).map(({ id }) => id);
  const visits = await overdueByGrid(db, gridIds, caller.now);
  // Group by group, as the tree has them.
  const inOrder = visits.toSorted((one, other) => gridIds.indexOf(one.gridId) - gridIds.indexOf(other.gridId));
  return { sections, calls, villages, visits: inOrder };
}

const rowsIn = ({ sections, calls }: Today): number =>
  todaySections.reduce((sum, section) => sum + sections[section].length, calls.length);

const peopleIn = ({ sections, calls }: Today): string[] =>
  [...todaySections.flatMap((section) => sections[section]), ...calls].flatMap(({ requesterId }) => requesterId ?? []);
