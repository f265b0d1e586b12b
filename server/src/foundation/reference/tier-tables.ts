import type { Db } from '../database/connect';
import type { Reference } from './reference';
import type { TierColumns } from './tree';

/**
 * A table whose rows carry a grid, or the tiers of one, so that lists need no path (decisions.md §2.1). Each room names its
 * own; when the tree changes they follow, rows that are still under way first (§2.4). A test walks the whole database for
 * columns that name a grid and are in no such table.
 */
export interface TierTable {
  table: string;
  /** '' → town_id …, 'desk_' → desk_town_id …; null: the row names its grid alone. */
  prefix: '' | 'desk_' | 'scope_' | 'above_' | null;
  /** Holds the grid itself; null: the smallest tier that is set is the grid. */
  gridColumn: string | null;
  /** SQL of what is still under way. */
  open: string;
  /** Columns that keep where the row lay at first, for the figures (按下单当天的网格统计); set once. */
  keeps?: readonly (readonly [kept: string, from: string])[];
  /** What else moves with a place, on rows that are still under way. */
  alongside?: (db: Db, move: TierMove, reference: Reference, now: Date) => Promise<number>;
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

interface Batch {
  onlyOpen: boolean;
  limit: number;
}

/** One batch of one table. A row that is right already is not touched, so it may be repeated at any time. Returns how many rows. */
export const moveRows = (db: Db, table: TierTable, move: TierMove, batch: Batch): Promise<number> =>
  table.prefix === null ? moveGrids(db, table, move, batch) : moveTiers(db, table, table.prefix, move, batch);

/** Rows without tiers have something to follow only where a grid became another one. */
async function moveGrids(
  db: Db,
  { table, gridColumn, open }: TierTable,
  { fromId, toId }: TierMove,
  { onlyOpen, limit }: Batch,
): Promise<number> {
  if (fromId === toId || gridColumn === null) return 0;
  const which = `${gridColumn} = ? ${onlyOpen ? `AND ${open}` : ''}`;
  return db.write(`UPDATE ${table} SET ${gridColumn} = ? WHERE ${which} LIMIT ${limit}`, [toId, fromId]);
}

async function moveTiers(
  db: Db,
  { table, gridColumn, open, keeps = [] }: TierTable,
  prefix: string,
  { fromId, toId, tier, line }: TierMove,
  { onlyOpen, limit }: Batch,
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
  const grid = gridColumn === null ? '' : `${gridColumn} = IF(${gridColumn} = ?, ?, ${gridColumn}), `;
  return db.write(
    `UPDATE ${table} SET ${kept.join('')}${marked}${grid}
       ${columns.map((column) => `${column} = ?`).join(', ')}
     WHERE ${prefix}${tier}_id = ? AND NOT (${columns.map((column) => `${column} <=> ?`).join(' AND ')})
       ${onlyOpen ? `AND ${open}` : ''} LIMIT ${limit}`,
    [...(gridColumn === null ? [] : [fromId, toId]), ...values, fromId, ...values],
  );
}
