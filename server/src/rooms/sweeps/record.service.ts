import type { BodyOf } from '@sandan/shared/endpoint';
import { Problem, type ProblemFields } from '@sandan/shared/problems';
import { answerFaults, findingsOf, type Answers } from '@sandan/shared/sweeps/sweep-form';
import { standingOf } from '@sandan/shared/sweeps/sweep-standing';
import type { sweepsApi } from '@sandan/shared/sweeps/sweeps.contract';
import { householdResult, type PersonStanding, type VisitResult } from '@sandan/shared/sweeps/sweep.words';
import type { Caller } from '../../foundation/access/caller';
import { isDuplicate } from '../../foundation/database/conflicts';
import type { Db } from '../../foundation/database/connect';
import { fingerprintOf } from '../../foundation/fingerprint';
import { bindPhotos } from '../../foundation/photos/photos.service';
import { SweepPerson, SweepVisit, type SweepTarget } from './sweep.entity';
import { mayRecord, seesTarget } from './sweeps.policy';
import { sweepById, type SweepRecord } from './sweeps.queries';
import { personsOf, targetById, type TargetRecord } from './targets.queries';

export type Visiting = BodyOf<(typeof sweepsApi)['record']>;

/** What was said at a door, sealed as one. */
export interface Said {
  answers: Answers;
  persons: { personId: string; standing: PersonStanding; placeId?: string | undefined; words?: string | undefined }[];
  confirmedIds: string[];
  additions: string | null;
  words: string | null;
}

interface Door {
  db: Db;
  caller: Caller;
  target: TargetRecord;
  sweep: SweepRecord;
}

/** The household, for whoever may look at it. Throws `sweep.target-not-found`. */
export async function visibleTarget(db: Db | Parameters<typeof targetById>[0], caller: Caller, targetId: string) {
  const target = await targetById(db, targetId);
  if (!target || !seesTarget(caller, target)) throw new Problem('sweep.target-not-found');
  return target;
}

/**
 * Writes down one visit; a repeat of the same visit is answered with how the household stands now. Visits of two people
 * are both kept: how it stands follows from all of them (`standingOf`), in whatever order they arrive. After the
 * deadline it is taken and marked late; after the end it is refused (`sweep.over`) and stays on the phone.
 */
export async function recordVisit(
  db: Db,
  caller: Caller,
  { targetId, visitId }: { targetId: string; visitId: string },
  body: () => Visiting,
): Promise<void> {
  const target = await visibleTarget(db, caller, targetId);
  if (!mayRecord(caller, target)) throw new Problem('access.forbidden');
  const known = await visitById(db, visitId);
  if (known) return checkSame(known, caller, targetId, body());
  const sweep = await lockedSweep(db, target.sweepId);
  if (sweep.state !== 'running') throw new Problem('sweep.over');
  const visiting = body();
  // The household first, then what hangs on it: two who are at the same door wait for one another here.
  await db.write('UPDATE sweep_target SET version = version + 1 WHERE id = ?', [targetId]);
  const door: Door = { db, caller, target, sweep };
  await writeVisit(door, visitId, visiting);
  await settle(door);
}

interface KnownVisit {
  targetId: string;
  byId: string;
  fingerprint: Buffer;
}

async function visitById(db: Db, id: string): Promise<KnownVisit | null> {
  const [row] = await db.query<KnownVisit>(
    'SELECT target_id AS targetId, by_id AS byId, fingerprint FROM sweep_visit WHERE id = ?',
    [id],
  );
  return row ?? null;
}

function checkSame(known: KnownVisit, caller: Caller, targetId: string, visiting: Visiting): void {
  if (known.byId !== caller.personId || known.targetId !== targetId) throw new Problem('sweep.visit-id-taken');
  if (!known.fingerprint.equals(fingerprintOf(visiting))) throw new Problem('sweep.visit-sent-differently');
}

/** Shared: many record at once, but nobody while it is being closed. */
async function lockedSweep(db: Db, id: string): Promise<SweepRecord> {
  await db.query('SELECT id FROM sweep WHERE id = ? LOCK IN SHARE MODE', [id]);
  const sweep = await sweepById(db, id);
  if (!sweep) throw new Problem('sweep.not-found');
  return sweep;
}

async function writeVisit({ db, caller, target, sweep }: Door, visitId: string, visiting: Visiting): Promise<void> {
  const result = await checkedResult({ db, caller, target, sweep }, visiting);
  const findings = result === 'met' ? findingsOf(sweep.questions, visiting.answers).length : 0;
  const visitedAt = heldBetween(new Date(visiting.visitedAt), sweep.startedAt ?? sweep.setAt, caller.now);
  const { answers, persons, confirmedIds, additions = null, words = null } = visiting;
  const said: Said = { answers, persons, confirmedIds, additions, words };
  const visit: SweepVisit = {
    ...{ id: visitId, sweepId: sweep.id, targetId: target.id, byId: caller.personId, result, visitedAt },
    ...{ recordedAt: caller.now, late: caller.now > sweep.deadline ? 1 : 0, findings },
    ...{ peopleMet: peopleMet(visiting), additions: additions === null ? 0 : 1, said: JSON.stringify(said) },
    fingerprint: fingerprintOf(visiting),
  };
  await db.insert(SweepVisit, [visit]).catch((error: unknown) => {
    throw isDuplicate(error) ? new Problem('sweep.visit-id-taken') : error;
  });
  await movePersons(db, visit, persons);
  if (visiting.photoIds.length === 0) return;
  const photos = { ids: visiting.photoIds, thingKind: 'sweepVisit', thingId: visitId };
  await bindPhotos(db.manager, { ...photos, ownerId: caller.personId, now: caller.now });
}

