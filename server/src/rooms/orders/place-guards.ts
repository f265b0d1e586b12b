import { chinaDate } from '@sandan/shared/china-time';
import { orderLimits } from '@sandan/shared/orders/order.words';
import { Problem } from '@sandan/shared/problems';
import { mustHaveAgreed } from '../../foundation/access/agreement';
import { roleFor, type Caller } from '../../foundation/access/caller';
import { gridsWith } from '../../foundation/access/reach';
import type { Db } from '../../foundation/database/connect';
import type { CategoryRule } from '../../foundation/reference/reference';
import { keepsDeed } from '../commitments/commitments.queries';
import { standingConsent } from '../households/care.queries';
import { visitMadeBy } from '../households/visits.queries';
import { householdOfTarget } from '../sweeps/sweeps.queries';
import { maySee, maySeePublicly } from './act';
import { loadRecord } from './order-record';
import type { Order } from './order.entity';
import { forAnother, sourcePermission } from './place-people';
import type { Placing, PlacingWay } from './placing';

/* What stands against an order before anything is written: the guards of domain.md §3.2 `place`. */

/** For oneself or one's family it takes consent first; an emergency (救急) waits for nothing, and a post asks none. */
export function checkAgreed(caller: Caller, body: Placing, { urgency }: CategoryRule): void {
  if (body.emergency || urgency === 'emergency' || (body.source !== 'resident' && body.source !== 'family')) return;
  mustHaveAgreed(caller);
}

export function categoryToPlace(caller: Caller, body: Placing, first: PlacingWay): CategoryRule {
  const category = caller.reference.category(body.categoryId);
  if (!category) throw new Problem('category.not-found');
  if (!category.active) throw new Problem('category.closed');
  if (first.way === 'direct' && !category.direct) throw new Problem('order.not-direct');
  if (category.notice !== null && !body.noticeRead) {
    throw new Problem('order.notice-unread', { facts: { notice: category.notice } });
  }
  return category;
}

export function checkWords({ words, voiceId, photoIds }: Placing): void {
  if (!words && !voiceId && photoIds.length === 0) throw new Problem('order.nothing-said');
}

export function checkSource(caller: Caller, body: Placing, first: PlacingWay, gridId: string): void {
  const permission = sourcePermission[body.source];
  // What somebody asks for himself is another's to settle.
  if (!permission && first.way === 'settled') throw new Problem('order.own-household');
  if (!permission) return;
  const { tree } = caller.reference;
  const reaches = gridsWith(caller, permission).some(
    ({ id }) => tree.isWithin(gridId, id) || tree.isWithin(id, gridId),
  );
  if (!reaches) throw new Problem('access.forbidden');
}

/** The yes of whom it is ordered for: to this order, or by a standing consent to have things done (代办). */
export async function consentTo(db: Db, { personId, now }: Caller, body: Placing): Promise<Order['consent']> {
  if (body.consent) return { ...body.consent, recordedById: personId };
  if (!forAnother.includes(body.source)) return null;
  const standing = body.beneficiaryId
    ? await standingConsent(db, { personId: body.beneficiaryId, agentId: personId, today: chinaDate(now.getTime()) })
    : null;
  if (!standing) throw new Problem('order.consent-needed');
  return { how: standing.how, by: standing.personName, recordedById: standing.recordedById };
}

export const placingRole = (caller: Caller, body: Placing, gridId: string) => {
  const permission = sourcePermission[body.source];
  return permission ? roleFor(caller, permission, gridId) : 'resident';
};

/** 走访中发现的: of one's own visit, so that household and order belong together. */
export async function visitOf(db: Db, { personId }: Caller, { visitId }: Placing) {
  if (visitId === undefined) return null;
  const visit = await visitMadeBy(db, personId, visitId);
  if (!visit) throw new Problem('visit.not-found');
  return visit;
}

/** 排查发现的: the household of a visit that is the caller's to make. */
export async function sweptHousehold(
  db: Db,
  caller: Caller,
  { source, sweepTargetId }: Placing,
): Promise<string | null> {
  if (sweepTargetId === undefined) return null;
  const householdId = source === 'sweep' ? await householdOfTarget(db, caller, sweepTargetId) : null;
  if (householdId === null) throw new Problem('sweep.target-not-found');
  return householdId;
}

/** 原来的单子: whoever comes back to something has it before his eyes. */
export async function checkFollows(db: Db, caller: Caller, { followsId }: Placing): Promise<void> {
  if (followsId === undefined) return;
  const earlier = await loadRecord(db, followsId, null);
  if (!earlier || !(maySee(earlier, caller) || maySeePublicly(earlier, caller)))
    throw new Problem('request.bad-input', { fields: { followsId: '没有找到原来的单子' } });
}

/** 为承诺办的: of a deed of one's own. */
export async function checkDeed(db: Db, { personId }: Caller, { commitmentId }: Placing): Promise<void> {
  if (commitmentId !== undefined && !(await keepsDeed(db, personId, commitmentId)))
    throw new Problem('commitment.not-found');
}

/** Counted under a lock on the person: two phones at once must not place a sixth. */
export async function checkOpenOrders(db: Db, caller: Caller, { source }: Placing): Promise<void> {
  if (source !== 'resident' && source !== 'family') return;
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [caller.personId]);
  const [row] = await db.query<{ open: number }>(
    `SELECT COUNT(*) AS open FROM (SELECT 1 FROM service_order
       WHERE requester_id = ? AND stage IN ('open', 'working') AND source IN ('resident', 'family') LIMIT ?) x`,
    [caller.personId, orderLimits.openOrders],
  );
  if (Number(row?.open ?? 0) >= orderLimits.openOrders) throw new Problem('order.too-many-open');
}
