import { Problem } from '@sandan/shared/problems';
import type { BodyOf } from '@sandan/shared/endpoint';
import type { sweepsApi } from '@sandan/shared/sweeps/sweeps.contract';
import type { Caller } from '../../foundation/access/caller';
import { reachesGrid } from '../../foundation/access/reach';
import {
  checkNames,
  proofQuery,
  signNames,
  type AddressProof,
  type SigningKeys,
} from '../../foundation/access/signature';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import type { Paper } from '../../foundation/documents/paper';
import { progressBy } from './counts.queries';
import { paperRows } from './paper-rows.queries';
import { sweepPaper } from './sweep-paper';
import { seesSweep } from './sweeps.policy';
import { sweepById, type SweepRecord } from './sweeps.queries';

/** Which list, and for whom: all of it stands in its address and is signed. */
export interface SweepPaperName {
  readonly personId: string;
  readonly sweepId: string;
  readonly format: 'pdf' | 'xlsx';
  readonly names: boolean;
}

const namesOf = (paper: string): string[] => ['sweep-paper', paper];
const mostRows = { pdf: 5_000, xlsx: 20_000 } as const;

async function exportable(db: Reading, caller: Caller, sweepId: string, names: boolean): Promise<SweepRecord> {
  const sweep = await sweepById(db, sweepId);
  if (!sweep || !seesSweep(caller, sweep)) throw new Problem('sweep.not-found');
  if (!reachesGrid(caller, names ? 'sweep.exportNames' : 'sweep.export', sweep.gridId))
    throw new Problem('access.forbidden');
  return sweep;
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
  const paper = Buffer.from(JSON.stringify({ personId, sweepId, format, names })).toString('base64url');
  const query = new URLSearchParams(proofQuery(signNames(namesOf(paper), keys, now)));
  await recordAct(db, caller, 'exportSweep', { thingId: sweepId, facts: { format, names } });
  return { address: `/api/sweep-papers/${paper}?${query.toString()}`, fileName: fileNameOf(sweep, format) };
}

const fileNameOf = ({ title }: SweepRecord, format: string): string =>
  `${title.replace(/[\s/\\:*?"<>|]/g, '')}-排查结果.${format}`;

/** The list that an address of ours names; null for any other, and for one that has run out. */
export function sweepPaperNamed(
  paper: string,
  proof: AddressProof,
  keys: SigningKeys,
  now: Date,
): SweepPaperName | null {
  if (!checkNames(namesOf(paper), proof, keys, now)) return null;
  return JSON.parse(Buffer.from(paper, 'base64url').toString()) as SweepPaperName;
}

/** What it says, by the reach that whom it was signed for has now. Throws `paper.too-long`. */
export async function writeSweepPaper(
  db: Reading,
  caller: Caller,
  { sweepId, names, format }: SweepPaperName,
): Promise<{ paper: Paper; fileName: string }> {
  const sweep = await exportable(db, caller, sweepId, names);
  const rows = await paperRows(db, sweepId, 'all', mostRows[format] + 1);
  if (rows.length > mostRows[format]) throw new Problem('paper.too-long');
  const groups = await progressBy(db, { sweepId, reach: 'all', by: 'group' });
  return { paper: sweepPaper({ sweep, groups, rows }, names, caller), fileName: fileNameOf(sweep, format) };
}
