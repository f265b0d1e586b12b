import type { BodyOf } from '@sandan/shared/endpoint';
import type { careApi, proxiesApi } from '@sandan/shared/households/care.contract';
import { householdLimits, type CareState } from '@sandan/shared/households/household-events.words';
import { Problem } from '@sandan/shared/problems';
import { reachesGrid } from '../../foundation/access/reach';
import { actorOf, type Actor, type Caller } from '../../foundation/access/caller';
import { SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { thingOf } from '../../foundation/links/links';
import { History } from '../../foundation/outbox/history.entity';
import { CareRelation, ProxyConsent } from './care.entity';
import { careById, caringOf, proxyById, type CareRow } from './care.queries';
import { presentCare } from './households.presenter';
import { familyRule, manageRule, mayOnHousehold } from './households.policy';
import { householdById, type HouseholdRecord } from './households.queries';
import { audit } from './households.service';

/** 我照看的家 */
export async function myCaring(db: Reading, caller: Caller) {
  const rows = await caringOf(db, caller.personId);
  return { mine: rows.map((care) => presentCare(care, null, caller)) };
}

/** By the code on the parents' door; seen by nobody before somebody of the house, or its worker, has said yes. */
export async function askToCare(db: Db, caller: Caller, { actionId, key, kinship }: BodyOf<(typeof careApi)['ask']>) {
  if (await careById(db, actionId)) return myCaring(db, caller);
  const thing = await thingOf(db, key);
  const household = thing?.what === 'home' ? await householdById(db, thing.thingId) : null;
  if (!household || household.closedAt !== null) throw new Problem('binding.bad-door-code');
  if (household.id === caller.householdId) throw new Problem('care.own-home');
  if ((await caringOf(db, caller.personId)).some(({ householdId }) => householdId === household.id))
    throw new Problem('care.asked-already');
  await db.insert(CareRelation, [
    {
      ...{ id: actionId, carerId: caller.personId, householdId: household.id, state: 'asked', openMark: 1, kinship },
      ...{ agreedById: null, endedById: null, askedAt: caller.now, startsAt: null, endsAt: null },
    },
  ]);
  await tell(db, caller, household, 'ask', actionId, { carerId: caller.personId });
  await audit(db, caller, 'askToCare', household.id, { careId: actionId });
  return myCaring(db, caller);
}

async function careFor(
  db: Reading,
  caller: Caller,
  id: string,
): Promise<{ care: CareRow; household: HouseholdRecord }> {
  const care = await careById(db, id);
  const household = care ? await householdById(db, care.householdId) : null;
  const isOfHouse = household !== null && mayOnHousehold(familyRule, { ...household }, caller);
  if (!care || !household || (care.carerId !== caller.personId && !isOfHouse)) throw new Problem('care.not-found');
  return { care, household };
}

/** The yes is the family's, or the worker's for old people without a phone; never the carer's own. */
export async function answerCare(db: Db, caller: Caller, id: string, judge: () => BodyOf<(typeof careApi)['answer']>) {
  const { care, household } = await careFor(db, caller, id);
  if (care.carerId === caller.personId) throw new Problem('access.forbidden');
  const { actionId, agree } = judge();
  const wanted: CareState = agree ? 'agreed' : 'refused';
  if (care.state === wanted) return { state: wanted };
  if (care.state !== 'asked') throw new Problem('care.answered-already');
  const changed = await db.write(
    "UPDATE care_relation SET state = ?, open_mark = ?, agreed_by_id = ?, starts_at = ? WHERE id = ? AND state = 'asked'",
    [wanted, agree ? 1 : null, caller.personId, agree ? caller.now : null, id],
  );
  if (changed === 0) throw new SomebodyWasQuicker();
  await tell(db, caller, household, agree ? 'agree' : 'refuse', actionId, { carerId: care.carerId });
  await audit(db, caller, agree ? 'agreeCare' : 'refuseCare', household.id, { careId: id });
  return { state: wanted };
}

/** Revocable by both. */
export async function endCare(db: Db, caller: Caller, id: string, judge: () => BodyOf<(typeof careApi)['end']>) {
  const { care, household } = await careFor(db, caller, id);
  const { actionId } = judge();
  if (care.state === 'ended') return { state: care.state };
  if (care.state === 'refused') throw new Problem('care.answered-already');
  await db.write(
    "UPDATE care_relation SET state = 'ended', open_mark = NULL, ended_by_id = ?, ends_at = ? WHERE id = ? AND open_mark = 1",
    [caller.personId, caller.now, id],
  );
  await tell(db, caller, household, 'end', actionId, { carerId: care.carerId });
  await audit(db, caller, 'endCare', household.id, { careId: id });
  return { state: 'ended' as const };
}

type Told = 'ask' | 'agree' | 'refuse' | 'end';
/** The family answers, or whoever keeps the roll, and that is told; who asks to care for it is himself. */
const answererOf = (caller: Caller, household: HouseholdRecord, carerId: string): Actor =>
  caller.personId !== carerId && mayOnHousehold(manageRule, { ...household }, caller)
    ? actorOf(caller, 'household.manage', household.gridId)
    : { actorId: caller.personId, actorName: caller.name, actorRole: 'resident', onBehalfId: null };

const tell = (
  db: Db,
  caller: Caller,
  household: HouseholdRecord,
  action: Told,
  actionId: string,
  facts: { carerId: string },
) =>
  db.insert(History, [
    {
      ...{ id: action === 'ask' ? newId(caller.now) : actionId, thing: 'care', thingId: household.id, seq: 0 },
      ...{ aggregateId: household.id, townId: household.townId, action },
      ...answererOf(caller, household, facts.carerId),
      ...{ at: caller.now, fromState: null, toState: 'open', words: null, facts, fannedOutAt: null },
    },
  ]);

/** 代办的同意: whoever serves the place acts for somebody without a phone, for a year at most. */
export async function giveProxy(db: Db, caller: Caller, id: string, judge: () => BodyOf<(typeof proxiesApi)['give']>) {
  const known = await proxyById(db, id);
  if (known && known.recordedById !== caller.personId) throw new Problem('proxy.id-taken');
  const { personId, how, startsOn, endsOn } = judge();
  if (known) return { proxyId: id, endsOn: known.endsOn };
  const [person] = await db.query<{ householdId: string; gridId: string; boundAt: Date | null }>(
    `SELECT p.household_id AS householdId, h.grid_id AS gridId, p.bound_at AS boundAt FROM person p JOIN household h ON h.id = p.household_id
     WHERE p.id = ? AND p.disabled_at IS NULL`,
    [personId],
  );
  if (!person || !reachesGrid(caller, 'order.settle', person.gridId)) throw new Problem('household.not-found');
  // 代办 is for whoever cannot do it himself: who is in the app says what he wants there, and nobody orders in his name.
  if (person.boundAt !== null) throw new Problem('proxy.in-the-app');
  if (endsOn < startsOn || endsOn > monthsAfter(startsOn, householdLimits.proxyMonths))
    throw new Problem('proxy.too-long');
  await db.insert(ProxyConsent, [
    {
      ...{ id, personId, householdId: person.householdId, agentId: caller.personId, how, startsOn, endsOn },
      ...{ recordedById: caller.personId, recordedAt: caller.now, revokedById: null, revokedAt: null },
    },
  ]);
  await audit(db, caller, 'giveProxy', personId, { proxyId: id });
  return { proxyId: id, endsOn };
}

function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, date)).toISOString().slice(0, 10);
}

export async function revokeProxy(
  db: Db,
  caller: Caller,
  id: string,
  judge: () => BodyOf<(typeof proxiesApi)['revoke']>,
) {
  const proxy = await proxyById(db, id);
  const household = proxy?.householdId ? await householdById(db, proxy.householdId) : null;
  const isOfHouse = household !== null && mayOnHousehold(familyRule, { ...household }, caller);
  if (!proxy || (proxy.agentId !== caller.personId && !isOfHouse)) throw new Problem('proxy.not-found');
  judge();
  if (proxy.revokedAt) return { revokedAt: proxy.revokedAt.toISOString() };
  await db.write('UPDATE proxy_consent SET revoked_at = ?, revoked_by_id = ? WHERE id = ? AND revoked_at IS NULL', [
    ...[caller.now, caller.personId, id],
  ]);
  await audit(db, caller, 'revokeProxy', proxy.personId, { proxyId: id });
  return { revokedAt: caller.now.toISOString() };
}
