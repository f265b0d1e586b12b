import { Problem } from '@sandan/shared/problems';
import { grantsWith, type Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { householdLine, type HouseholdLine } from './links.queries';

/** 组里的小网格长和网格员 come to every household of their grids; everybody else to those that are linked to him. */
const comesToAll: readonly string[] = ['smallGridLead', 'gridWorker'];

function mayVisit(caller: Caller, line: HouseholdLine): boolean {
  const standsIn = line.memberAwayUntil !== null && line.memberAwayUntil > caller.now;
  if (line.memberId === caller.personId || (standsIn && line.standInId === caller.personId)) return true;
  return grantsWith(caller, 'visit.record')
    .filter(({ role }) => comesToAll.includes(role))
    .some(({ grids }) => grids.some(({ id }) => caller.reference.tree.isWithin(line.gridId, id)));
}

/** Throws 404 for any other household: that it exists is nobody else's business. */
export async function householdToVisit(reading: Reading, caller: Caller, householdId: string): Promise<HouseholdLine> {
  const line = await householdLine(reading, householdId, caller.now);
  if (!line || !mayVisit(caller, line)) throw new Problem('household.not-found');
  return line;
}
