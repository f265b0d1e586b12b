import type { LinkWhat } from '@sandan/shared/links/links.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { thingOf, type Thing } from '../../foundation/links/links';
import { memberSeen, organizationSeen } from '../commitments/cards.queries';
import { deedSeen } from '../commitments/commitments.queries';
import { keepsHousehold } from '../households/households.queries';

export const addressOf = (key: string): string => `/c/${key}`;

/** Whether the caller may see the thing, by the rules of its own room. @throws Problem the room's own 404 */
export async function mustSee(db: Reading, caller: Caller, { what, thingId }: Thing & { what: LinkWhat }) {
  switch (what) {
    case 'commitment':
      if (!(await deedSeen(db, caller, thingId))) throw new Problem('commitment.not-found');
      return;
    case 'member':
      if (!(await memberSeen(db, caller, thingId))) throw new Problem('member.not-found');
      return;
    case 'home':
      // Only who keeps the roll of the house prints what hangs at its door.
      if (!(await keepsHousehold(db, caller, thingId))) throw new Problem('household.not-found');
      return;
    case 'organization':
      if (!(await organizationSeen(db, caller, thingId))) throw new Problem('organization.not-found');
  }
}

/** Which page a key means. Whether this person may read what stands there is that page's affair. */
export async function destinationOf(db: Reading, key: string) {
  // The code on a computer's screen is no key of a thing; whether it is still good, its page asks (rooms/access).
  if (/^in-[\w-]{22}$/.test(key)) return { page: 'confirmSignIn' as const, params: { code: key } };
  if (/^me-[\w-]{22}$/.test(key)) return { page: 'connectPhone' as const, params: { code: key } };
  const thing = await thingOf(db, key);
  switch (thing?.what) {
    case 'commitment':
      return { page: 'commitment' as const, params: { commitmentId: thing.thingId } };
    case 'member':
      return { page: 'memberCard' as const, params: { personId: thing.thingId } };
    case 'home':
      return { page: 'bind' as const, params: { door: key } };
    case 'organization':
      return { page: 'commitments' as const, params: { organizationId: thing.thingId } };
    default:
      throw new Problem('link.not-found');
  }
}
