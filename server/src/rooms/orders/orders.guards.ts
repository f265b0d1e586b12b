import type { Role } from '@sandan/shared/access/roles';
import type { ProblemCode } from '@sandan/shared/problems';
import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import { orderLimits } from '@sandan/shared/orders/order.words';
import { addMinutes, limitMinutes } from '@sandan/shared/working-time';
import type { Caller } from '../../foundation/access/caller';
import { objectionLimit } from './order-clocks';
import type { OrderRecord } from './order-record';
import { isParty } from './orders.policy';

/** What stands against an action here and now, beyond state and rights; null when nothing does. */
export type Guard = (record: OrderRecord, caller: Caller) => ProblemCode | null;

const unless = (fine: boolean, code: ProblemCode): ProblemCode | null => (fine ? null : code);

const day = 24 * 60 * 60_000;
/** 15 days after closing (domain.md §3.1: reopen window). */
const windowLength = 15 * day;

const handledBy = (record: OrderRecord, personId: string): boolean =>
  record.seats.some((seat) => seat.personId === personId && seat.state !== 'givenBack');
/** Neither what he did himself nor what the one did for whom he sits at this desk (代理). */
const tookPart: Guard = (record, caller) =>
  unless(!selves(record, caller).some((personId) => handledBy(record, personId)), 'order.verifier-handled');
const selves = (record: OrderRecord, caller: Caller): string[] => {
  const { tree } = caller.reference;
  const here = caller.grants.filter(({ grids }) => grids.some(({ id }) => tree.isWithin(record.deskGridId, id)));
  const byOwn = here.some(({ role, behalfOf }) => behalfOf === null && deskRoles.includes(role));
  return [caller.personId, ...(byOwn ? [] : here.flatMap(({ behalfOf }) => behalfOf?.personId ?? []))];
};
const deskRoles: readonly Role[] = ['deskLead', 'townDispatcher', 'disciplineDesk', 'inspector'];
const everClaimed = (record: OrderRecord): boolean => record.seats.length > 0;
const inHand = (record: OrderRecord): boolean => record.seats.some(({ state }) => state === 'taken');

export const isDangerous = (record: OrderRecord): boolean =>
  record.urgency === 'emergency' || record.categoryId === 'hazard';

const windowOpen: Guard = (record, caller) =>
  unless(
    record.closedAt === null || caller.now.getTime() - record.closedAt.getTime() <= windowLength,
    'order.reopen-over',
  );
const notRuled: Guard = (record) => unless(record.ruled === 0, 'order.ruled');

const first =
  (...guards: Guard[]): Guard =>
  (record, caller) => {
    for (const guard of guards) {
      const problem = guard(record, caller);
      if (problem) return problem;
    }
    return null;
  };

/** The town is the top of the loop: from there it is supervised, not passed on. */
const hasParent: Guard = (record, caller) =>
  unless(caller.reference.tree.gridOf(record.deskGridId).tier !== 'town', 'order.no-parent');

const objectionOpen: Guard = (record, caller) => {
  if (record.closedAt === null) return null;
  const { calendar } = caller.reference.town(record.townId);
  const [clock, limit] = objectionLimit;
  const until = addMinutes(calendar, clock, record.closedAt.getTime(), limitMinutes(calendar, clock, limit));
  return unless(caller.now.getTime() <= until, 'order.objection-over');
};

const sampled: Guard = (record) => unless(record.inSample === 1, 'order.not-sampled');

/** None of the inspector's own grid: nobody inspects where he or she also works (domain.md §11). */
const notOwnGrid: Guard = (record, caller) => {
  const { tree } = caller.reference;
  const works = caller.grants.filter(({ role }) => role !== 'inspector').flatMap(({ grids }) => grids);
  const home = caller.homeGridId ? tree.grid(caller.homeGridId)?.village : null;
  const own = works.some(
    (grid) => grid.tier !== 'town' && grid.tier !== 'county' && tree.isWithin(record.placeGridId, grid.id),
  );
  return unless(!own && (home === null || home !== record.villageId), 'access.forbidden');
};

/** A fault that was found and not yet answered, or answered and not yet decided. */
const faultStands =
  (appealed: boolean): Guard =>
  ({ inspection }) =>
    unless(inspection?.result === 'fault' && inspection.appealed === appealed, 'order.appeal-over');
