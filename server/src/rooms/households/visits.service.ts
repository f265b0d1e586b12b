import { newId } from '../../foundation/ids';
import type { BodyOf } from '@sandan/shared/endpoint';
import { visitLimits } from '@sandan/shared/households/visit.words';
import type { visitsApi } from '@sandan/shared/households/visits.contract';
import { Problem } from '@sandan/shared/problems';
import { roleFor, type Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { fingerprintOf } from '../../foundation/fingerprint';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History } from '../../foundation/outbox/history.entity';
import { bindPhotos } from '../../foundation/photos/photos.service';
import { startDigest } from './visits.due-work';
import { Visit, VisitVersion } from './visit.entity';
import { renewLinks } from './visit-rhythm';
import { householdToVisit } from './visits.policy';
import { visitById, visitStanding } from './visits.queries';

type Fields = Omit<BodyOf<typeof visitsApi.record>, 'householdId'>;

const minute = 60_000;
const day = 24 * 60 * minute;
/** A phone's clock may go ahead of ours. */
const clockSlack = 10 * minute;

/**
 * 记一次走访. A record made without a network comes with the time it was made; the same id with the same words is a
 * repeat, by anybody else or with other words a 409.
 */
export async function recordVisit(
  db: Db,
  caller: Caller,
  visitId: string,
  judge: () => BodyOf<typeof visitsApi.record>,
): Promise<void> {
  const known = await visitById(db, visitId);
  if (known && known.memberId !== caller.personId) throw new Problem('visit.id-taken');
  const body = judge();
  const fingerprint = fingerprintOf(body);
  if (known && !known.fingerprint.equals(fingerprint)) throw new Problem('visit.sent-differently');
  if (known) return;
  const { gridId } = await householdToVisit(db, caller, body.householdId);
  await lockLinks(db, body.householdId);
  await checkFields(db, caller, body.householdId, body);
  const { townId } = caller.reference.tree.columns(gridId);
  const { now, personId: memberId } = caller;
  const at = timeOf(body, now);
  await db.insert(Visit, [
    {
      ...{ id: visitId, householdId: body.householdId, gridId, townId, memberId, ...columnsOf(body), at },
      ...{ recordedAt: now, fingerprint, changes: 0 },
    },
  ]);
  await bindVisitPhotos(db, caller, visitId, body.photoIds);
  await tell(db, caller, { id: visitId, gridId, townId, action: 'record', actionId: newId(now), seq: 1 });
  await renewLinks(db, { householdId: body.householdId, townId, at });
  if (townId !== null) await startDigest(db, townId, now);
}

/** 更正: by the author, within a day; what stood there before is kept. */
export async function changeVisit(
  db: Db,
  caller: Caller,
  { visitId, actionId }: { visitId: string; actionId: string | null },
  judge: () => BodyOf<typeof visitsApi.change>,
): Promise<void> {
  const visit = await visitById(db, visitId);
  if (!visit) throw new Problem('visit.not-found');
  const repeat = await repeatOf(db, actionId);
  const isOwn = repeat?.thingId === visitId && repeat.actorId === caller.personId && repeat.action === 'change';
  if (isOwn) return;
  if (visit.memberId !== caller.personId) {
    await householdToVisit(db, caller, visit.householdId).catch(() => {
      throw new Problem('visit.not-found');
    });
    throw new Problem('visit.not-yours');
  }
  if (repeat) throw new Problem('action.repeated-differently');
  const { now } = caller;
  if (now.getTime() - visit.recordedAt.getTime() > visitLimits.editHours * 60 * minute)
    throw new Problem('visit.change-over');
  const body = judge();
  await lockLinks(db, visit.householdId);
  await checkFields(db, caller, visit.householdId, body, visit);
  const at = timeOf(body, now);
  await rewrite(db, visit, body, at);
  await db.insert(VisitVersion, [{ visitId, number: visit.changes + 1, content: contentOf(visit), until: now }]);
  await bindVisitPhotos(db, caller, visitId, body.photoIds);
  const { gridId, townId } = visit;
  await tell(db, caller, {
    id: visitId,
    gridId,
    townId,
    action: 'change',
    actionId: body.actionId,
    seq: visit.changes + 2,
  });
  await renewLinks(db, { householdId: visit.householdId, townId, at });
}

