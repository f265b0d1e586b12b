import { chinaDate } from '@sandan/shared/china-time';
import type { BodyOf } from '@sandan/shared/endpoint';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import type { HouseholdEventKind } from '@sandan/shared/households/household-events.words';
import { Problem } from '@sandan/shared/problems';
import { endAllSessions } from '../../foundation/access/sessions';
import type { Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History } from '../../foundation/outbox/history.entity';
import { HouseholdEvent } from './care.entity';
import { Household } from './household.entity';
import { manageRule } from './households.policy';
import { membersOf, type HouseholdRecord, type MemberRow } from './households.queries';
import { audit, readHousehold } from './households.service';
import { memberById } from './members';
import { householdFor } from './visible-household';
import { followFlags } from './visit-rhythm';

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
  death: async ({ db, caller, body: { personIds } }) => {
    await db.write('UPDATE person SET disabled_at = ? WHERE id IN (?)', [caller.now, personIds]);
    await endFlagsOf(db, caller.now, personIds);
    await db.write(
      "UPDATE care_relation SET state = 'ended', open_mark = NULL, ends_at = ? WHERE carer_id IN (?) AND open_mark = 1",
      [caller.now, personIds],
    );
    await db.write('UPDATE proxy_consent SET revoked_at = ? WHERE person_id IN (?) AND revoked_at IS NULL', [
      ...[caller.now, personIds],
    ]);
    // A member who is gone visits nobody any more; the secretary's next plan gives his households another one.
    await db.write(
      `UPDATE household_link SET ends_at = ?, end_reason = 'memberLeft', ended_by_id = ?
       WHERE member_id IN (?) AND (ends_at IS NULL OR ends_at > ?)`,
      [caller.now, caller.personId, personIds, caller.now],
    );
    for (const personId of personIds) await endAllSessions(db, personId, caller.now);
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
    for (const personId of body.personIds) {
      const member = await memberById(db, personId);
      if (!member) throw new Problem('household.not-a-member');
      // Somebody of a house that the caller does not serve is first let go there.
      if (member.householdId !== null) await householdFor(db, caller, member.householdId, manageRule);
    }
    await move(happening, household.id);
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

/** To a house that the caller serves, too, or out of his sight: then whoever serves the other one takes him in. */
async function leave(happening: Happening): Promise<void> {
  const { db, caller, body } = happening;
  if (body.toHouseholdId) await householdFor(db, caller, body.toHouseholdId, manageRule);
  await move(happening, body.toHouseholdId ?? null);
}

/** What somebody is to the head of the new house, nobody has said yet. */
async function move({ db, caller, body: { personIds } }: Happening, householdId: string | null): Promise<void> {
  await endFlagsOf(db, caller.now, personIds);
  await db.write('UPDATE person SET household_id = ?, relation = NULL WHERE id IN (?)', [householdId, personIds]);
}

const reside = async (db: Db, residence: 'living' | 'away', personIds: readonly string[]): Promise<void> =>
  void (await db.write('UPDATE person SET residence = ? WHERE id IN (?)', [residence, personIds]));

/** What was noted of somebody ends with him; the house he leaves is visited as often as it needs without him. */
async function endFlagsOf(db: Db, now: Date, personIds: readonly string[]): Promise<void> {
  const open = 'person_id IN (?) AND ended_at IS NULL';
  const houses = await db.query<{ id: string }>(
    `SELECT DISTINCT household_id AS id FROM household_flag WHERE ${open}`,
    [personIds],
  );
  if (houses.length === 0) return;
  await db.write(`UPDATE household_flag SET ended_at = ? WHERE ${open}`, [now, personIds]);
  await followFlags(
    db,
    houses.map(({ id }) => id),
    now,
  );
}

/** A house has a head as long as somebody lives there; when the last one has gone it is closed with all that hung on it. */
async function settleHead({ db, caller, household, body }: Happening): Promise<void> {
  const members = await membersOf(db, household.id);
  if (members.length === 0) return closeHouse(db, caller, household.id);
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

async function closeHouse(db: Db, { now, personId: byId }: Caller, id: string): Promise<void> {
  await db.write(
    'UPDATE household SET closed_at = ?, head_person_id = NULL, is_hub = 0, hub_keeper_id = NULL WHERE id = ?',
    [...[now, id]],
  );
  await db.write('UPDATE household_flag SET ended_at = ? WHERE household_id = ? AND ended_at IS NULL', [now, id]);
  await db.write(
    `UPDATE household_link SET ends_at = ?, end_reason = 'closed', ended_by_id = ?
     WHERE household_id = ? AND (ends_at IS NULL OR ends_at > ?)`,
    [now, byId, id, now],
  );
  await db.write(
    "UPDATE care_relation SET state = 'ended', open_mark = NULL, ends_at = ? WHERE household_id = ? AND open_mark = 1",
    [now, id],
  );
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
      ...{ townId: household.townId, action: kind, actorId: caller.personId, actorName: caller.name },
      ...{ actorRole: 'gridWorker', onBehalfId: null, at: caller.now, fromState: null, toState: 'open', words: null },
      ...{ facts: { personIds: [...personIds] }, fannedOutAt: null },
    },
  ]);
  await audit(db, caller, 'householdEvent', household.id, { eventKind: kind, people: personIds.length });
}