/** Decided by another inspector than the one who found it. */
const notOwnFault: Guard = ({ inspection }, caller) =>
  unless(inspection?.inspectorId !== caller.personId, 'access.forbidden');

const actsFor = (caller: Caller, role: Role, gridId: string | null): boolean =>
  caller.grants.some((grant) => grant.role === role && grant.grids.some(({ id }) => id === gridId));

/** Where a 没办好 leads now: to a new round, after two of them to the level above; null where neither is open any more. */
export const wayOn = (record: OrderRecord, caller: Caller): 'reopen' | 'appealUp' | null =>
  (['reopen', 'appealUp'] as const).find((action) => !orderGuards[action]?.(record, caller)) ?? null;

export const orderGuards: Partial<Record<OrderAction, Guard>> = {
  settle: (record, caller) =>
    unless(caller.reference.category(record.categoryId)?.settleable === true, 'order.not-settleable'),
  ask: first(
    (record) => unless(record.urgency !== 'emergency', 'order.emergency-no-ask'),
    (record) => unless(record.asks < 2, 'order.asked-twice'),
  ),
  decline: first(
    (record) => unless(!isDangerous(record), 'order.no-decline'),
    (record) => unless(!everClaimed(record), 'order.claimed-already'),
  ),
  object: first((record) => unless(record.objected === 0, 'order.objected-already'), objectionOpen),
  merge: first(
    (record) => unless(!inHand(record), 'order.claimed-already'),
    (record) => unless(record.visibility !== 'confidential', 'order.merge-target'),
  ),
  escalate: hasParent,
  sendDown: first(
    (record) => unless(record.moves < orderLimits.moves, 'order.moved-enough'),
    (record, caller) => unless(caller.reference.tree.gridOf(record.deskGridId).tier === 'town', 'order.no-child'),
  ),
  // After the desk's one try only the common parent.
  redirect: (record, caller) =>
    unless(record.redirected === 0 || actsFor(caller, 'townDispatcher', record.townId), 'order.redirected-once'),
  suspend: first(
    (record) => unless(record.urgency !== 'emergency', 'order.emergency-no-suspend'),
    (record) => unless(record.suspends < 2, 'order.suspended-twice'),
  ),
  verify: tookPart,
  recordCallback: tookPart,
  orderRedo: tookPart,
  closeReview: tookPart,
  inspect: first(sampled, tookPart, notOwnGrid, ({ inspection }) =>
    unless(inspection?.result === null, 'order.inspected-already'),
  ),
  appealFault: first(sampled, faultStands(false)),
  decideAppeal: first(sampled, tookPart, notOwnGrid, faultStands(true), notOwnFault),
  sendBack: (record) => unless(record.answeredIds.length === 0, 'order.answered-already'),
  confirm: first(tookPart, (record, caller) =>
    unless(!record.answeredIds.includes(caller.personId), 'order.answered-already'),
  ),
  reopen: first(notRuled, (record) => unless(record.reopens < orderLimits.reopens, 'order.reopened-twice'), windowOpen),
  appealUp: first(notRuled, (record) => unless(record.reopens >= orderLimits.reopens, 'order.wrong-state'), windowOpen),
  withdraw: first(
    // Before anybody has it in hand it is the resident's to take back; the desk says no by 不予受理, with words for him.
    (record, caller) => {
      const begun = record.state === 'handling' || record.state === 'suspended';
      if (record.requesterId === caller.personId) return unless(!begun, 'order.withdraw-ask-desk');
      return unless(begun, 'order.wrong-state');
    },
    (record, caller) =>
      unless(record.categoryId !== 'childCare' || record.requesterId === caller.personId, 'order.no-child-withdraw'),
  ),
  meToo: first(
    (record, caller) => unless(!isParty(record, caller.personId), 'order.own-me-too'),
    (record, caller) =>
      unless(!record.parties.some(({ personId }) => personId === caller.personId), 'order.joined-already'),
  ),
  protect: (record) => unless(record.visibility !== 'confidential', 'order.wrong-state'),
  extend: (record) =>
    unless(
      record.tasks.some(({ state }) => state === 'claimed'),
      'order.wrong-state',
    ),
  answerSupervision: (record) => unless(record.supervisions > 0, 'order.wrong-state'),
};