async function rewrite(db: Db, { id, changes }: Visit, body: Fields, at: Date): Promise<void> {
  const { result, metPersonId, metWords, words, needs, lat, lng } = columnsOf(body);
  const moved = await db.write(
    `UPDATE visit SET result = ?, at = ?, met_person_id = ?, met_words = ?, words = ?, needs = ?, lat = ?, lng = ?,
       changes = changes + 1 WHERE id = ? AND changes = ?`,
    [result, at, metPersonId, metWords, words, JSON.stringify(needs), lat, lng, id, changes],
  );
  if (moved === 0) throw new Problem('version.changed');
}

const columnsOf = ({ result, metPersonId, metWords, words, needs, gcj02 }: Fields) => ({
  ...{ result, metPersonId: metPersonId ?? null, metWords: metWords ?? null, words: words ?? null, needs },
  ...{ lat: gcj02?.lat ?? null, lng: gcj02?.lng ?? null },
});

const contentOf = ({ result, at, metPersonId, metWords, words, needs }: Visit): object => ({
  ...{ result, at, metPersonId, metWords, words, needs },
});

const timeOf = ({ at }: Fields, now: Date): Date => new Date(Math.min(Date.parse(at), now.getTime()));

/** Two who come to the same household wait for one another: how it stands is counted from both. */
const lockLinks = (db: Db, householdId: string): Promise<unknown> =>
  db.query('SELECT id FROM household_link WHERE household_id = ? ORDER BY id FOR UPDATE', [householdId]);

async function checkFields(db: Db, caller: Caller, householdId: string, body: Fields, was?: Visit): Promise<void> {
  const age = caller.now.getTime() - Date.parse(body.at);
  const [tooSoon, tooOld] = [age < -clockSlack, age > visitLimits.daysBack * day];
  if (tooSoon) throw new Problem('request.bad-input', { fields: { at: '走访的时间不能在以后' } });
  if (tooOld)
    throw new Problem('request.bad-input', { fields: { at: `只能补记 ${visitLimits.daysBack} 天以内的走访` } });
  if (body.metPersonId !== undefined) {
    const [met] = await db.query('SELECT 1 FROM person WHERE id = ? AND household_id = ?', [
      body.metPersonId,
      householdId,
    ]);
    if (!met) throw new Problem('request.bad-input', { fields: { metPersonId: '请从这一户的人里选' } });
  }
  if (body.result !== 'phone' || was?.result === 'phone') return;
  const { tries } = await visitStanding(db, householdId, new Date(body.at));
  if (tries < visitLimits.triesBeforePhone) throw new Problem('visit.phone-too-early', { facts: { tries } });
}

async function bindVisitPhotos(db: Db, { personId, now }: Caller, visitId: string, ids: readonly string[]) {
  if (ids.length === 0) return;
  await bindPhotos(db.manager, { ids, ownerId: personId, thingKind: 'visit', thingId: visitId, now });
}

interface Told {
  id: string;
  gridId: string;
  townId: string | null;
  action: 'record' | 'change';
  actionId: string;
  seq: number;
}

const tell = (db: Db, caller: Caller, { id, gridId, townId, action, actionId, seq }: Told): Promise<void> =>
  db.insert(History, [
    {
      ...{ id: actionId, thing: 'visit', thingId: id, aggregateId: id, seq, townId, action, at: caller.now },
      ...{ actorId: caller.personId, actorName: caller.name, actorRole: roleFor(caller, 'visit.record', gridId) },
      ...{ onBehalfId: null, fromState: null, toState: null, words: null, facts: null, fannedOutAt: null },
    },
  ]);
