import type { BodyOf } from '@sandan/shared/endpoint';
import { bindingLifecycle } from '@sandan/shared/people/binding.lifecycle';
import type { bindingsApi } from '@sandan/shared/people/bindings.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { AuditEntry } from '../../foundation/audit/audit-entry.entity';
import { keepFormer } from '../../foundation/personal-data/former-telling';
import type { Db, Reading } from '../../foundation/database/connect';
import { admit, repeatOf } from '../../foundation/lifecycle/admit';
import { moveRow } from '../../foundation/lifecycle/move-row';
import { newId } from '../../foundation/ids';
import { thingOf } from '../../foundation/links/links';
import { askFromDoor, askToBeBound, bindOrAsk, placeOf } from './ask-binding';
import { noteLookBehind } from './door-looks';
import { mayOnBinding } from './bindings.policy';
import { presentStanding } from './bindings.presenter';
import {
  bindingById,
  householdSaid,
  lastBindingOf,
  peopleByPhone,
  peopleOfHousehold,
  type BindingRecord,
  type RosterPerson,
} from './bindings.queries';

type Api = typeof bindingsApi;

/** On no roll yet: lives nowhere here and has no post. */
const isNewcomer = ({ householdId, grants }: Caller): boolean => householdId === null && grants.length === 0;

const phoneOf = (db: Reading, { sealedPhone }: Caller): string | null => db.vault.open('person.phone', sealedPhone);

/** Where I stand: bound, whom to choose from, or what I am waiting for. */
export async function standingOf(db: Reading, caller: Caller) {
  const phone = phoneOf(db, caller);
  const last = await lastBindingOf(db, caller.personId);
  const choices = await choicesOf(db, caller, phone, last);
  return presentStanding({ isHome: !isNewcomer(caller), phone, choices, last }, caller);
}

const isOpen = (request: BindingRecord | null): boolean =>
  request !== null && ['open', 'working'].includes(request.stage);

/** Those of one household who left this number: several households are the worker's affair, and are not shown. */
async function choicesOf(
  db: Reading,
  caller: Caller,
  phone: string | null,
  last: BindingRecord | null,
): Promise<RosterPerson[]> {
  if (!isNewcomer(caller) || phone === null || isOpen(last)) return [];
  const matches = await peopleByPhone(db, phone, caller.personId, caller.now);
  return householdsIn(matches).size > 1 ? [] : matches;
}

/** Somebody without a household stands for himself. */
const householdsIn = (people: readonly RosterPerson[]): Set<string> =>
  new Set(people.map(({ householdId, id }) => householdId ?? id));

/** A repeat of what went well answers where I stand now, whatever I am by then. */
async function isDone(db: Reading, caller: Caller, actionId: string): Promise<boolean> {
  const repeat = await repeatOf(db, actionId);
  if (repeat && repeat.actorId !== caller.personId) throw new Problem('action.repeated-differently');
  return repeat !== null;
}

async function mustBeFree(db: Reading, caller: Caller): Promise<void> {
  if (!isNewcomer(caller)) throw new Problem('binding.home-already');
  if (isOpen(await lastBindingOf(db, caller.personId))) throw new Problem('binding.asked-already');
}

/** 绑定手机: WeChat has said whose number it is. Null: this very act went through before. */
export async function takePhone(db: Db, caller: Caller, phone: string | null, { actionId }: BodyOf<Api['phone']>) {
  if (phone === null) return standingOf(db, await fresh(db, caller));
  await keepFormer(db, [caller.personId], ['phone'], caller.now);
  await db.write('UPDATE person SET phone_sealed = ?, phone_index = ? WHERE id = ?', [
    ...[db.vault.seal('person.phone', phone), db.vault.index('person.phone', phone), caller.personId],
  ]);
  await db.insert(AuditEntry, [
    { id: actionId, at: caller.now, personId: caller.personId, act: 'bindPhone', thingId: null, facts: null },
  ]);
  const known = { ...caller, sealedPhone: db.vault.seal('person.phone', phone) };
  await askAboutManyHouseholds(db, known, phone);
  return standingOf(db, known);
}

async function fresh(db: Reading, caller: Caller): Promise<Caller> {
  const [row] = await db.query<{ sealedPhone: Caller['sealedPhone'] }>(
    'SELECT phone_sealed AS sealedPhone FROM person WHERE id = ?',
    [caller.personId],
  );
  return { ...caller, sealedPhone: row?.sealedPhone ?? null };
}

/** One number in several households: a worker decides, the newcomer sees none of them. */
async function askAboutManyHouseholds(db: Db, caller: Caller, phone: string): Promise<void> {
  if (!isNewcomer(caller) || isOpen(await lastBindingOf(db, caller.personId))) return;
  const matches = await peopleByPhone(db, phone, caller.personId, caller.now);
  if (householdsIn(matches).size < 2) return;
  const gridId = commonGrid(matches, caller);
  if (gridId === null) return;
  await askToBeBound(db, caller, { actionId: newId(caller.now), kind: 'manyHouseholds', gridId });
}

