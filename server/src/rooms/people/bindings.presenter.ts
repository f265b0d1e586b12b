import type { ReplyOf } from '@sandan/shared/endpoint';
import { relations } from '@sandan/shared/households/household.words';
import { bindingLifecycle } from '@sandan/shared/people/binding.lifecycle';
import { allBindingProofs, bindingKinds } from '@sandan/shared/people/binding.words';
import type { bindingsApi } from '@sandan/shared/people/bindings.contract';
import type { Caller } from '../../foundation/access/caller';
import { maskName, maskPhone } from '../../foundation/access/masking';
import { allowsOfBinding } from './bindings.policy';
import type { BindingRecord, RosterPerson } from './bindings.queries';
import { fullName } from '../../foundation/reference/tree';

type Standing = ReplyOf<typeof bindingsApi.mine>;
type Card = ReplyOf<typeof bindingsApi.list>['items'][number];
type Detail = ReplyOf<typeof bindingsApi.read>;

export interface StandingFacts {
  isHome: boolean;
  phone: string | null;
  choices: readonly RosterPerson[];
  last: BindingRecord | null;
}

export const presentStanding = ({ isHome, phone, choices, last }: StandingFacts, caller: Caller): Standing => ({
  isHome,
  phone: maskPhone(phone),
  choices: choices.map(({ id, name }) => ({ personId: id, name: maskName(name) })),
  request:
    last === null
      ? null
      : {
          ...{ bindingId: last.id, state: last.state, stateName: bindingLifecycle.states[last.state].name },
          ...{ askedAt: last.askedAt.toISOString(), words: last.state === 'refused' ? last.decision : null },
          allows: allowsOfBinding({ ...last }, caller),
        },
});

export function presentBindingCard(record: BindingRecord, caller: Caller): Card {
  const { tree } = caller.reference;
  const grid = tree.grid(record.gridId);
  return {
    ...{ bindingId: record.id, kind: record.kind, kindName: bindingKinds[record.kind] },
    ...{ state: record.state, stateName: bindingLifecycle.states[record.state].name },
    askedAt: record.askedAt.toISOString(),
    place: grid ? fullName(grid, tree) : '',
    phone: maskPhone(record.phone),
    allows: allowsOfBinding({ ...record }, caller),
  };
}

export const presentBinding = (record: BindingRecord, candidates: readonly RosterPerson[], caller: Caller): Detail => ({
  ...presentBindingCard(record, caller),
  ...{ saidHead: record.saidHead, saidDoor: record.door, householdId: record.householdId },
  candidates: candidates.map(({ id, name, relation, door, boundAt }) => ({
    ...{ personId: id, name: maskName(name), door, isBound: boundAt !== null },
    relationName: relation === null ? null : relations[relation],
  })),
  proofName: record.proof === null ? null : allBindingProofs[record.proof],
  isDoubted: record.doubtedById !== null,
  confirmedBy: record.confirmedBy,
  words: record.decision,
});
