import type { QueryOf, ReplyOf } from '@sandan/shared/endpoint';
import { importStandings } from '@sandan/shared/commitments/import.words';
import type { importsApi } from '@sandan/shared/commitments/imports.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { decodeCursor } from '../../foundation/database/cursor';
import { fromJson, type Reading, type SqlValue } from '../../foundation/database/connect';
import { pageOf } from '../../foundation/database/page';
import { rowOf } from '../../foundation/database/rows';
import type { GivenRow } from './import-sheet';
import type { CommitmentImport, CommitmentImportRow, ImportCells } from './import.entity';
import type { Round } from './round.entity';

type Api = typeof importsApi;
type Row = Record<string, unknown>;

/** Seconds without a sign of life after which whoever applied it is taken for dead. */
export const patience = 60;

export interface ImportRecord extends CommitmentImport {
  year: number;
  roundState: Round['state'];
  /** Applying, and nobody is at it any more: the transaction is gone, nothing was imported. */
  isLost: boolean;
  drafts: number;
}

/** An import is its importer's alone: it names people before anything is public. Throws `import.not-found`. */
export async function importOf(db: Reading, { personId }: Caller, importId: string): Promise<ImportRecord> {
  const [row] = await db.query<Row>(
    `SELECT i.*, r.year, r.state AS round_state,
       i.state = 'applying' AND i.touched_at < UTC_TIMESTAMP(3) - INTERVAL ${patience} SECOND AS is_lost,
       (SELECT COUNT(*) FROM commitment_import_row x JOIN commitment c ON c.id = x.commitment_id
         WHERE x.import_id = i.id AND c.state = 'draft') AS drafts
     FROM commitment_import i JOIN commitment_round r ON r.id = i.round_id WHERE i.id = ? AND i.importer_id = ?`,
    [importId, personId],
  );
  if (!row) throw new Problem('import.not-found');
  return { ...rowOf<ImportRecord>(row), isLost: Number(row['is_lost']) === 1, drafts: Number(row['drafts']) };
}

/** What was read from the sheet, to be checked anew. */
export async function givenRows(db: Reading, importId: string): Promise<GivenRow[]> {
  const rows = await db.query<{ number: number; cells: unknown }>(
    'SELECT number, cells FROM commitment_import_row WHERE import_id = ? ORDER BY number',
    [importId],
  );
  return rows.map(({ number, cells }) => ({ number, cells: fromJson<ImportCells>(cells) }));
}

/** Drafts of the import that nobody has handed in yet, in the order of the sheet. */
export const draftsOf = async (db: Reading, importId: string, limit: number): Promise<string[]> =>
  (
    await db.query<{ id: string }>(
      `SELECT c.id FROM commitment_import_row x JOIN commitment c ON c.id = x.commitment_id
       WHERE x.import_id = ? AND c.state = 'draft' ORDER BY x.number LIMIT ?`,
      [importId, limit],
    )
  ).map(({ id }) => id);

export function presentImport(record: ImportRecord): ReplyOf<Api['read']> {
  const { good, warned, known, faulty, drafts } = record;
  const state = record.isLost ? 'ready' : record.state;
  const mayApply = state === 'ready' && faulty === 0 && good + warned > 0;
  return {
    ...{ id: record.id, roundId: record.roundId, year: record.year, state },
    ...{ rows: record.rowCount, good, warned, known, faulty, drafts },
    rowsDone: state === 'ready' ? 0 : record.rowsDone,
    isLate: record.roundState !== 'drafting',
    ...{ at: record.at.toISOString(), appliedAt: record.appliedAt?.toISOString() ?? null },
    allows: [...(mayApply ? (['apply'] as const) : []), ...(drafts > 0 ? (['submit'] as const) : [])],
  };
}

/** Rows by their number in the sheet. */
export async function listRows(
  db: Reading,
  importId: string,
  { standing, cursor, limit }: QueryOf<Api['rows']>,
): Promise<ReplyOf<Api['rows']>> {
  const filters = { importId, standing };
  const [after = 0] = decodeCursor(cursor, filters, ['number']) ?? [];
  const only: SqlValue[] = standing === 'all' ? [] : [standing];
  const rows = await db.query<Row>(
    `SELECT * FROM commitment_import_row WHERE import_id = ? AND number > ? ${only.length > 0 ? 'AND standing = ?' : ''}
     ORDER BY number LIMIT ?`,
    [importId, after, ...only, limit + 1],
  );
  return pageOf(rows.map(importRowOf), {
    ...{ limit, filters },
    keyOf: ({ number }) => [number],
    toReply: ({ number, cells, standing: stands, faults, hints }) => ({
      ...{ number, organization: cells.organization ?? '', name: cells.name ?? '', title: cells.title ?? '' },
      ...{ standing: stands, standingName: importStandings[stands], faults: [...faults], hints: [...hints] },
    }),
  });
}

const importRowOf = (row: Row): CommitmentImportRow => ({
  ...rowOf<CommitmentImportRow>(row),
  cells: fromJson(row['cells']),
  faults: fromJson(row['faults']),
  hints: fromJson(row['hints']),
});
