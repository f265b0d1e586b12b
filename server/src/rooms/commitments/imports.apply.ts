import { importLimits } from '@sandan/shared/commitments/import.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import type { Database, Db } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { submitAll, type Outcome } from './bulk.service';
import { Commitment, CommitmentVersion } from './commitment.entity';
import { draftedRow, newCommitment, versionRow } from './draft-rows';
import { checkTime } from './draft-rules';
import { checkRows, type CheckedRow, type ReadyRow } from './import-check';
import { lookUp } from './import-lookups';
import { draftsOf, givenRows, importOf, patience } from './imports.queries';
import { checkAnew, countsOf, draftIdOf } from './imports.service';
import { roundById } from './rounds.queries';

/** Drafts in one statement, and between two reports of progress. */
const slice = 200;

interface Applying {
  caller: Caller;
  world: Pick<World, 'database' | 'log'>;
  importId: string;
  lateReason?: string | undefined;
}

/**
 * 全部导入: every draft in one transaction, or none. How far it is, is told beside it over another connection. Whoever is
 * killed here leaves nothing but the word "applying", which lapses after a minute without a sign of life.
 *
 * Throws `import.faulty` when the village has changed since the upload (the rows then say how), `import.nothing-new`,
 * `import.under-way`, and what stands against drafting now.
 */
export async function applyImport(applying: Applying): Promise<void> {
  const { world, caller, importId } = applying;
  const { state } = await importOf(world.database.reading, caller, importId);
  if (state === 'applied') return;
  await begin(world.database, importId);
  let found: readonly CheckedRow[] = [];
  try {
    await world.database.transaction(async (db) => {
      const checked = await checkLocked(db, applying);
      if (checked === 'applied') return;
      found = checked;
      refuseUnready(countsOf(found));
      const ready = found.flatMap((row) => (row.ready ? [{ ...row.ready, number: row.number }] : []));
      for (let from = 0; from < ready.length; from += slice) {
        await insertDrafts(db, applying, ready.slice(from, from + slice));
        await tellProgress(world.database, importId, Math.min(ready.length, from + slice));
      }
      await finish(db, applying, found);
    });
  } catch (error) {
    // Where this fails too, the word lapses by itself.
    await giveUp(applying, found).catch((err: unknown) => world.log.error({ err, importId }, 'import not given up'));
    throw error;
  }
}

/** One at a time; a dead one's place is free after a while. */
async function begin(database: Database, importId: string): Promise<void> {
  const begun = await database.transaction((db) =>
    db.write(
      `UPDATE commitment_import SET state = 'applying', rows_done = 0, touched_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND (state = 'ready'
         OR (state = 'applying' AND touched_at < UTC_TIMESTAMP(3) - INTERVAL ${patience} SECOND))`,
      [importId],
    ),
  );
  if (begun === 0) throw new Problem('import.under-way');
}

/**
 * The rows as they stand now. The year is locked first: of two people who import the same deeds at once, the second one
 * finds what the first has brought in. `applied`: the answer of the database to our own commit was lost.
 */
async function checkLocked(db: Db, { caller, importId, lateReason }: Applying): Promise<CheckedRow[] | 'applied'> {
  const { roundId, state } = await importOf(db, caller, importId);
  if (state === 'applied') return state;
  await db.query('SELECT id FROM commitment_round WHERE id = ? FOR UPDATE', [roundId]);
  const round = await roundById(db, roundId);
  if (!round) throw new Problem('round.not-found');
  checkTime(round, lateReason);
  const given = await givenRows(db, importId);
  return checkRows(given, await lookUp(db, caller, round, given));
}

async function insertDrafts(
  db: Db,
  { caller, importId, lateReason }: Applying,
  ready: readonly (ReadyRow & { number: number })[],
): Promise<void> {
  const rows = ready.map(({ number, draft, debt, responsibleId, reviewers, identity }): Commitment => {
    const told = lateReason === undefined ? draft : { ...draft, lateReason };
    const row = newCommitment(caller, draftIdOf(importId, { number }), told, debt);
    return { ...row, ...reviewers, responsibleId, fingerprint: identity };
  });
  await db.insert(Commitment, rows);
  await db.insert(
    CommitmentVersion,
    rows.map((row) => versionRow(caller, row, null)),
  );
  await db.insert(
    History,
    rows.map((row) => draftedRow(caller, row, newId(caller.now))),
  );
}

const tellProgress = (database: Database, importId: string, rowsDone: number): Promise<unknown> =>
  database.transaction((db) =>
    db.write('UPDATE commitment_import SET rows_done = ?, touched_at = UTC_TIMESTAMP(3) WHERE id = ?', [
      rowsDone,
      importId,
    ]),
  );

function refuseUnready({ good, warned, faulty }: ReturnType<typeof countsOf>): void {
  if (faulty > 0) throw new Problem('import.faulty', { facts: { faulty } });
  if (good + warned === 0) throw new Problem('import.nothing-new');
}

async function finish(db: Db, { caller, importId }: Applying, rows: readonly CheckedRow[]): Promise<void> {
  const { good, warned, known } = countsOf(rows);
  await db.write(
    `UPDATE commitment_import SET state = 'applied', good = ?, warned = ?, known = ?, faulty = 0, applied_at = ?
     WHERE id = ?`,
    [good, warned, known, caller.now, importId],
  );
  await recordAct(db, caller, 'importCommitments', { thingId: importId, facts: { good, warned, known } });
}

/** Nothing was imported: it may be tried again, and its rows say what is in the way. */
const giveUp = ({ caller, world, importId }: Applying, found: readonly CheckedRow[]): Promise<void> =>
  world.database.transaction(async (db) => {
    const sql = "UPDATE commitment_import SET state = 'ready', rows_done = 0 WHERE id = ? AND state = 'applying'";
    if ((await db.write(sql, [importId])) === 1 && found.length > 0) await checkAnew(db, caller, importId, found);
  });

/** 报审: some of its drafts, each in a transaction of its own; whoever pressed goes on until none is left. */
export async function submitImport(
  { caller, world, importId }: Pick<Applying, 'caller' | 'importId'> & { world: World },
  actionId: string,
): Promise<Outcome & { left: number }> {
  await importOf(world.database.reading, caller, importId);
  const ids = await draftsOf(world.database.reading, importId, importLimits.submit);
  const items = ids.map((commitmentId) => ({ commitmentId }));
  const outcome = await submitAll({ caller, world, body: () => ({ actionId, items }) });
  const { drafts } = await importOf(world.database.reading, caller, importId);
  return { ...outcome, left: drafts };
}