/** The result of the visit, with everything that is wrong with it thrown at once: `sweep.answers`, `sweep.stranger`. */
async function checkedResult({ db, sweep, target }: Door, visiting: Visiting): Promise<VisitResult> {
  const { persons, confirmedIds } = visiting;
  const named = [...confirmedIds, ...persons.map(({ personId }) => personId)];
  const household = new Set((await personsOf(db, [target])).map(({ personId }) => personId));
  if (named.some((id) => !household.has(id))) throw new Problem('sweep.stranger');
  const result = resultOf(sweep, visiting);
  const faults: Record<string, string> = result === 'met' ? answerFaults(sweep.questions, visiting.answers) : {};
  const places = new Set(sweep.places.map(({ id }) => id));
  if (persons.some(({ standing, placeId }) => standing === 'moved' && !places.has(placeId ?? '')))
    faults['persons'] = '请选转移到哪个安置点';
  refuse(faults);
  if (result === undefined) throw new Problem('request.bad-input', { fields: { result: '请选择这次的结果' } });
  return result;
}

function refuse(fields: ProblemFields): void {
  if (Object.keys(fields).length > 0) throw new Problem('sweep.answers', { fields });
}

const resultOf = ({ kind }: SweepRecord, { persons, result }: Visiting): VisitResult | undefined =>
  kind === 'rollCall' && persons.length > 0 ? householdResult(persons.map(({ standing }) => standing)) : result;

function peopleMet({ peopleMet: counted, confirmedIds, persons }: Visiting): number | null {
  if (counted !== undefined) return counted;
  const there = persons.filter(({ standing }) => standing !== 'notFound').length;
  return confirmedIds.length + there || null;
}

/** Phones have wrong clocks: a visit was neither before the start nor after now. */
const heldBetween = (at: Date, from: Date, to: Date): Date => {
  if (at > to) return to;
  return at < from ? from : at;
};

/** 点名: the later visit says where somebody is, whenever it arrives. */
async function movePersons(db: Db, visit: SweepVisit, persons: Visiting['persons']): Promise<void> {
  if (persons.length === 0) return;
  const known = await db.query<{ personId: string; visitedAt: Date; visitId: string }>(
    'SELECT person_id AS personId, visited_at AS visitedAt, visit_id AS visitId FROM sweep_person WHERE target_id = ?',
    [visit.targetId],
  );
  const isNewer = (personId: string): boolean => {
    const before = known.find((each) => each.personId === personId);
    if (!before) return true;
    const later = visit.visitedAt.getTime() - before.visitedAt.getTime();
    return later > 0 || (later === 0 && visit.id > before.visitId);
  };
  await db.upsert(
    SweepPerson,
    persons
      .filter(({ personId }) => isNewer(personId))
      .map(({ personId, standing, placeId }) => ({
        ...{ targetId: visit.targetId, personId, sweepId: visit.sweepId, standing, visitId: visit.id },
        ...{ placeId: standing === 'moved' ? (placeId ?? null) : null, byId: visit.byId, visitedAt: visit.visitedAt },
      })),
    ['standing', 'placeId', 'visitId', 'byId', 'visitedAt'],
  );
}

type VisitRow = Pick<SweepVisit, 'id' | 'result' | 'visitedAt' | 'late' | 'peopleMet' | 'findings' | 'additions'>;

/** How the household stands by all its visits. In a roll-call it is through when each of its people stands somewhere. */
async function settle({ db, target, sweep }: Door): Promise<void> {
  const visits = await db.query<VisitRow>(
    `SELECT id, result, visited_at AS visitedAt, late, people_met AS peopleMet, findings, additions
     FROM sweep_visit WHERE target_id = ?`,
    [target.id],
  );
  const standing = standingOf(visits.map((each) => ({ ...each, visitedAt: each.visitedAt.getTime() })));
  const counts = visits.find(({ id }) => id === standing.visitId);
  const missing = sweep.kind === 'rollCall' && standing.state === 'met' && (await isAnybodyMissing(db, target));
  await db.write(
    `UPDATE sweep_target SET state = ?, tries = ?, visit_id = ?, visited_at = ?, late = ?, people_met = ?, findings = ?,
            additions = ? WHERE id = ?`,
    [
      ...[missing ? 'todo' : standing.state, standing.tries, standing.visitId, counts?.visitedAt ?? null],
      ...[counts?.late ?? 0, counts?.peopleMet ?? 0, counts?.findings ?? 0, counts?.additions ?? 0, target.id],
    ],
  );
}

const isAnybodyMissing = async (db: Db, target: Pick<SweepTarget, 'id'>): Promise<boolean> =>
  (await personsOf(db, [target])).some(({ standing }) => standing === null);
