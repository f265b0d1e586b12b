import { Problem } from '@sandan/shared/problems';
import type { BodyOf } from '@sandan/shared/endpoint';
import type { sweepsApi } from '@sandan/shared/sweeps/sweeps.contract';
import type { Caller } from '../../foundation/access/caller';
import { reachesGrid } from '../../foundation/access/reach';
import type { AddressProof, SigningKeys } from '../../foundation/access/signature';
import { exportLimits, noteListExport } from '../../foundation/audit/list-export';
import type { Db, Reading } from '../../foundation/database/connect';
import { fileNameWords } from '../../foundation/documents/file-name';
import type { Paper } from '../../foundation/documents/paper';
import { nameOfPaper, signedPaper } from '../../foundation/documents/signed-papers';
import { progressBy } from './counts.queries';
import { countTargets, paperRows } from './paper-rows.queries';
import { asShown } from './sweep-checks';
import { sweepPaper } from './sweep-paper';
import { hidesDoors, seesSweep } from './sweeps.policy';
import { sweepById, type SweepRecord } from './sweeps.queries';

/** Which list, and for whom: all of it stands in its address and is signed. */
export interface SweepPaperName {
  readonly personId: string;
  readonly sweepId: string;
  readonly format: 'pdf' | 'xlsx';
  readonly names: boolean;
}

const path = '/sweep-papers';

async function exportable(db: Reading, caller: Caller, sweepId: string, names: boolean): Promise<SweepRecord> {
  const sweep = await sweepById(db, sweepId);
  if (!sweep || !seesSweep(caller, sweep)) throw new Problem('sweep.not-found');
  const mayNames = !names || (!hidesDoors(sweep) && reachesGrid(caller, 'sweep.exportNames', sweep.gridId));
  if (!mayNames || !reachesGrid(caller, 'sweep.export', sweep.gridId)) throw new Problem('access.forbidden');
  return asShown(sweep, caller);
}

/** Where the list can be fetched for an hour or two; each time it is asked for it is written down. */
export async function exportSweep(
  db: Db,
  caller: Caller,
  sweepId: string,
  { format, names }: BodyOf<(typeof sweepsApi)['export']>,
  keys: SigningKeys,
) {
  const sweep = await exportable(db, caller, sweepId, names);
  const { personId, now } = caller;
  const name: SweepPaperName = { personId, sweepId, format, names };
  // Whose households they are, each of them finds by the sweep itself (looks.queries.ts).
  const rows = hidesDoors(sweep) ? 0 : await countTargets(db, sweepId);
  const done = { thingId: sweepId, facts: { format, names, rows } };
  await noteListExport(db, caller, 'exportSweep', done, { rows, personIds: [] });
  return { address: signedPaper(path, name, keys, now), fileName: fileNameOf(sweep, format) };
}

const fileNameOf = ({ title }: SweepRecord, format: string): string => `${fileNameWords(title)}-排查结果.${format}`;

/** The list that an address of ours names; null for any other, and for one that has run out. */
export const sweepPaperNamed = (
  paper: string,
  proof: AddressProof,
  keys: SigningKeys,
  now: Date,
): SweepPaperName | null => nameOfPaper(path, { paper, proof }, keys, now);

/** What it says, by the reach that whom it was signed for has now. Throws `paper.too-long`. */
export async function writeSweepPaper(
  db: Reading,
  caller: Caller,
  { sweepId, names, format }: SweepPaperName,
): Promise<{ paper: Paper; fileName: string; rows: number }> {
  const sweep = await exportable(db, caller, sweepId, names);
  const { rows: most } = exportLimits(caller);
  // 按特殊情况选的户: the numbers alone leave the house.
  const rows = hidesDoors(sweep) ? null : await paperRows(db, sweepId, 'all', most + 1);
  if (rows && rows.length > most) throw new Problem('paper.too-long');
  const groups = await progressBy(db, { sweepId, reach: 'all', by: 'group' });
  const paper = sweepPaper({ sweep, groups, rows }, names, caller);
  return { paper, fileName: fileNameOf(sweep, format), rows: rows?.length ?? 0 };
}
