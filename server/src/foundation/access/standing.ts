import type { Caller } from './caller';
import type { RowSource, Rule, RuleRow } from './rules';

/** Whom a row concerns in person: by their ids, or through their households. */
export interface Concerned {
  readonly people: Set<string>;
  readonly households: Set<string>;
}

/**
 * Collects from a rule whom it could mean in person on this row. For all others its answer follows from their standing
 * alone, so that one answer does for everybody who has the same.
 */
export function collectConcerned<C extends string, R extends string>(
  rule: Rule<C, R>,
  row: RuleRow,
  source: RowSource<C, R>,
  into: Concerned,
): void {
  switch (rule.kind) {
    case 'anyOf':
    case 'allOf':
      for (const each of rule.rules) collectConcerned(each, row, source, into);
      return;
    case 'not':
      return collectConcerned(rule.rule, row, source, into);
    case 'me':
      into.people.add(String(row[rule.column]));
      return;
    case 'among':
      for (const id of source.people(row, rule.relation)) into.people.add(id);
      return;
    case 'myHousehold':
    case 'caredHousehold':
      into.households.add(String(row[rule.column]));
      return;
    case 'overOrganization':
      // Who stands in for somebody is asked as that person, too.
      if (rule.own) throw new Error('A rule with `own` asks for persons that no row names');
      return;
    case 'anyone':
    case 'is':
    case 'within':
    case 'homeVillage':
    case 'meets':
    case 'livesIn':
    case 'ofTown':
      return;
  }
}

export const isConcerned = ({ people, households }: Concerned, caller: Caller): boolean =>
  people.has(caller.personId) ||
  households.has(caller.householdId ?? '') ||
  caller.caresFor.some((id) => households.has(id));

const standings = new WeakMap<Caller, string>();
const references = new WeakMap<object, number>();
let loaded = 0;

/** Where somebody lives and what posts he holds: the members of a village have the same. Under the same trees only. */
export function standingOf(caller: Caller): string {
  const known = standings.get(caller);
  if (known !== undefined) return known;
  const posts = caller.grants.map(({ role, kind, tree, nodeId }) => [role, kind, tree, nodeId].join(' ')).sort();
  const reference = references.get(caller.reference) ?? (loaded += 1);
  references.set(caller.reference, reference);
  const standing = [reference, caller.homeGridId ?? '', ...new Set(posts)].join('\n');
  standings.set(caller, standing);
  return standing;
}
