import { Problem } from '@sandan/shared/problems';
import { breathing } from '../background/breathe';
import { isLockWait } from '../database/conflicts';
import type { Db } from '../database/connect';
import { noteSubjects } from '../audit/list-export';
import { recordAct } from '../audit/record-act';
import { newId } from '../ids';
import { makeReadAnew } from '../reference/read-anew';
import { fingerprintOf, forgetStaged, planUnits, repeatedMarks, type Planned } from './check-units';
import { moveImport, scopeOf, tellProgress, type RosterJob } from './job';
import type { RosterCounts } from './roster.entity';
import type { RosterScope } from './roster';
import { stagedUnits } from './staged-units';

/**
 * Everything in one transaction, or nothing. Each unit is planned again from locked rows and must come out as it was shown.
 * How far it is, is told beside it over another connection. One import is applied at a time, whatever its kind.
 *
 * Throws `roster.changed-since`, `roster.under-way`; {@link NoLongerWanted} when the service stops.
 */
export async function applyUnits(job: RosterJob, counts: RosterCounts): Promise<void> {
  const alone = await job.database.alone('rosters', async () => {
    const scope = await scopeOf(job);
    await job.database.transaction((db) => writeAll(db, job, scope, counts));
    return true;
  });
  if (!alone) throw new Problem('roster.under-way', { retryAfter: 30 });
  await forgetStaged(job);
}

async function writeAll(db: Db, job: RosterJob, scope: RosterScope, counts: RosterCounts): Promise<void> {
  const { importId, roster } = job;
  if (await isApplied(db, importId)) return;
  // First, as a change by hand does: the trees change one after the other.
  if (roster.changesTree) await makeReadAnew(db);
  const whole = counts.added + counts.changed + counts.ended;
  const repeated = await repeatedMarks(db, importId);
  const auditId = newId(job.caller.now);
  let done = 0;
  for await (const units of stagedUnits(db, importId, roster, 'toWrite')) {
    await patiently(db, async () => {
      const plans = await planUnits(db, roster, scope, units, { lock: true, repeated });
      await refuseChanged(db, importId, plans);
      const touched = new Set<string>();
      await roster.apply(db, scope, plans, (personIds) => personIds.forEach((id) => touched.add(id)));
      await noteSubjects(db, auditId, await notYetNoted(db, auditId, touched));
    });
    done += units.length;
    await tellProgress(job, 'applying', done, whole);
  }
  if (done !== whole) throw new Problem('roster.changed-since');
  await moveImport(db, importId, ['applying'], 'applied', { applied_at: job.caller.now, problem: null });
  await recordAct(db, job.caller, 'applyRoster', {
    id: auditId,
    thingId: importId,
    townId: scope.grid.town,
    facts: { roster: roster.kind, gridId: job.gridId, ...factsOf(counts) },
  });
}

/** Times five seconds, which is how long one statement waits for a row. */
const mostWaits = 12;

/**
 * A row that somebody holds for longer than a statement waits costs one batch and not what a county has written so far.
 * A deadlock ends whoever of the two has written less, so that it is hardly ever this one that is repeated whole.
 */
async function patiently(db: Db, work: () => Promise<void>): Promise<void> {
  await db.write('SAVEPOINT roster_batch');
  for (let waits = 1; ; waits += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLockWait(error) || waits === mostWaits) throw error;
      await db.write('ROLLBACK TO SAVEPOINT roster_batch');
    }
  }
}

/** Who moves from one household of the file to another stands in two of its batches. */
async function notYetNoted(db: Db, auditId: string, touched: ReadonlySet<string>): Promise<string[]> {
  if (touched.size === 0) return [];
  // By the person: by the act alone, all who were noted so far would be read for every batch.
  const noted = await db.query<{ id: string }>(
    `SELECT person_id AS id FROM export_subject FORCE INDEX (export_subject_person)
     WHERE person_id IN (?) AND audit_id = ?`,
    [[...touched], auditId],
  );
  const known = new Set(noted.map(({ id }) => id));
  return [...touched].filter((id) => !known.has(id));
}

/** The answer of the database to our own commit was lost. */
async function isApplied(db: Db, importId: string): Promise<boolean> {
  const [row] = await db.query<{ state: string }>('SELECT state FROM roster_import WHERE id = ?', [importId]);
  return row?.state === 'applied';
}

async function refuseChanged(db: Db, importId: string, plans: readonly Planned[]): Promise<void> {
  const keys = plans.map(({ unit }) => unit.key);
  const rows = await db.query<{ unit_key: string; fingerprint: Buffer }>(
    'SELECT unit_key, fingerprint FROM roster_unit WHERE import_id = ? AND unit_key IN (?)',
    [importId, keys],
  );
  const shown = new Map(rows.map(({ unit_key, fingerprint }) => [unit_key, fingerprint]));
  const breathe = breathing();
  for (const plan of plans) {
    if (!shown.get(plan.unit.key)?.equals(fingerprintOf(plan))) throw new Problem('roster.changed-since');
    await breathe();
  }
}

const factsOf = ({ added, changed, ended, missing }: RosterCounts) => ({
  ...{ newThings: added, changedThings: changed, endedThings: ended, missingThings: missing },
});
