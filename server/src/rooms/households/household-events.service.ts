import { chinaDate } from '@sandan/shared/china-time';
import type { BodyOf } from '@sandan/shared/endpoint';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import type { HouseholdEventKind } from '@sandan/shared/households/household-events.words';
import { Problem } from '@sandan/shared/problems';
import { actorOf, type Caller } from '../../foundation/access/caller';
import { postsBeyond } from '../../foundation/access/posts-beyond';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History } from '../../foundation/outbox/history.entity';
import { HouseholdEvent } from './care.entity';
import { Household } from './household.entity';
import { manageRule } from './households.policy';
import { membersOf, type HouseholdRecord, type MemberRow } from './households.queries';
import { audit, readHousehold } from './households.service';
import { noteDepartures, type Departure } from './departures';
import { openHubs } from './hub';
import { closeHouses, leaveHouses, settleHouses } from './leave-house';
import { foundLately } from './lookups';
import { memberById } from './members';
import { deathsBeyond, recordDeaths } from './record-deaths';
import { householdFor } from './visible-household';

type Body = BodyOf<(typeof householdsApi)['record']>;

interface Happening {
  db: Db;
  caller: Caller;
  household: HouseholdRecord;
  members: readonly MemberRow[];
  body: Body;
}

/** 家里的变化, with its day (domain.md §6): flags and links end, open orders go to whoever is the contact now. */
export async function recordEvent(db: Db, caller: Caller, householdId: string, judge: () => Body) {
  const household = await householdFor(db, caller, householdId, manageRule);
  const body = judge();
  if ((await repeatOf(db, body.actionId))?.thingId === householdId) return readHousehold(db, caller, householdId);
  if (body.on > chinaDate(caller.now.getTime())) throw new Problem('household.in-future');
  // One change of a house after the other.
  await db.query('SELECT id FROM household WHERE id = ? FOR UPDATE', [householdId]);
  const members = await membersOf(db, householdId);
  const happening = { db, caller, household, members, body };
  checkPeople(happening);
  await effects[body.kind](happening);
  await settleHead(happening);
  await writeDown(happening);
  return readHousehold(db, caller, householdId);
}

const ofNobody: readonly HouseholdEventKind[] = ['headChange', 'close'];

function checkPeople({ members, body }: Happening): void {
  if (ofNobody.includes(body.kind)) return;
  if (body.personIds.length === 0) throw new Problem('household.nobody-chosen');
  if (body.kind === 'moveIn') return;
  if (!body.personIds.every((id) => members.some((member) => member.id === id)))
    throw new Problem('household.not-a-member');
}

const effects: Record<Body['kind'], (happening: Happening) => Promise<void>> = {
  death: async ({ db, caller, household, body: { personIds } }) => {
    if ((await deathsBeyond(db, caller, personIds)).length > 0) throw new Problem('household.holds-post');
    await recordDeaths(db, caller, personIds, actorOf(caller, 'household.manage', household.gridId));
  },
  marriageOut: leave,
  moveOut: leave,
  division: async (happening) => {
    const { db, caller, household, body } = happening;
    if (!body.newDoor) throw new Problem('household.where-to');
    const id = newId(caller.now);
    const [headPersonId = null] = body.personIds;
    await db.insert(Household, [
      { id, gridId: household.gridId, code: null, door: body.newDoor, headPersonId, isHub: 0, closedAt: null },
    ]);
    await move(happening, id);
    await db.write("UPDATE person SET relation = 'head' WHERE id = ?", [headPersonId]);
  },
  moveIn: async (happening) => {
    const { db, caller, household, body } = happening;
    const left = await mustBeTheirsToTakeIn(happening);
    await move(happening, household.id);
    const actor = actorOf(caller, 'household.manage', household.gridId);
    await noteDepartures(db, { caller, actor, on: body.on }, left);
    await settleHouses(db, caller, [...new Set(left.map(({ householdId }) => householdId))]);
  },
  comeBack: ({ db, body: { personIds } }) => reside(db, 'living', personIds),
  goAway: ({ db, body: { personIds } }) => reside(db, 'away', personIds),
  headChange: async ({ body }) => {
    if (!body.headId) throw new Problem('household.head-needed');
  },
  close: async ({ members }) => {
    if (members.length > 0) throw new Problem('household.not-empty');
  },
};

