import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import { relations } from '@sandan/shared/households/household.words';
import { bindingLifecycle } from '@sandan/shared/people/binding.lifecycle';
import type { bindingsApi } from '@sandan/shared/people/bindings.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { maskName, maskPhone } from '../../foundation/access/masking';
import type { Reading } from '../../foundation/database/connect';
import { aboveColumns, aboveOf } from './ask-binding';
import { mayOnBinding } from './bindings.policy';
import { bindingsOfHouse, peopleOfHousehold, rosterPerson, type RosterPerson } from './bindings.queries';
import { bindTo, moveBinding, type Deciding } from './decide-binding.service';

type Api = typeof bindingsApi;

/** 说是我家里人的: nobody learns of a request for another house, and of the newcomer no more than his masked number. */
export async function familyRequests(db: Reading, caller: Caller): Promise<ReplyOf<Api['family']>> {
  const { householdId } = caller;
  if (householdId === null) return { items: [] };
  const open = await bindingsOfHouse(db, householdId);
  const mine = open.filter((record) => mayOnBinding('vouch', { ...record }, caller));
  if (mine.length === 0) return { items: [] };
  const free = (await peopleOfHousehold(db, householdId, caller.now)).filter((each) => mayBeMeant(each, caller));
  const candidates = free.map(({ id, name, relation }) => ({
    ...{ personId: id, name: maskName(name), relationName: relation === null ? null : relations[relation] },
  }));
  return {
    items: mine.map(({ id, askedAt, phone, targetId }) => ({
      ...{ bindingId: id, askedAt: askedAt.toISOString(), phone: maskPhone(phone) },
      candidates: candidates.filter(({ personId }) => targetId === null || personId === targetId),
    })),
  };
}

/** Whoever is in the app already is not somebody else's new phone by a word of the family: that is 换绑, with proof. */
const mayBeMeant = ({ id, boundAt }: RosterPerson, { personId }: Caller): boolean =>
  boundAt === null && id !== personId;

/** 是家里人: bound at once, unless it is a post, which no family opens; the worker is told and may look (domain.md §6). */
export async function vouch(call: Deciding<BodyOf<Api['vouch']>>): Promise<ReplyOf<Api['vouch']>> {
  return moveBinding(call, 'vouch', async (record, { personId }) => {
    const { db, caller } = call;
    const target = await rosterPerson(db, personId, caller.now);
    if (!target || target.householdId !== caller.householdId) throw new Problem('binding.not-that-person');
    if (record.targetId !== null && record.targetId !== target.id) throw new Problem('binding.not-that-person');
    if (target.boundAt !== null) throw new Problem('binding.person-bound');
    if (!mayBeMeant(target, caller)) throw new Problem('binding.not-that-person');
    const seen = { proof: 'family', targetId: target.id, confirmedById: caller.personId, confirmedBy: caller.name };
    if (target.posts.length === 0) return bindTo(call, record, target, seen);
    return { to: 'waitingAbove', set: { ...seen, ...aboveColumns(aboveOf(target, caller), caller.reference.tree) } };
  }).then(standing);
}

/** 不认识: it stays with the worker, and his yes alone is no longer enough. */
export async function doubt(call: Deciding<BodyOf<Api['doubt']>>): Promise<ReplyOf<Api['doubt']>> {
  const { personId, now } = call.caller;
  const set = { doubtedById: personId, doubtedAt: now };
  return moveBinding(call, 'doubt', () => Promise.resolve({ set })).then(standing);
}

const standing = ({ state }: { state: keyof typeof bindingLifecycle.states }) => ({
  ...{ state, stateName: bindingLifecycle.states[state].name },
});
