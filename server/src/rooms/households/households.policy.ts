import type { Permission } from '@sandan/shared/access/roles';
import type { Caller } from '../../foundation/access/caller';
import { test } from '../../foundation/access/rule-predicate';
import type { RowSource, Rule, RuleRow } from '../../foundation/access/rules';
import { snakeOf } from '../../foundation/database/rows';

/** The row rules of a household: data, read as sentences. See foundation/access/rules.ts. */
export type HouseholdColumn = 'id';
export type HouseholdRelation = 'linked';
export type HouseholdRule = Rule<HouseholdColumn, HouseholdRelation>;

const householdSource: RowSource<HouseholdColumn, HouseholdRelation> = {
  sqlColumn: (column) => `h.${snakeOf(column)}`,
  sqlTier: (_, tier) => `g.${tier}_id`,
  sqlRelation: {
    linked: `EXISTS (SELECT 1 FROM household_link l WHERE l.household_id = h.id AND l.ends_at IS NULL AND l.member_id = ?)`,
  },
  people: (row) => row['linkedIds'] as string[],
};

const anyOf = (...rules: HouseholdRule[]): HouseholdRule => ({ kind: 'anyOf', rules });
const within = (permission: Permission): HouseholdRule => ({ kind: 'within', permission, prefix: '' });
const allOf = (...rules: HouseholdRule[]): HouseholdRule => ({ kind: 'allOf', rules });
const not = (rule: HouseholdRule): HouseholdRule => ({ kind: 'not', rule });

const own: HouseholdRule = { kind: 'myHousehold', column: 'id' };
const cared: HouseholdRule = { kind: 'caredHousehold', column: 'id' };
const linked: HouseholdRule = { kind: 'among', relation: 'linked' };

/** Need to know: the own household, the carer, the linked member, who serves the place. */
export const seeRule: HouseholdRule = anyOf(own, cared, linked, within('household.read'));
/** Nobody keeps the roll of his own house. */
export const manageRule: HouseholdRule = allOf(within('household.manage'), not(own));
/** 特殊情况: the linked member, the lead and the worker of the group, and nobody else (domain.md §12.8). */
export const flagRule: HouseholdRule = allOf(anyOf(linked, within('household.flags')), not(own));
export const revealRule: HouseholdRule = allOf(anyOf(linked, within('household.manage')), not(own));
/** 替人注销: the administrator's, on the page of the person. */
export const eraseRule: HouseholdRule = within('person.erase');
/** The family answers who may care for it; for old people without a phone their worker does. */
export const familyRule: HouseholdRule = anyOf(own, within('household.manage'));

export const mayOnHousehold = (rule: HouseholdRule, row: RuleRow, caller: Caller): boolean =>
  test(rule, caller, row, householdSource);
