import { householdFlags, type HouseholdFlagName } from '@sandan/shared/households/household.words';
import { Problem } from '@sandan/shared/problems';
import { sweepLimits, type SelectionKind } from '@sandan/shared/sweeps/sweep.words';
import type { Caller } from '../../foundation/access/caller';
import { reachesGrid } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';

/** Which households, resolved: a list holds ids only. */
export interface Chosen {
  gridId: string;
  by: SelectionKind;
  flags: readonly HouseholdFlagName[];
  listed: readonly string[];
}

export interface SelectedHousehold {
  id: string;
  gridId: string;
  people: number;
}

const groupsWithin = (caller: Pick<Caller, 'reference'>, gridId: string): string[] =>
  caller.reference.tree.grids.flatMap(({ id }) => (caller.reference.tree.isWithin(id, gridId) ? [id] : []));

/** Sensitive flags (低保, 重度残疾 …) may be chosen by whoever is entitled to know them there. Throws `sweep.flags-not-yours`. */
export function checkFlags(caller: Caller, { gridId, flags }: Pick<Chosen, 'gridId' | 'flags'>): void {
  const sensitive = flags.some((flag) => householdFlags[flag].sensitive);
  if (sensitive && !reachesGrid(caller, 'sweep.chooseFlags', gridId)) throw new Problem('sweep.flags-not-yours');
}

/** The households as the roster stands now. Throws `sweep.too-many`. */
export async function selectHouseholds(db: Reading, caller: Caller, chosen: Chosen): Promise<SelectedHousehold[]> {
  if (chosen.by === 'list' && chosen.listed.length === 0) return [];
  const conditions = {
    all: { sql: 'TRUE', values: [] },
    flags: {
      sql: `EXISTS (SELECT 1 FROM household_flag f
              WHERE f.household_id = h.id AND f.ended_at IS NULL AND f.flag_index IN (?))`,
      values: [chosen.flags.flatMap((flag) => db.vault.indexes('householdFlag.flag', flag))],
    },
    list: { sql: 'h.id IN (?)', values: [chosen.listed] },
  };
  const { sql, values } = conditions[chosen.by];
  const rows = await db.query<{ id: string; gridId: string; people: number }>(
    `SELECT h.id, h.grid_id AS gridId, COUNT(p.id) AS people
     FROM household h LEFT JOIN person p ON p.household_id = h.id AND p.disabled_at IS NULL AND p.erased_at IS NULL
     WHERE h.grid_id IN (?) AND h.closed_at IS NULL AND ${sql} GROUP BY h.id, h.grid_id LIMIT ?`,
    [groupsWithin(caller, chosen.gridId), ...values, sweepLimits.households + 1],
  );
  if (rows.length > sweepLimits.households) throw new Problem('sweep.too-many');
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

/** 户号 and ids of a list as households of the area; `unknown` are those that are on no roll there. */
export async function householdsOfList(
  db: Reading,
  caller: Caller,
  gridId: string,
  { codes, householdIds }: { codes: readonly string[]; householdIds: readonly string[] },
): Promise<{ ids: string[]; unknown: string[] }> {
  const rows = await db.query<{ id: string; code: string | null }>(
    'SELECT id, code FROM household WHERE grid_id IN (?) AND closed_at IS NULL AND (code IN (?) OR id IN (?))',
    [groupsWithin(caller, gridId), codes.length > 0 ? codes : [''], householdIds.length > 0 ? householdIds : ['']],
  );
  const known = new Set(rows.flatMap(({ id, code }) => (code === null ? [id] : [id, code])));
  return {
    ids: [...new Set(rows.map(({ id }) => id))],
    unknown: [...new Set([...codes, ...householdIds])].filter((one) => !known.has(one)),
  };
}
