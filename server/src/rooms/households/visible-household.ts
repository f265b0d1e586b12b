import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { mayOnHousehold, seeRule, type HouseholdRule } from './households.policy';
import { householdById, linkedAt, type HouseholdRecord } from './households.queries';

/** @throws Problem household.not-found for one that is not there, or not the caller's to see */
export async function visibleHousehold(db: Reading, caller: Caller, id: string): Promise<HouseholdRecord> {
  const found = await householdById(db, id);
  const record = found && linkedAt(found, caller.now);
  if (!record || !mayOnHousehold(seeRule, { ...record }, caller)) throw new Problem('household.not-found');
  return record;
}

/** The same for somebody who does something there. @throws Problem access.forbidden, household.closed */
export async function householdFor(
  db: Reading,
  caller: Caller,
  id: string,
  rule: HouseholdRule,
): Promise<HouseholdRecord> {
  const record = await visibleHousehold(db, caller, id);
  if (!mayOnHousehold(rule, { ...record }, caller)) throw new Problem('access.forbidden');
  if (record.closedAt !== null) throw new Problem('household.closed');
  return record;
}
