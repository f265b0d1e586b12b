import type { GridTier } from '../reference/tree';
import type { Caller } from './caller';
import { below, homeVillageOf, partyGrants, reaches, tierColumn, tiersUp, townsOf } from './rule-reach';
import type { RowSource, Rule, RuleRow } from './rules';

/** Whether a rule holds for a row in memory. */
export function test<C extends string, R extends string>(
  rule: Rule<C, R>,
  caller: Caller,
  row: RuleRow,
  source: RowSource<C, R>,
): boolean {
  const at = (prefix: string, tier: GridTier) => row[tierColumn(prefix, tier)] ?? null;
  switch (rule.kind) {
    case 'anyone':
      return true;
    case 'anyOf':
      return rule.rules.some((each) => test(each, caller, row, source));
    case 'allOf':
      return rule.rules.every((each) => test(each, caller, row, source));
    case 'not':
      return !test(rule.rule, caller, row, source);
    case 'me':
      return row[rule.column] === caller.personId;
    case 'myHousehold':
      return caller.householdId !== null && row[rule.column] === caller.householdId;
    case 'caredHousehold':
      return caller.caresFor.includes(String(row[rule.column]));
    case 'is':
      return rule.values.includes((row[rule.column] ?? null) as string | number | null);
    case 'among':
      return source.people(row, rule.relation).includes(caller.personId);
    case 'within':
      return reaches(caller, rule).some(
        ({ id, tier }) =>
          at(rule.prefix, tier) === id &&
          (!rule.exactly || below(tier).every((lower) => at(rule.prefix, lower) === null)),
      );
    case 'homeVillage': {
      const village = homeVillageOf(caller);
      return village !== null && at(rule.prefix, 'village') === village;
    }
    case 'meets':
      return reaches(caller, rule).some(({ line }) =>
        tiersUp.every((tier) => {
          const [mine, theirs] = [line[tier] ?? null, at(rule.prefix, tier)];
          return mine === null || theirs === null || mine === theirs;
        }),
      );
    case 'overOrganization': {
      const organizationId = String(row[rule.column]);
      const line = rule.exactly ? [organizationId] : caller.reference.tree.organizationLine(organizationId);
      return partyGrants(caller, rule.permission).some(
        ({ nodeId, behalfOf }) =>
          line.includes(nodeId) &&
          !(rule.own && behalfOf && test(rule.own, { ...caller, personId: behalfOf.personId }, row, source)),
      );
    }
    case 'livesIn':
      return (
        caller.homeGridId !== null &&
        caller.reference.tree.isWithin(caller.homeGridId, smallest(tiersUp.map((tier) => at(rule.prefix, tier))))
      );
    case 'ofTown': {
      const towns = townsOf(caller);
      return towns === 'all' || towns.includes(String(at(rule.prefix, 'town')));
    }
  }
}

const smallest = (fromBelow: readonly unknown[]): string => String(fromBelow.find((id) => id !== null) ?? '');
