import type { ReplyOf } from '@sandan/shared/endpoint';
import type { linksApi } from '@sandan/shared/links/links.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { linkOf } from '../../foundation/links/links';
import { fullName } from '../../foundation/reference/tree';
import { visibleTo, householdById, linkedAt, type HouseholdRecord } from '../households/households.queries';

type Door = ReplyOf<(typeof linksApi)['door']>;

/**
 * 门牌码: what whoever stands before the door may do. A stranger learns the group, which he sees around him, and neither
 * the number of the house nor anybody in it. @throws Problem link.not-found, link.replaced, link.place-gone
 */
export async function doorOf(db: Reading, caller: Caller, key: string): Promise<Door> {
  const link = await linkOf(db, key);
  const found = link?.what === 'home' ? await householdById(db, link.thingId) : null;
  if (!link || !found) throw new Problem('link.not-found');
  if (!link.isGood) throw new Problem('link.replaced');
  const { tree } = caller.reference;
  const grid = tree.grid(found.gridId);
  if (!grid) throw new Problem('link.place-gone');
  const household = linkedAt(found, caller.now);
  const offers = offersOf(caller, household);
  return {
    ...{ gridId: grid.id, place: fullName(grid, tree), isClosed: household.closedAt !== null, offers },
    householdId: offers.some((offer) => shows.has(offer)) ? household.id : null,
  };
}

const shows: ReadonlySet<Door['offers'][number]> = new Set(['home', 'care', 'serve']);

function offersOf(caller: Caller, household: HouseholdRecord): Door['offers'] {
  if (household.closedAt !== null) return ['place'];
  if (caller.householdId === household.id) return ['place', 'home'];
  if (caller.caresFor.includes(household.id)) return ['place', 'care'];
  if (visibleTo(caller, household)) return ['place', 'serve'];
  return ['place', ...(caller.householdId === null ? (['bind'] as const) : []), 'askCare'];
}
