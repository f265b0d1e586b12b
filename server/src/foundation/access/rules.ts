import type { Permission } from '@sandan/shared/access/roles';
import type { SqlValue } from '../database/connect';
import type { DeskKind } from '../reference/offices';
import type { GridNode, GridTier } from '../reference/tree';
import { grantsWith, type Caller, type Grant } from './caller';

/**
 * A row rule is data, written once and used twice: `whereOf` makes SQL for lists, `test` decides in memory for `allows`;
 * neither asks the database (decisions.md §2.5). `Column` and `Relation` name what a room's row carries.
 */
export type Rule<Column extends string, Relation extends string> =
  | { kind: 'anyone' }
  | { kind: 'anyOf' | 'allOf'; rules: readonly Rule<Column, Relation>[] }
  | { kind: 'not'; rule: Rule<Column, Relation> }
  /** The column holds the caller's person. */
  | { kind: 'me'; column: Column }
  /** The column holds the caller's household. */
  | { kind: 'myHousehold'; column: Column }
  /** The column holds a household that the caller cares for (照看). */
  | { kind: 'caredHousehold'; column: Column }
  /** The column has one of these values; null means empty. */
  | { kind: 'is'; column: Column; values: readonly (string | number | null)[] }
  /** The caller stands in a relation to the row (a seat, a party, a subject). */
  | { kind: 'among'; relation: Relation }
  /** A grant with the permission reaches the grid that the tier columns of this prefix name. `exactly`: at that very grid; `servesFor`: or at a desk below it without anybody (代管). */
  | {
      kind: 'within';
      permission: Permission;
      prefix: string;
      role?: string;
      notRole?: string;
      exactly?: boolean;
      servesFor?: DeskKind;
    }
  /** The row's village is the one the caller lives in. */
  | { kind: 'homeVillage'; prefix: string }
  /** Grant and grid lie on one line of the tree, whichever is above: who may claim. */
  | { kind: 'meets'; permission: Permission; prefix: string; notRole?: string }
  /** A grant with the permission stands on the party organisation that the column names, or above it. `exactly`: on it. */
  | {
      kind: 'overOrganization';
      permission: Permission;
      column: Column;
      exactly?: boolean;
      /** 回避 for two: what the holder of a borrowed post (代理) may not do if this holds of the one he stands in for. */
      own?: Rule<Column, Relation>;
    }
  /** The caller lives inside the row's grid. */
  | { kind: 'livesIn'; prefix: string }
  /** The caller lives in the row's town, or holds some grant that reaches into it. */
  | { kind: 'ofTown'; prefix: string };

/** Tier columns by prefix: '' → countyId …, 'desk' → deskCountyId …; the smallest one that is set is the grid itself. */
export type RuleRow = Readonly<Record<string, unknown>>;

export interface RowSource<Column extends string, Relation extends string> {
  /** Database name of a column. */
  sqlColumn(column: Column): string;
  /** Database name of the tier column of a prefix. */
  sqlTier(prefix: string, tier: GridTier): string;
  /** EXISTS (…) with one placeholder: the person. */
  sqlRelation: Readonly<Record<Relation, string>>;
  /** The people of a relation on a row in memory. */
  people(row: RuleRow, relation: Relation): readonly string[];
}

const tiersUp: readonly GridTier[] = ['group', 'village', 'town', 'county'];
const tierColumn = (prefix: string, tier: GridTier): string =>
  prefix === '' ? `${tier}Id` : `${prefix}${tier[0]?.toUpperCase()}${tier.slice(1)}Id`;

interface Reach {
  id: string;
  tier: GridTier;
  line: Partial<Record<GridTier, string | null>>;
}

const reachesOfCaller = new WeakMap<Caller, Map<string, readonly Reach[]>>();

interface Within {
  permission: Permission;
  role?: string;
  notRole?: string;
  servesFor?: DeskKind;
}

/** Asked again for every action of every row: worked out once per request. */
function reaches(caller: Caller, within: Within): readonly Reach[] {
  const known = reachesOfCaller.get(caller) ?? new Map<string, readonly Reach[]>();
  reachesOfCaller.set(caller, known);
  const { permission, role = '', notRole = '', servesFor = '' } = within;
  const key = `${permission} ${role} ${notRole} ${servesFor}`;
  const found = known.get(key) ?? workOutReaches(caller, within);
  known.set(key, found);
  return found;
}

function workOutReaches(caller: Caller, { permission, role, notRole, servesFor }: Within): Reach[] {
  const { tree, offices } = caller.reference;
  const own = grantsWith(caller, permission)
    .filter((grant) => (role === undefined || grant.role === role) && grant.role !== notRole)
    .flatMap((grant) => grant.grids);
  const served: readonly GridNode[] = servesFor
    ? own.flatMap(({ id }) => offices.desksServed(id, servesFor, caller.now).map((desk) => tree.gridOf(desk)))
    : [];
  return [...own, ...served].map((grid) => ({
    id: grid.id,
    tier: grid.tier,
    line: { county: grid.county, town: grid.town, village: grid.village, group: grid.group },
  }));
}

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

/** Where the caller holds the permission by a grant on the tree of the party itself. */
const partyGrants = (caller: Caller, permission: Permission): Grant[] =>
  grantsWith(caller, permission).filter(({ tree }) => tree === 'party');

/** Towns the caller lives or serves in; a grant above the towns reaches them all. */
function townsOf(caller: Caller): 'all' | string[] {
  const home = caller.homeGridId === null ? undefined : caller.reference.tree.grid(caller.homeGridId);
  const grids = [...(home ? [home] : []), ...caller.grants.flatMap((grant) => grant.grids)];
  if (grids.some(({ tier }) => tier === 'county')) return 'all';
  return [...new Set(grids.flatMap(({ town }) => town ?? []))];
}

export const homeVillageOf = (caller: Caller): string | null =>
  caller.homeGridId === null ? null : (caller.reference.tree.grid(caller.homeGridId)?.village ?? null);

const below = (tier: GridTier): readonly GridTier[] => tiersUp.slice(0, tiersUp.indexOf(tier));

export interface Where {
  sql: string;
  values: SqlValue[];
}

const nothing: Where = { sql: 'FALSE', values: [] };

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