/**
 * Whoever lives in a house that the caller does not serve is first let go there; whoever lives in none has been found by his
 * number. Gives who leaves which house for this one.
 */
async function mustBeTheirsToTakeIn(happening: Happening): Promise<Departure[]> {
  const { db, caller, household, body } = happening;
  const { personIds } = body;
  const left: Departure[] = [];
  const found = await foundLately(db, caller, personIds);
  const homeless: string[] = [];
  for (const personId of personIds) {
    const member = await memberById(db, personId);
    if (!member) throw new Problem('household.not-a-member');
    const { householdId } = member;
    if (householdId !== null) {
      await householdFor(db, caller, householdId, manageRule);
      if (householdId !== household.id) left.push({ householdId, personId, kind: 'moveOut', to: household.id });
    } else if (found.has(personId)) homeless.push(personId);
    else throw new Problem('household.find-first');
  }
  // With the house come his numbers: an administrator of no house yet is not to be had by whoever keeps one.
  if ((await postsBeyond(db, caller, homeless)).length > 0) throw new Problem('household.post-comes-in');
  return left;
}

/** To a house that the caller serves, too, or out of his sight: then whoever serves the other one takes him in. */
async function leave(happening: Happening): Promise<void> {
  const { db, caller, body } = happening;
  if (body.toHouseholdId) await householdFor(db, caller, body.toHouseholdId, manageRule);
  await move(happening, body.toHouseholdId ?? null);
}

/** What somebody is to the head of the new house, nobody has said yet. */
async function move({ db, caller, body: { personIds } }: Happening, householdId: string | null): Promise<void> {
  const left = personIds.map((personId) => ({ personId, to: householdId }));
  await leaveHouses(db, caller, left);
  await db.write('UPDATE person SET household_id = ?, relation = NULL WHERE id IN (?)', [householdId, personIds]);
  await openHubs(db, personIds, caller.now);
}

const reside = async (db: Db, residence: 'living' | 'away', personIds: readonly string[]): Promise<void> =>
  void (await db.write('UPDATE person SET residence = ? WHERE id IN (?)', [residence, personIds]));

/** A house has a head as long as somebody lives there; when the last one has gone it is closed with all that hung on it. */
async function settleHead({ db, caller, household, body }: Happening): Promise<void> {
  const members = await membersOf(db, household.id);
  if (members.length === 0) return closeHouses(db, caller, [household.id]);
  const isHere = (id: string | null | undefined) => members.some((member) => member.id === id);
  const headId = body.headId ?? household.headPersonId;
  if (body.headId !== undefined && !isHere(body.headId)) throw new Problem('household.not-a-member');
  if (!isHere(headId)) {
    if (household.headPersonId !== null) throw new Problem('household.head-needed');
    return;
  }
  if (headId === household.headPersonId) return;
  // What the others are to the new head is asked again at the next visit.
  await db.write("UPDATE person SET relation = IF(id = ?, 'head', NULL) WHERE household_id = ?", [
    headId,
    household.id,
  ]);
  await db.write('UPDATE household SET head_person_id = ? WHERE id = ?', [headId, household.id]);
}

/** The row of history is what the orders' room goes by: whose open orders need another contact. */
async function writeDown({ db, caller, household, body }: Happening): Promise<void> {
  const { kind, on, personIds, actionId, toHouseholdId = null } = body;
  const rows = personIds.length > 0 ? personIds : [null];
  await db.insert(
    HouseholdEvent,
    rows.map((personId) => ({
      ...{ id: newId(caller.now), householdId: household.id, personId, kind, happenedOn: on },
      ...{ otherHouseholdId: toHouseholdId, byId: caller.personId, at: caller.now },
    })),
  );
  await db.insert(History, [
    {
      ...{ id: actionId, thing: 'household', thingId: household.id, aggregateId: household.id, seq: 0 },
      ...{ townId: household.townId, action: kind, at: caller.now },
      ...actorOf(caller, 'household.manage', household.gridId),
      ...{ fromState: null, toState: 'open', words: null },
      ...{ facts: { personIds: [...personIds] }, fannedOutAt: null },
    },
  ]);
  await audit(db, caller, 'householdEvent', household.id, { eventKind: kind, people: personIds.length });
}
