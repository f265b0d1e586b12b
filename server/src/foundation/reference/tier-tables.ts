import type { Db } from '../database/connect';
import type { TierColumns } from './tree';

/**
 * A table whose rows carry the tiers of a grid, so that lists need no path (decisions.md §2.1). Each room names its own;
 * when the tree changes they follow, rows that are still under way first (§2.4).
 */
export interface TierTable {
  table: string;
  /** '' → town_id …, 'desk_' → desk_town_id … */
  prefix: '' | 'desk_' | 'scope_';
  /** Holds the grid itself. */
  gridColumn: string;
  /** SQL of what is still under way. */
  open: string;
  /** Columns that keep where the row lay at first, for the figures (按下单当天的网格统计); set once. */
  keeps?: readonly (readonly [kept: string, from: string])[];
  /** What else moves with a place, on rows that are still under way. */
  alongside?: (db: Db, move: TierMove) => Promise<number>;
}

/** All that lay in `fromId` lies in `toId` from now on: the same grid elsewhere in the tree, or the survivor of a merge. */
export interface TierMove {
  fromId: string;
  toId: string;
  tier: 'town' | 'village' | 'group';
  /** Of `fromId` before, and of `toId` as the tree stands now. */
  was: TierColumns;
  line: TierColumns;
}

const tiersDown = ['county', 'town', 'village', 'group'] as const;

/** One batch of one table. A row that is right already is not touched, so it may be repeated at any time. Returns how many rows. */
export async function moveRows(
  db: Db,
  { table, prefix, gridColumn, open, keeps = [] }: TierTable,
  { fromId, toId, tier, line }: TierMove,
  { onlyOpen, limit }: { onlyOpen: boolean; limit: number },
): Promise<number> {
  const tiers = tiersDown.slice(0, tiersDown.indexOf(tier) + 1);
  const columns = tiers.map((each) => `${prefix}${each}_id`);
  const values = tiers.map((each) => line[`${each}Id`]);
  const first = keeps[0]?.[0];
  // Assignments run from left to right: what is kept is taken before it is overwritten.
  const kept = keeps.map(([column, from], index) => {
    // The first one marks that the row has moved before; it is written last of them.
    return index === 0 ? '' : `${column} = IF(${first} IS NULL, ${from}, ${column}), `;
  });
  const marked = first === undefined ? '' : `${first} = COALESCE(${first}, ${keeps[0]?.[1]}), `;
  return db.write(
    `UPDATE ${table} SET ${kept.join('')}${marked}${gridColumn} = IF(${gridColumn} = ?, ?, ${gridColumn}),
       ${columns.map((column) => `${column} = ?`).join(', ')}
     WHERE ${prefix}${tier}_id = ? AND NOT (${columns.map((column) => `${column} <=> ?`).join(' AND ')})
       ${onlyOpen ? `AND ${open}` : ''} LIMIT ${limit}`,
    [fromId, toId, ...values, fromId, ...values],
  );
}