/** The smallest grid that all of them live in. */
function commonGrid(people: readonly RosterPerson[], { reference: { tree } }: Caller): string | null {
  const homes = people.flatMap(({ gridId }) => (gridId === null ? [] : [gridId]));
  let common = homes[0] ?? null;
  while (common !== null && !homes.every((home) => tree.isWithin(home, common ?? '')))
    common = tree.parent(common)?.id ?? null;
  return common;
}

/** Whose door it is: a code that is no door's leads nowhere, as one that was never printed. */
async function houseOf(db: Reading, key: string): Promise<string> {
  const thing = await thingOf(db, key);
  if (thing?.what !== 'home') throw new Problem('binding.bad-door-code');
  return thing.thingId;
}

const membersBehind = async (db: Reading, caller: Caller, key: string): Promise<RosterPerson[]> =>
  peopleOfHousehold(db, await houseOf(db, key), caller.now);

/** 门牌码: the people of that door by masked names, for who has said by his phone that he is somebody; so many doors a day. */
export async function lookBehindDoor(db: Db, caller: Caller, key: string) {
  await mustBeFree(db, caller);
  const phone = phoneOf(db, caller);
  if (phone === null) throw new Problem('binding.phone-first');
  const householdId = await houseOf(db, key);
  const choices = await peopleOfHousehold(db, householdId, caller.now);
  await noteLookBehind(db, caller, householdId, choices);
  return presentStanding({ isHome: false, phone, choices, last: null }, caller);
}

/** “我是王*英”: bound at once where the roster has this phone and nothing stands against it; “都不是”: a worker looks. */
export async function choose(db: Db, caller: Caller, body: BodyOf<Api['choose']>) {
  const { actionId, personId, key, isRebinding } = body;
  if (await isDone(db, caller, actionId)) return standingOf(db, caller);
  await mustBeFree(db, caller);
  const phone = phoneOf(db, caller);
  if (phone === null) throw new Problem('binding.phone-first');
  const choices = key ? await membersBehind(db, caller, key) : await choicesOf(db, caller, phone, null);
  const target = choices.find(({ id }) => id === personId);
  const [first] = choices;
  if (personId === null && first) {
    await askToBeBound(db, caller, { actionId, kind: 'notMe', gridId: placeOf(first, caller.reference.tree) });
    return standingOf(db, caller);
  }
  if (!target) throw new Problem('binding.no-choice');
  const hasPhoneOf = key === undefined || (await choicesOf(db, caller, phone, null)).some(({ id }) => id === personId);
  if (!hasPhoneOf) await askFromDoor(db, caller, { actionId, target, isRebinding });
  const kind = key === undefined ? 'phone' : 'doorCode';
  const isBound = hasPhoneOf && (await bindOrAsk(db, caller, { actionId, target, kind, isRebinding }));
  if (!isBound) return standingOf(db, caller);
  // The same phone speaks as the person of the roster from now on.
  const last = await lastBindingOf(db, target.id);
  return presentStanding({ isHome: true, phone, choices: [], last }, { ...caller, personId: target.id });
}

/** 12号, 12 号, １２: the ways in which a door is written. */
const doorsLike = (typed: string): string[] => {
  const plain = typed.normalize('NFKC').replace(/\s/g, '');
  const bare = plain.replace(/号$/, '');
  return [...new Set([plain, bare, `${bare}号`])];
};

/** 报户主姓名和门牌: the answer is the same whether anybody of that name lives there or nobody does. */
export async function askByName(db: Db, caller: Caller, body: BodyOf<Api['ask']>) {
  const { actionId, gridId, headName, door, isRebinding } = body;
  if (await isDone(db, caller, actionId)) return standingOf(db, caller);
  await mustBeFree(db, caller);
  const { tree } = caller.reference;
  const grid = tree.grid(gridId);
  if (!grid || (grid.tier !== 'group' && grid.tier !== 'village')) throw new Problem('grid.not-found');
  const gridIds = [grid.id, ...tree.children(grid.id).map(({ id }) => id)];
  const householdId = await householdSaid(db, { doors: doorsLike(door), headName, gridIds });
  const said = { head: headName, door };
  await askToBeBound(db, caller, { actionId, kind: isRebinding ? 'rebind' : 'said', gridId, householdId, said });
  return standingOf(db, caller);
}

export async function withdraw(
  db: Db,
  caller: Caller,
  bindingId: string,
  actionId: string | null,
  judge: () => BodyOf<Api['withdraw']>,
) {
  const { record, isRepeat } = admit({
    ...({ table: bindingLifecycle, thing: 'binding', action: 'withdraw', caller } as const),
    record: await bindingById(db, bindingId),
    repeat: await repeatOf(db, actionId),
    sees: ({ personId }) => personId === caller.personId,
    may: (each) => mayOnBinding('withdraw', { ...each }, caller),
  });
  const body = judge();
  if (!isRepeat) {
    const kind = {
      table: 'binding_request',
      thing: 'binding',
      lifecycle: bindingLifecycle,
      action: 'withdraw',
    } as const;
    const set = { waitingId: null, decidedAt: caller.now };
    await moveRow({ db, caller, actionId: body.actionId, ...kind, record }, { set });
  }
  return standingOf(db, caller);
}
