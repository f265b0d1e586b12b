import { createHash } from 'node:crypto';
import type { RosterStanding } from '@sandan/shared/people/roster.words';
import { Problem } from '@sandan/shared/problems';
import { breathing } from '../background/breathe';
import type { Db, Reading } from '../database/connect';
import { newId } from '../ids';
import { moveImport, scopeOf, slicesOf, tellProgress, type RosterJob } from './job';
import type { AnyRoster, Drawing, Fault, RosterScope, UnitPlan } from './roster';
import { RosterUnit, type RosterCounts } from './roster.entity';
import { stagedUnits, type StagedUnit } from './staged-units';

/** What the preview shows of a unit. */
export interface UnitContent {
  readonly title: string;
  readonly changes: UnitPlan<unknown>['changes'];
  readonly faults: readonly Fault[];
  readonly hints: readonly string[];
  readonly drawing?: Drawing | undefined;
}

/** Units in one statement. */
const slice = 500;

/** Holds every row against the system, and keeps what was found; what was found before goes. Throws `roster.too-many-rows`. */
export async function checkUnits(job: RosterJob, rowCount: number): Promise<void> {
  const { database, importId, roster } = job;
  if (roster.asOne !== undefined && rowCount > roster.asOne) throw new Problem('roster.too-many-rows');
  await forgetUnits(job);
  const scope = await scopeOf(job);
  const repeated = await repeatedMarks(database.reading, importId);
  let done = 0;
  for await (const units of stagedUnits(database.reading, importId, roster, 'all')) {
    const plans = await planUnits(database.reading, roster, scope, units, { lock: false, repeated });
    for (const some of slicesOf(plans, slice)) {
      const rows = await rowsOf(importId, some);
      await database.transaction((db) => db.insert(RosterUnit, rows));
    }
    done += units.reduce((sum, { rows }) => sum + rows.length, 0);
    await tellProgress(job, 'checking', done, rowCount);
  }
  const counts = await countsOf(database.reading, job, scope);
  await database.transaction((db) =>
    moveImport(db, importId, ['checking'], 'ready', {
      ...{ counts: JSON.stringify(counts), done: 0, whole: 0, problem: null, problem_fields: null },
    }),
  );
}

export type Planned = UnitPlan<unknown> & { readonly unit: StagedUnit };

interface How {
  readonly lock: boolean;
  readonly repeated: ReadonlyMap<string, readonly number[]>;
}

/** A row with a fault stops its unit; the rest of the unit is looked at all the same, so that all faults are told at once. */
export async function planUnits(
  db: Reading,
  roster: AnyRoster,
  scope: RosterScope,
  units: readonly StagedUnit[],
  { lock, repeated }: How,
): Promise<Planned[]> {
  const plans = await roster.plan(db, scope, units, lock);
  return plans.map((plan, index): Planned => {
    const unit = units[index];
    if (!unit) throw new Error(`${roster.kind}: more plans than units`);
    const read = unit.rows.flatMap((row) => row.faults);
    const faults = [...read, ...newFaults(read, [...repeatedFaults(unit, roster, repeated), ...plan.faults])];
    const hints = [...unit.rows.flatMap((row) => row.hints), ...plan.hints];
    const standing: RosterStanding = faults.length > 0 ? 'faulty' : plan.standing;
    return { ...plan, standing, faults, hints, unit };
  });
}

const cellOf = ({ number, column }: Fault): string => `${number} ${column ?? ''}`;

/** What is wrong with a cell already follows from it: a code that cannot be read is also one that nobody has. */
function newFaults(read: readonly Fault[], found: readonly Fault[]): Fault[] {
  const told = new Set(read.map(cellOf));
  const once = new Map(found.map((fault) => [`${cellOf(fault)} ${fault.words}`, fault]));
  return [...once.values()].filter((fault) => !told.has(cellOf(fault)));
}

