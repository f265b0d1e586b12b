import type { BodyOf } from '@sandan/shared/endpoint';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import { householdLimits } from '@sandan/shared/households/household-events.words';
import type { Caller } from '../../foundation/access/caller';
import { gridIdsWith } from '../../foundation/access/reach';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { householdsFound, type HouseholdRecord } from './households.queries';
import { lookUp } from './lookups';

/**
 * 找一户. Whose number it is, is written down and counted like every search by a number; a name or a door is how one goes
 * about among houses that one serves, and tells nothing that the list of them does not. Throws `household.lookups-used-up`.
 */
export async function searchHouseholds(
  db: Db,
  caller: Caller,
  { phone, actionId = newId(caller.now), ...others }: BodyOf<(typeof householdsApi)['search']>,
): Promise<HouseholdRecord[]> {
  const search = () => membersBy(db, caller, phone ?? '');
  const memberIds =
    phone === undefined ? undefined : await lookUp(db, caller, { actionId, searchedBy: 'phone', search });
  return householdsFound(db, caller, { ...others, memberIds }, householdLimits.found);
}

/** Whoever of the houses in reach has exactly this phone. */
async function membersBy(db: Reading, caller: Caller, phone: string): Promise<string[]> {
  const gridIds = gridIdsWith(caller, 'household.read');
  if (gridIds.length === 0) return [];
  const rows = await db.query<{ id: string }>(
    `SELECT m.id FROM person m JOIN household h ON h.id = m.household_id
     WHERE m.phone_index IN (?) AND m.disabled_at IS NULL AND h.grid_id IN (?) AND h.closed_at IS NULL ORDER BY m.id LIMIT 20`,
    [db.vault.indexes('person.phone', phone), gridIds],
  );
  return rows.map(({ id }) => id);
}
