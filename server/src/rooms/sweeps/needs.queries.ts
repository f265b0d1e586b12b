import { householdFlags, type HouseholdFlagName } from '@sandan/shared/households/household.words';
import { needFirst } from '@sandan/shared/sweeps/sweep.words';
import type { Where } from '../../foundation/access/rule-where';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';

/** Rank of a household `h` (or a person `p` in it) by what keeps it from moving alone: 0 comes first, `none` has nothing. */
export function needRank(db: Reading, householdId: string, personId: string): Where & { none: number } {
  const ranks = needFirst.map((flag, rank) => ({ rank, indexes: db.vault.indexes('householdFlag.flag', flag) }));
  const none = needFirst.length;
  return {
    none,
    sql: `COALESCE((SELECT MIN(CASE ${ranks.map(() => 'WHEN f.flag_index IN (?) THEN ?').join(' ')} ELSE ? END)
            FROM household_flag f WHERE f.household_id = ${householdId} AND f.ended_at IS NULL
              AND (f.person_id IS NULL OR f.person_id = ${personId})), ?)`,
    values: [...ranks.flatMap(({ rank, indexes }): SqlValue[] => [indexes, rank]), none, none],
  };
}

/** 独居, 失能卧床, 高龄 of these households: for whoever looks after them. By household; one of a person by that person too. */
export async function needsOf(
  db: Reading,
  householdIds: readonly string[],
): Promise<{ householdId: string; personId: string | null; name: string; rank: number }[]> {
  if (householdIds.length === 0) return [];
  const rows = await db.query<{ householdId: string; personId: string | null; flag: Sealed }>(
    `SELECT household_id AS householdId, person_id AS personId, flag_sealed AS flag FROM household_flag
     WHERE household_id IN (?) AND ended_at IS NULL AND flag_index IN (?)`,
    [householdIds, needFirst.flatMap((flag) => db.vault.indexes('householdFlag.flag', flag))],
  );
  return rows
    .map(({ flag, ...row }) => ({ ...row, flag: db.vault.open('householdFlag.flag', flag) as HouseholdFlagName }))
    .map(({ flag, ...row }) => ({
      ...row,
      name: householdFlags[flag].name,
      rank: (needFirst as readonly string[]).indexOf(flag),
    }))
    .sort((one, other) => one.rank - other.rank);
}