function repeatedFaults(unit: StagedUnit, { markColumn }: AnyRoster, repeated: How['repeated']): Fault[] {
  return [...unit.marks].flatMap(([number, mark]) => {
    const others = (repeated.get(mark) ?? []).filter((other) => other !== number);
    if (others.length === 0) return [];
    return [
      { number, column: markColumn ?? null, words: `和第 ${others.slice(0, 3).join('、')} 行是同一个人，请删掉一行` },
    ];
  });
}

const mostRepeated = 20_000;

/** Rows by what they have in common with another one and must not. */
export async function repeatedMarks(db: Reading, importId: string): Promise<Map<string, number[]>> {
  const rows = await db.query<{ mark: Buffer; number: number }>(
    `SELECT r.mark, r.number FROM roster_row r JOIN
       (SELECT mark FROM roster_row WHERE import_id = ? AND mark IS NOT NULL GROUP BY mark HAVING COUNT(*) > 1
        LIMIT ${mostRepeated}) d ON d.mark = r.mark
     WHERE r.import_id = ? ORDER BY r.number LIMIT ${mostRepeated}`,
    [importId, importId],
  );
  const repeated = new Map<string, number[]>();
  for (const { mark, number } of rows) {
    const key = mark.toString('hex');
    repeated.set(key, [...(repeated.get(key) ?? []), number]);
  }
  return repeated;
}

/**
 * Tells whether what would be written is still what was shown. Not the word for it: a household is “ended” once the last one
 * has left it, and that may happen in another batch of the same file.
 */
export const fingerprintOf = ({ standing, thingId, work }: UnitPlan<unknown>): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([standing === 'faulty', thingId, work]))
    .digest();

async function rowsOf(importId: string, plans: readonly Planned[]): Promise<RosterUnit[]> {
  const breathe = breathing();
  const rows: RosterUnit[] = [];
  for (const plan of plans) {
    rows.push(unitRow(importId, plan));
    await breathe();
  }
  return rows;
}

function unitRow(importId: string, plan: Planned): RosterUnit {
  const { unit, standing, thingId, title, changes, faults, hints, draw } = plan;
  const content: UnitContent = { title, changes, faults, hints, drawing: draw?.() };
  return {
    ...{ id: newId(), importId, unitKey: unit.key, firstNumber: unit.rows[0]?.number ?? 0, rowCount: unit.rows.length },
    ...{ standing, thingId, hints: hints.length, fingerprint: fingerprintOf(plan), content: JSON.stringify(content) },
  };
}

async function countsOf(db: Reading, { importId, roster }: RosterJob, scope: RosterScope): Promise<RosterCounts> {
  const rows = await db.query<{ standing: RosterStanding; units: number; hinted: number }>(
    `SELECT standing, COUNT(*) AS units, CAST(SUM(hints > 0) AS SIGNED) AS hinted
     FROM roster_unit WHERE import_id = ? GROUP BY standing`,
    [importId],
  );
  const of = (standing: RosterStanding) => Number(rows.find((row) => row.standing === standing)?.units ?? 0);
  return {
    ...{ faulty: of('faulty'), added: of('added'), changed: of('changed'), ended: of('ended') },
    unchanged: of('unchanged'),
    missing: await roster.countMissing(db, scope),
    hinted: rows.reduce((sum, { hinted }) => sum + Number(hinted), 0),
  };
}

const forgotten = 5_000;
const deleteSome = (db: Db, table: 'roster_row' | 'roster_unit', importId: string): Promise<number> =>
  db.write(`DELETE FROM ${table} WHERE import_id = ? LIMIT ${forgotten}`, [importId]);

/** In pieces, so that no transaction grows with the county. */
async function forget(
  { database, importId }: Pick<RosterJob, 'database' | 'importId'>,
  table: 'roster_row' | 'roster_unit',
) {
  while ((await database.transaction((db) => deleteSome(db, table, importId))) === forgotten);
}

const forgetUnits = (job: RosterJob): Promise<void> => forget(job, 'roster_unit');

/** What was read has done its service. */
export async function forgetStaged(job: Pick<RosterJob, 'database' | 'importId'>): Promise<void> {
  await forget(job, 'roster_row');
  await forget(job, 'roster_unit');
}
