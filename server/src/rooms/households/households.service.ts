import type { BodyOf } from '@sandan/shared/endpoint';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import { Problem } from '@sandan/shared/problems';
import { chinaDate } from '@sandan/shared/china-time';
import { newId } from '../../foundation/ids';
import { reachesGrid } from '../../foundation/access/reach';
import { actorOf, type Caller } from '../../foundation/access/caller';
import type { AuditDeed } from '@sandan/shared/audit/audit.words';
import type { FactsOfDeeds } from '@sandan/shared/audit/audit-facts';
import { recordAct } from '../../foundation/audit/record-act';
import { isAskedAgain, mustHaveViewsLeft } from '../../foundation/audit/clear-views';
import type { Db, SqlValue } from '../../foundation/database/connect';
import { History } from '../../foundation/outbox/history.entity';
import type { Sealed } from '../../foundation/personal-data/vault';
import { HouseholdEvent } from './care.entity';
import { Household } from './household.entity';
import { nameGuardian } from './guardians';
import { presentHousehold } from './households.presenter';
import { manageRule, mayOnHousehold, revealRule } from './households.policy';
import { householdById } from './households.queries';
import { addPerson, changePerson, memberById } from './members';
import { householdFor, visibleHousehold } from './visible-household';

type Api = typeof householdsApi;

/** What is done to a house or its people. */
type HouseDeed = Exclude<AuditDeed, 'revealPerson'>;
export const audit = <Act extends HouseDeed>(
  db: Db,
  caller: Caller,
  act: Act,
  ...[thingId, facts]: FactsOfDeeds[Act] extends null ? [thingId: string] : [thingId: string, facts: FactsOfDeeds[Act]]
): Promise<void> => recordAct<AuditDeed>(db, caller, act, { thingId, facts: facts ?? null } as never);

/** 登记一户, or what its door and number are now. A repeat changes nothing. */
export async function openHousehold(db: Db, caller: Caller, id: string, judge: () => BodyOf<Api['open']>) {
  const known = await householdById(db, id);
  if (known && !mayOnHousehold(manageRule, { ...known }, caller)) throw new Problem('household.not-found');
  const { gridId, door, code } = judge();
  const grid = caller.reference.tree.grid(gridId);
  if (grid?.tier !== 'group') throw new Problem('grid.not-found');
  if (!reachesGrid(caller, 'household.manage', gridId)) throw new Problem('access.forbidden');
  if (known?.closedAt) throw new Problem('household.closed');
  if (known) {
    await db.write('UPDATE household SET grid_id = ?, door_sealed = ?, door_index = ?, code = ? WHERE id = ?', [
      ...[gridId, db.vault.seal('household.door', door), db.vault.index('household.door', door), code, id],
    ]);
  } else {
    await db.insert(Household, [{ id, gridId, door, code, headPersonId: null, isHub: 0, closedAt: null }]);
  }
  if (known && known.gridId !== gridId)
    await db.insert(HouseholdEvent, [
      {
        ...{ id: newId(caller.now), householdId: id, personId: null, kind: 'regroup', otherHouseholdId: null },
        ...{ happenedOn: chinaDate(caller.now.getTime()), byId: caller.personId, at: caller.now },
      },
    ]);
  await audit(db, caller, known ? 'changeHousehold' : 'openHousehold', id, { gridId });
  return readHousehold(db, caller, id);
}

export async function readHousehold(db: Db, caller: Caller, id: string) {
  return presentHousehold(db, await visibleHousehold(db, caller, id), caller);
}

type MemberBody = BodyOf<Api['saveMember']>;

/** 登记或更正: somebody of another household is moved by 迁入, never by writing him down here. */
export async function saveMember(
  db: Db,
  caller: Caller,
  { householdId, personId }: { householdId: string; personId: string },
  judge: () => MemberBody,
) {
  const household = await householdFor(db, caller, householdId, manageRule);
  const body = judge();
  const known = await memberById(db, personId);
  if (known && known.householdId !== householdId) throw new Problem('household.person-elsewhere');
  if (known) await changePerson(db, caller, personId, body);
  else await addPerson(db, { id: personId, householdId, now: caller.now, body });
  if (body.guardianId !== undefined)
    await nameGuardian(db, caller, { householdId, childId: personId, guardianId: body.guardianId });
  if (body.relation === 'head' && household.headPersonId === null)
    await db.write('UPDATE household SET head_person_id = ? WHERE id = ? AND head_person_id IS NULL', [
      ...[personId, householdId],
    ]);
  await audit(db, caller, known ? 'changeMember' : 'addMember', personId);
  return readHousehold(db, caller, householdId);
}

type RevealBody = BodyOf<Api['reveal']>;

/** 看号码: with a purpose, a limit a day, and an entry that the person may read (domain.md §6). */
export async function reveal(db: Db, caller: Caller, householdId: string, judge: () => RevealBody) {
  const household = await householdFor(db, caller, householdId, revealRule);
  const { actionId, personId, what, purpose } = judge();
  const member = await memberById(db, personId);
  if (member?.householdId !== householdId) throw new Problem('household.not-a-member');
  // Two presses at once count one after the other.
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [caller.personId]);
  const facts = { revealed: what, purpose };
  if (!(await isAskedAgain(db, caller, { id: actionId, act: 'revealPerson', thingId: personId, facts }))) {
    await mustHaveViewsLeft(db, caller, 'revealPerson');
    const townId = caller.reference.tree.gridOf(household.gridId).town;
    await recordAct(db, caller, 'revealPerson', { id: actionId, thingId: personId, townId, facts });
  }
  const column = { phone: 'phone_sealed', idNumber: 'id_number_sealed' }[what];
  const [row] = await db.query<{ value: Sealed | null }>(`SELECT ${column} AS value FROM person WHERE id = ?`, [
    personId,
  ]);
  const field = ({ phone: 'person.phone', idNumber: 'person.idNumber' } as const)[what];
  return { value: db.vault.open(field, row?.value ?? null) };
}

/** 中心户: set with who keeps it, or taken back. */
export async function setHub(db: Db, caller: Caller, householdId: string, judge: () => BodyOf<Api['setHub']>) {
  const { townId, gridId, hubKeeperId } = await householdFor(db, caller, householdId, manageRule);
  const { keeperId } = judge();
  if (keeperId !== null && (await memberById(db, keeperId))?.householdId !== householdId)
    throw new Problem('household.not-a-member');
  const values: SqlValue[] = [keeperId === null ? 0 : 1, keeperId, householdId];
  await db.write('UPDATE household SET is_hub = ?, hub_keeper_id = ? WHERE id = ?', values);
  await audit(db, caller, 'setHub', householdId);
  if (keeperId !== null && keeperId !== hubKeeperId) {
    const [id, at] = [newId(caller.now), caller.now];
    await db.insert(History, [
      {
        ...{ id, thing: 'hub', thingId: householdId, aggregateId: id, seq: 1, townId, action: 'set', at },
        ...actorOf(caller, 'household.manage', gridId),
        ...{ fromState: null, toState: null, words: null, facts: { keeperId, gridId }, fannedOutAt: null },
      },
    ]);
  }
  return readHousehold(db, caller, householdId);
}
