import type { LinkWhat } from '@sandan/shared/links/links.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import { linkOf, type Thing } from '../../foundation/links/links';
import { fullName, type GridNode, type Tree } from '../../foundation/reference/tree';
import { activitySeen } from '../activities/links.queries';
import { memberSeen, organizationSeen } from '../commitments/cards.queries';
import { deedSeen } from '../commitments/commitments.queries';
import { keepsHousehold } from '../households/households.queries';
import { deskName, mayHang } from './hung-codes';

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
    case 'grid':
    case 'desk':
      mustHang(gridWithin(caller, 'poster.print', thingId), what);
      return;
    case 'activity':
      if (!(await activitySeen(db, caller, thingId))) throw new Problem('activity.not-found');
      return;
    case 'organization':
      if (!(await organizationSeen(db, caller, thingId))) throw new Problem('organization.not-found');
  }
}

function mustHang(grid: GridNode, what: 'grid' | 'desk'): void {
  if (!mayHang(grid, what)) throw new Problem('poster.not-here');
}

/** Which page a key means. Whether this person may read what stands there is that page's affair. */
export async function destinationOf(db: Reading, { reference: { tree } }: Caller, key: string) {
  // The code on a computer's screen is no key of a thing; whether it is still good, its page asks (rooms/access).
  if (/^in-[\w-]{22}$/.test(key)) return { page: 'confirmSignIn' as const, params: { code: key } };
  if (/^me-[\w-]{22}$/.test(key)) return { page: 'connectPhone' as const, params: { code: key } };
  // Nor is the one on an organiser's screen, which changes every few minutes (rooms/activities).
  if (/^ac-[\w-]{20,29}$/.test(key)) return { page: 'checkIn' as const, params: { code: key } };
  return pageOf(mustBeGood(await linkOf(db, key)), key, tree);
}

/** @throws Problem link.not-found, link.replaced */
export function mustBeGood(link: Awaited<ReturnType<typeof linkOf>>): Thing {
  if (!link) throw new Problem('link.not-found');
  if (!link.isGood) throw new Problem('link.replaced');
  return link;
}

function pageOf({ what, thingId }: Thing, key: string, tree: Tree) {
  switch (what) {
    case 'commitment':
      return { page: 'commitment' as const, params: { commitmentId: thingId } };
    case 'member':
      return { page: 'memberCard' as const, params: { personId: thingId } };
    case 'home':
      return { page: 'door' as const, params: { door: key } };
    case 'grid':
    case 'desk':
      return { page: 'place' as const, params: { ...placeOf(tree, thingId, what), scannedKey: key } };
    case 'order':
      return { page: 'order' as const, params: { orderId: thingId } };
    case 'task':
      return { page: 'task' as const, params: { taskId: thingId } };
    case 'activity':
      return { page: 'activity' as const, params: { activityId: thingId, k: key } };
    case 'organization': {
      // 支部合并: the poster of the one that was merged leads to what it has become.
      const organizationId = tree.organization(thingId)?.id ?? thingId;
      return { page: 'commitments' as const, params: { organizationId } };
    }
    default:
      throw new Problem('link.not-found');
  }
}

/** Papers outlive the tree: what was merged is found in its successor, what was closed in what it belonged to. */
function placeOf(tree: Tree, gridId: string, what: 'grid' | 'desk') {
  const grid = tree.grid(gridId);
  if (!grid) throw new Problem('link.place-gone');
  if (!mayHang(grid, 'grid')) return {};
  return { gridId: grid.id, at: what === 'desk' && mayHang(grid, 'desk') ? deskName(grid) : fullName(grid, tree) };
}
