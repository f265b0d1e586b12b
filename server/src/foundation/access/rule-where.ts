import type { SqlValue } from '../database/connect';
import type { Caller, Grant } from './caller';
import { below, homeVillageOf, partyGrants, reaches, tiersUp, townsOf, type Reach } from './rule-reach';
import type { RowSource, Rule } from './rules';

export interface Where {
  sql: string;
  values: SqlValue[];
}

const nothing: Where = { sql: 'FALSE', values: [] };

/** The same rule as the condition of a list. */
export function whereOf<C extends string, R extends string>(
  rule: Rule<C, R>,
  caller: Caller,
  source: RowSource<C, R>,
): Where {
  switch (rule.kind) {
    case 'anyone':
      return { sql: 'TRUE', values: [] };
    case 'anyOf':
      return joined(
        rule.rules.map((each) => whereOf(each, caller, source)),
        ' OR ',
      );
    case 'allOf':
      return joined(
        rule.rules.map((each) => whereOf(each, caller, source)),
        ' AND ',
      );
    case 'not': {
      const inner = whereOf(rule.rule, caller, source);
      // NOT of an unknown (NULL) is unknown; the predicate says true there, so the SQL must too.
      return { sql: `NOT COALESCE(${inner.sql}, FALSE)`, values: inner.values };
    }
    case 'me':
      return { sql: `${source.sqlColumn(rule.column)} = ?`, values: [caller.personId] };
    case 'myHousehold':
      return caller.householdId === null
        ? nothing
        : { sql: `${source.sqlColumn(rule.column)} = ?`, values: [caller.householdId] };
    case 'caredHousehold':
      return isOneOf(source.sqlColumn(rule.column), caller.caresFor);
    case 'is':
      return isOneOf(source.sqlColumn(rule.column), rule.values);
    case 'among':
      return { sql: source.sqlRelation[rule.relation], values: [caller.personId] };
    case 'within':
      return joined(
        reaches(caller, rule).map(({ id, tier }) => ({
          sql: [
            `${source.sqlTier(rule.prefix, tier)} = ?`,
            ...(rule.exactly ? below(tier).map((lower) => `${source.sqlTier(rule.prefix, lower)} IS NULL`) : []),
          ].join(' AND '),
          values: [id],
        })),
        ' OR ',
      );
    case 'homeVillage': {
      const village = homeVillageOf(caller);
      return village === null ? nothing : { sql: `${source.sqlTier(rule.prefix, 'village')} = ?`, values: [village] };
    }
    case 'meets':
      return joined(
        reaches(caller, rule).map((reach) => meeting(reach, rule.prefix, source)),
        ' OR ',
      );
    case 'overOrganization':
      return overOrganization(rule, caller, source);
    case 'livesIn':
      return livingIn(caller, rule.prefix, source);
    case 'ofTown': {
      const towns = townsOf(caller);
      return towns === 'all' ? { sql: 'TRUE', values: [] } : isOneOf(source.sqlTier(rule.prefix, 'town'), towns);
    }
  }
}

/** One's own posts in one list; each person one stands in for by himself, less what is that person's own affair. */
function overOrganization<C extends string, R extends string>(
  rule: Extract<Rule<C, R>, { kind: 'overOrganization' }>,
  caller: Caller,
  source: RowSource<C, R>,
): Where {
  const column = source.sqlColumn(rule.column);
  const over = (ids: readonly string[]) => (rule.exactly ? isOneOf(column, ids) : underOrganizations(column, ids));
  const grants = partyGrants(caller, rule.permission);
  const isBorrowed = ({ behalfOf }: Grant) => rule.own !== undefined && behalfOf !== null;
  const own = over(grants.filter((grant) => !isBorrowed(grant)).map(({ nodeId }) => nodeId));
  const borrowed = grants.filter(isBorrowed).map(({ nodeId, behalfOf }) => {
    const principal = { ...caller, personId: behalfOf?.personId ?? '' };
    return joined(
      [over([nodeId]), ...(rule.own ? [whereOf({ kind: 'not', rule: rule.own }, principal, source)] : [])],
      ' AND ',
    );
  });
  return borrowed.length === 0 ? own : joined([own, ...borrowed], ' OR ');
}

const underOrganizations = (column: string, ids: readonly string[]): Where =>
  ids.length === 0
    ? nothing
    : {
        sql: `${column} IN (SELECT x.descendant_id FROM party_ancestor x WHERE x.ancestor_id IN (${ids.map(() => '?').join(', ')}))`,
        values: [...ids],
      };

/** Each tier of the row's grid is the one of the home, as far down as the row's grid goes. */
function livingIn<C extends string, R extends string>(caller: Caller, prefix: string, source: RowSource<C, R>): Where {
  const home = caller.homeGridId === null ? undefined : caller.reference.tree.grid(caller.homeGridId);
  if (!home) return nothing;
  return joined(
    tiersUp.map((tier) => {
      const column = source.sqlTier(prefix, tier);
      return home[tier] === null
        ? { sql: `${column} IS NULL`, values: [] }
        : { sql: `(${column} IS NULL OR ${column} = ?)`, values: [home[tier]] };
    }),
    ' AND ',
  );
}

function meeting<C extends string, R extends string>(reach: Reach, prefix: string, source: RowSource<C, R>): Where {
  const own = tiersUp.flatMap((tier) => {
    const id = reach.line[tier];
    return id ? [{ column: source.sqlTier(prefix, tier), id }] : [];
  });
  return {
    sql: own.map(({ column }) => `(${column} IS NULL OR ${column} = ?)`).join(' AND ') || 'TRUE',
    values: own.map(({ id }) => id),
  };
}

function isOneOf(column: string, values: readonly (string | number | null)[]): Where {
  const present = values.filter((value): value is string | number => value !== null);
  const parts = [
    ...(present.length > 0 ? [`${column} IN (${present.map(() => '?').join(', ')})`] : []),
    ...(values.includes(null) ? [`${column} IS NULL`] : []),
  ];
  return { sql: `(${parts.join(' OR ') || 'FALSE'})`, values: present };
}

function joined(parts: readonly Where[], by: ' OR ' | ' AND '): Where {
  if (parts.length === 0) return by === ' OR ' ? nothing : { sql: 'TRUE', values: [] };
  return { sql: `(${parts.map(({ sql }) => sql).join(by)})`, values: parts.flatMap(({ values }) => values) };
}
