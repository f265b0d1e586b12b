import { actionsFrom } from '@sandan/shared/lifecycle';
import { bindingLifecycle, type BindingAction } from '@sandan/shared/people/binding.lifecycle';
import type { Permission } from '@sandan/shared/access/roles';
import type { Caller } from '../../foundation/access/caller';
import { test } from '../../foundation/access/rule-predicate';
import type { RowSource, Rule, RuleRow } from '../../foundation/access/rules';
import { snakeOf } from '../../foundation/database/rows';

/** The row rules of a request to be bound: data, read as sentences. See foundation/access/rules.ts. */
export type BindingColumn =
  'personId' | 'targetId' | 'confirmedById' | 'doubtedById' | 'householdId' | 'kind' | 'aboveCountyId';
export type BindingRule = Rule<BindingColumn, never>;

export const bindingSource: RowSource<BindingColumn, never> = {
  sqlColumn: (column) => `b.${snakeOf(column)}`,
  sqlTier: (prefix, tier) => (prefix === '' ? `b.${tier}_id` : `b.${prefix}_${tier}_id`),
  sqlRelation: {},
  people: () => [],
};

const anyOf = (...rules: BindingRule[]): BindingRule => ({ kind: 'anyOf', rules });
const allOf = (...rules: BindingRule[]): BindingRule => ({ kind: 'allOf', rules });
const not = (rule: BindingRule): BindingRule => ({ kind: 'not', rule });
const me = (column: BindingColumn): BindingRule => ({ kind: 'me', column });
const is = (column: BindingColumn, ...values: (string | null)[]): BindingRule => ({ kind: 'is', column, values });
const here = (permission: Permission, role?: string): BindingRule =>
  role ? { kind: 'within', permission, prefix: '', role } : { kind: 'within', permission, prefix: '' };

/** Nobody says of himself who he is, nor decides about the one who says he is him. */
const ofOthers = allOf(not(me('personId')), not(me('targetId')));
const rebinding = is('kind', 'rebind');
const ofPost = not(is('aboveCountyId', null));

/** Who serves the households there, but of a post only the level above; a changed phone or account is proven to the desk or the secretary. */
const confirms = allOf(
  ofOthers,
  anyOf(
    allOf(not(rebinding), not(is('kind', 'post')), here('binding.confirm')),
    allOf(rebinding, here('binding.rebind')),
  ),
);
/** The level above a post; in a dispute the liaison, where the village has none the town (代管). Never the first yes again. */
const approves = allOf(
  ofOthers,
  not(me('confirmedById')),
  anyOf(
    allOf(ofPost, { kind: 'within', permission: 'binding.approve', prefix: 'above' }),
    allOf(
      not(ofPost),
      is('kind', 'disputed'),
      anyOf(here('binding.approve', 'villageLiaison'), here('binding.approve', 'townDispatcher')),
    ),
  ),
);

/** 家里人: for who has named the head and the door of this very house, or read the code on it, and as long as nobody of it has said no. */
export const familyRule: BindingRule = allOf(ofOthers, is('kind', 'said', 'doorCode'), is('doubtedById', null), {
  kind: 'myHousehold',
  column: 'householdId',
});

export const bindingReadRule: BindingRule = anyOf(
  confirms,
  approves,
  allOf(ofOthers, not(is('kind', 'post')), here('binding.rebind')),
);

const nobody: BindingRule = anyOf();
const bindingPolicy: Record<BindingAction, BindingRule> = {
  bind: nobody,
  ask: nobody,
  confirm: confirms,
  vouch: familyRule,
  doubt: familyRule,
  approve: approves,
  refuse: anyOf(confirms, approves),
  withdraw: me('personId'),
};

export const mayOnBinding = (action: BindingAction, row: RuleRow, caller: Caller): boolean =>
  test(bindingPolicy[action], caller, row, bindingSource);
export const seesBinding = (row: RuleRow, caller: Caller): boolean => test(bindingReadRule, caller, row, bindingSource);

export const allowsOfBinding = (row: RuleRow & { state: keyof typeof bindingLifecycle.states }, caller: Caller) =>
  actionsFrom<typeof row.state, BindingAction>(bindingLifecycle, row.state).filter((action) =>
    mayOnBinding(action, row, caller),
  );
