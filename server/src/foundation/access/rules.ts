import type { Permission } from '@sandan/shared/access/roles';
import type { DeskKind } from '../reference/offices';
import type { GridTier } from '../reference/tree';

/**
 * A row rule is data, written once and used twice: `whereOf` (rule-where.ts) makes SQL for lists, `test`
 * (rule-predicate.ts) decides in memory for `allows`; neither asks the database (decisions.md §2.5). `Column` and
 * `Relation` name what a room's row carries.
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
