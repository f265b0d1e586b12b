import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Db, Reading } from '../../foundation/database/connect';
import type { TakenSheet } from '../../foundation/photos/take-upload';
import { derivedId } from './derived-id';
import { checkTime } from './draft-rules';
import { checkRows, type CheckedRow } from './import-check';
import { lookUp } from './import-lookups';
import { deedsIn } from './import-sheet';
import { CommitmentImport, CommitmentImportRow } from './import.entity';
import { seesRound } from './rounds.policy';
import { roundById } from './rounds.queries';
import type { Round } from './round.entity';

/** Bytes of a statement stay far below what a database takes at once. */
const slice = 500;

/** The year drafts may be imported into. Throws `round.not-found`, and what stands against drafting now. */
export async function importableRound(db: Reading, caller: Caller, roundId: string): Promise<Round> {
  const round = await roundById(db, roundId);
  if (!round || !seesRound(caller, round)) throw new Problem('round.not-found');
  // Why it is late is asked when it is applied.
  checkTime(round, 'later');
  return round;
}

interface Upload {
  importId: string;
  roundId: string;
  sheet: TakenSheet;
}

/** Checks what was uploaded and keeps it with what was found. The same file under the same id is the same import. */
export async function checkUpload(db: Db, caller: Caller, { importId, roundId, sheet }: Upload): Promise<void> {
  if (await isRepeat(db, caller, { importId, roundId, sheet })) return;
  const round = await importableRound(db, caller, roundId);
  const given = deedsIn(sheet.rows);
  const rows = checkRows(given, await lookUp(db, caller, round, given));
  await db.insert(CommitmentImport, [
    {
      ...{ id: importId, roundId, importerId: caller.personId, state: 'ready', contentHash: sheet.contentHash },
      ...{ ...countsOf(rows), rowsDone: 0, at: caller.now, touchedAt: null, appliedAt: null },
    },
  ]);
  await keepRows(db, importId, rows);
}

async function isRepeat(db: Db, { personId }: Caller, { importId, roundId, sheet }: Upload): Promise<boolean> {
  const [row] = await db.query<{ importer: string; round: string; hash: Buffer }>(
    'SELECT importer_id AS importer, round_id AS round, content_hash AS hash FROM commitment_import WHERE id = ?',
    [importId],
  );
  if (!row) return false;
  const isSame = row.importer === personId && row.round === roundId && row.hash.equals(sheet.contentHash);
  if (!isSame) throw new Problem('import.id-taken');
  return true;
}

export const countsOf = (rows: readonly CheckedRow[]) => {
  const of = (standing: CheckedRow['standing']) => rows.filter((row) => row.standing === standing).length;
  return { rowCount: rows.length, good: of('good'), warned: of('warned'), known: of('known'), faulty: of('faulty') };
};

/** The draft a row becomes: the same one however often it is tried. */
export const draftIdOf = (importId: string, { number }: Pick<CheckedRow, 'number'>): string =>
  derivedId(importId, `row ${number}`);

async function keepRows(db: Db, importId: string, rows: readonly CheckedRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += slice) {
    await db.insert(
      CommitmentImportRow,
      rows.slice(from, from + slice).map(({ number, cells, standing, faults, hints, ready }) => ({
        ...{ importId, number, cells, standing, faults, hints },
        commitmentId: ready ? draftIdOf(importId, { number }) : null,
      })),
    );
  }
}

/** What was found goes, what is found now stays: the village has moved on since the upload. */
export async function checkAnew(db: Db, caller: Caller, importId: string, rows: readonly CheckedRow[]): Promise<void> {
  const { rowCount: _same, ...counts } = countsOf(rows);
  const columns = Object.keys(counts).map((column) => `${column} = ?`);
  await db.write(`UPDATE commitment_import SET ${columns.join(', ')} WHERE id = ? AND importer_id = ?`, [
    ...Object.values(counts),
    importId,
    caller.personId,
  ]);
  await db.write('DELETE FROM commitment_import_row WHERE import_id = ?', [importId]);
  await keepRows(db, importId, rows);
}
