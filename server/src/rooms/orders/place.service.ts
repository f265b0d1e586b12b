import type { BodyOf } from '@sandan/shared/endpoint';
import { orderLimits } from '@sandan/shared/orders/order.words';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import { chinaDate } from '@sandan/shared/china-time';
import { stageOf } from '@sandan/shared/lifecycle';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import { Problem } from '@sandan/shared/problems';
import { newId } from '../../foundation/ids';
import { mustHaveAgreed } from '../../foundation/access/agreement';
import { holds, roleFor, type Caller } from '../../foundation/access/caller';
import { gridsWith } from '../../foundation/access/reach';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { History } from '../../foundation/outbox/history.entity';
import { bindPhotos, bindVoice } from '../../foundation/photos/photos.service';
import type { CategoryRule } from '../../foundation/reference/reference';
import { presentMember } from '../households/links.queries';
import { visitMadeBy } from '../households/visits.queries';
import { standingConsent } from '../households/care.queries';
import { keepsDeed } from '../commitments/commitments.queries';
import { householdOfTarget } from '../sweeps/sweeps.queries';
import type { ScannedCode } from '../links/scanned.queries';
import { maySee, maySeePublicly } from './act';
import { actorOf, basisOf, type Actor } from './advance';
import { startClock } from './order-clocks';
import { deskColumns, placeColumns, placeGrid, studyDesk } from './order-places';
import { loadRecord } from './order-record';
import { fingerprintOf } from '../../foundation/fingerprint';
import { addressOf, originFacts, scannedBy } from './order-origin';
import { freshRecord, newOrder } from './order-rows';
import { Order, OrderSubject } from './order.entity';
import { askAboutPlaced, evidence } from './order-checks';
import { caredHouse, concernsChild, forAnother, namedHouse, peopleOf, sourcePermission } from './place-people';
import { settledTask, type Settlement } from './settled-task';
import { newTask } from './task-rows';
import { Task, TaskClaim } from './task.entity';

export type Placing = BodyOf<(typeof ordersApi)['place']>;

/** What kind of first step it is: to be studied, straight to the own member, or settled on the spot. */
export type PlacingWay =
  { way: 'study' } | { way: 'direct' } | { way: 'settled'; settlement: Settlement & { contacted: true } };

/**
 * 点单. Inserts and lets a taken id fail (decisions.md §1.5): the door's caller then reads whose it is. Throws the
 * guards of domain.md §3.2 `place`.
 */
export async function placeOrder(
  db: Db,
  caller: Caller,
  orderId: string,
  body: Placing,
  first: PlacingWay,
): Promise<void> {
  const { tree } = caller.reference;
  const visit = await visitOf(db, caller, body);
  const named = await namedHouse(db, caller, body);
  const grid = placeGrid(tree, body.gridId ?? visit?.gridId ?? named?.gridId ?? caller.homeGridId);
  const category = categoryToPlace(caller, body, first);
  checkAgreed(caller, body, category);
  checkWords(body);
  checkSource(caller, body, first, grid.id);
  const actor = actorOf(caller, placingRole(caller, body, grid.id));
  const consent = await consentTo(db, caller, body);
  const scanned = await scannedBy(db, caller, body);
  const people = await peopleOf(db, caller, body, caredHouse(body, { named, scanned, gridId: grid.id }));
  await checkFollows(db, caller, body);
  if (body.commitmentId !== undefined && !(await keepsDeed(db, caller.personId, body.commitmentId)))
    throw new Problem('commitment.not-found');
  const sweptId = body.sweepTargetId === undefined ? null : await sweptHousehold(db, caller, body);
  if (body.source === 'resident' || body.source === 'family') await checkOpenOrders(db, caller);

  const order = newOrder(actor, {
    ...placeColumns(tree, grid.id),
    ...deskColumns(tree, studyDesk(tree, grid, category)),
    ...people,
    householdId: sweptId ?? people.householdId ?? visit?.householdId ?? null,
    id: orderId,
    source: body.source,
    categoryId: category.id,
    urgency: body.emergency ? 'emergency' : category.urgency,
    visibility: body.confidential || (await concernsChild(db, caller, people)) ? 'confidential' : category.visibility,
    title: category.name,
    deskKind: category.deskKind,
    words: body.words ?? null,
    bestTime: body.bestTime ?? null,
    address: addressOf(body, grid.id, scanned),
    lat: body.gcj02?.lat ?? null,
    lng: body.gcj02?.lng ?? null,
    followsId: body.followsId ?? null,
    fingerprint: fingerprintOf(body),
    consent,
  });
  const start = await firstStep(db, order, body.subjectIds, actor, caller, category, first);
  await writeOrder(db, caller, order, actor, body, { ...start, scanned });
}

/** For oneself or one's family it takes consent first; an emergency (救急) waits for nothing, and a post asks none. */
function checkAgreed(caller: Caller, body: Placing, { urgency }: CategoryRule): void {
  if (body.emergency || urgency === 'emergency' || (body.source !== 'resident' && body.source !== 'family')) return;
  mustHaveAgreed(caller);
}

interface FirstStep {
  state: OrderState;
  action: 'place' | 'placeDirect' | 'settle';
  set: Partial<Order>;
  task: Task | null;
  seat: Partial<TaskClaim> | null;
  clock: DueWork;
  photoIds: readonly string[];
}

async function firstStep(
  db: Db,
  order: Order,
  subjectIds: readonly string[],
  actor: Actor,
  caller: Caller,
  category: CategoryRule,
  first: PlacingWay,
): Promise<FirstStep> {
  const record = freshRecord(order);
  if (first.way === 'settled') {
    if (!category.settleable) throw new Problem('order.not-settleable');
    if (order.householdId !== null && order.householdId === caller.householdId)
      throw new Problem('order.own-household');
    const { task, seat } = settledTask({ record, actor }, first.settlement);
    const set = {
      onTheSpot: 1,
      selfHandled: holds(caller, 'order.accept') ? 1 : 0,
      acceptedAt: actor.now,
      reportedAt: actor.now,
      contactInTime: 1,
      outcome: first.settlement.outcome,
    };
    return {
      state: 'reported',
      action: 'settle',
      set,
      task,
      seat,
      clock: startClock('feedback', basisOf(record, actor)),
      photoIds: first.settlement.photoIds,
    };
  }
  if (first.way === 'direct') {
    const memberId = await linkedMember(db, order, subjectIds, actor);
    const task = newTask(record, actor, {
      id: newId(actor.now),
      mode: 'assigned',
      scopeGridId: order.villageId ?? order.placeGridId,
      assigneeId: memberId,
    });
    return {
      state: 'dispatched',
      action: 'placeDirect',
      set: { acceptedAt: actor.now },
      task,
      seat: null,
      clock: startClock('claim', basisOf(record, actor, task.id)),
      photoIds: [],
    };
  }
  return {
    state: 'placed',
    action: 'place',
    set: {},
    task: null,
    seat: null,
    clock: startClock('study', basisOf(record, actor)),
    photoIds: [],
  };
}

async function writeOrder(
  db: Db,
  caller: Caller,
  order: Order,
  actor: Actor,
  body: Placing,
  start: FirstStep & { scanned: ScannedCode | null },
): Promise<void> {
  const { state, set, task, seat, clock, scanned } = start;
  const historyId = newId(actor.now);
  await db.insert(Order, [{ ...order, ...set, state, stage: stageOf(orderLifecycle, state), dueAt: clock.dueAt }]);
  await db.insert(
    OrderSubject,
    body.subjectIds.map((personId) => ({ orderId: order.id, personId })),
  );
  if (task) await db.insert(Task, [task]);
  if (seat) await db.insert(TaskClaim, [seat]);
  await db.insert(DueWork, [clock]);
  await db.insert(History, [
    {
      id: historyId,
      thing: 'order',
      thingId: order.id,
      aggregateId: order.id,
      seq: 1,
      townId: order.townId,
      action: start.action,
      actorId: actor.id,
      actorName: actor.name,
      actorRole: actor.role,
      onBehalfId: order.beneficiaryId,
      at: actor.now,
      fromState: null,
      toState: state,
      words: start.action === 'settle' ? (task?.words ?? null) : null,
      facts: originFacts(order, body, scanned),
    },
  ]);
  const owner = { ownerId: caller.personId, thingKind: 'order', thingId: order.id, now: actor.now };
  if (body.photoIds.length > 0) await bindPhotos(db.manager, { ids: body.photoIds, ...owner });
  if (body.voiceId) await bindVoice(db.manager, { id: body.voiceId, ...owner });
  await evidence(order, actor, start.photoIds, historyId)(db);
  await askAboutPlaced(db, order, body, actor);
}

function categoryToPlace(caller: Caller, body: Placing, first: PlacingWay): CategoryRule {
  const category = caller.reference.category(body.categoryId);
  if (!category) throw new Problem('category.not-found');
  if (!category.active) throw new Problem('category.closed');
  if (first.way === 'direct' && !category.direct) throw new Problem('order.not-direct');
  if (category.notice !== null && !body.noticeRead) {
    throw new Problem('order.notice-unread', { facts: { notice: category.notice } });
  }
  return category;
}

function checkWords({ words, voiceId, photoIds }: Placing): void {
  if (!words && !voiceId && photoIds.length === 0) throw new Problem('order.nothing-said');
}

function checkSource(caller: Caller, body: Placing, first: PlacingWay, gridId: string): void {
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
async function consentTo(db: Db, { personId, now }: Caller, body: Placing): Promise<Order['consent']> {
  if (body.consent) return { ...body.consent, recordedById: personId };
  if (!forAnother.includes(body.source)) return null;
  const standing = body.beneficiaryId
    ? await standingConsent(db, { personId: body.beneficiaryId, agentId: personId, today: chinaDate(now.getTime()) })
    : null;
  if (!standing) throw new Problem('order.consent-needed');
  return { how: standing.how, by: standing.personName, recordedById: standing.recordedById };
}

const placingRole = (caller: Caller, body: Placing, gridId: string) => {
  const permission = sourcePermission[body.source];
  return permission ? roleFor(caller, permission, gridId) : 'resident';
};

/** 走访中发现的: of one's own visit, so that household and order belong together. */
async function visitOf(db: Db, { personId }: Caller, { visitId }: Placing) {
  if (visitId === undefined) return null;
  const visit = await visitMadeBy(db, personId, visitId);
  if (!visit) throw new Problem('visit.not-found');
  return visit;
}

/** 排查发现的: the household of a visit that is the caller's to make. */
async function sweptHousehold(db: Db, caller: Caller, { source, sweepTargetId }: Placing): Promise<string> {
  const householdId = source === 'sweep' && sweepTargetId ? await householdOfTarget(db, caller, sweepTargetId) : null;
  if (householdId === null) throw new Problem('sweep.target-not-found');
  return householdId;
}

/** 原来的单子: whoever comes back to something has it before his eyes. */
async function checkFollows(db: Db, caller: Caller, { followsId }: Placing): Promise<void> {
  if (followsId === undefined) return;
  const earlier = await loadRecord(db, followsId, null);
  if (!earlier || !(maySee(earlier, caller) || maySeePublicly(earlier, caller)))
    throw new Problem('request.bad-input', { fields: { followsId: '没有找到原来的单子' } });
}

/** Counted under a lock on the person: two phones at once must not place a sixth. */
async function checkOpenOrders(db: Db, caller: Caller): Promise<void> {
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [caller.personId]);
  const [row] = await db.query<{ open: number }>(
    `SELECT COUNT(*) AS open FROM (SELECT 1 FROM service_order
       WHERE requester_id = ? AND stage IN ('open', 'working') AND source IN ('resident', 'family') LIMIT ?) x`,
    [caller.personId, orderLimits.openOrders],
  );
  if (Number(row?.open ?? 0) >= orderLimits.openOrders) throw new Problem('order.too-many-open');
}

/** 找我的党员: the member linked to the household, present, not away and not complained about. */
async function linkedMember(db: Db, order: Order, subjectIds: readonly string[], actor: Actor): Promise<string> {
  const [row] = await db.query<{ member_id: string }>(
    `SELECT p.id AS member_id FROM household_link l JOIN person m ON m.id = l.member_id JOIN person p ON p.id = ${presentMember}
     WHERE l.household_id = ? AND (l.ends_at IS NULL OR l.ends_at > ?) AND p.disabled_at IS NULL
       AND (p.away_until IS NULL OR p.away_until <= ?) AND (p.household_id IS NULL OR p.household_id <> l.household_id)
       AND NOT (p.id IN (?)) ORDER BY l.starts_at DESC LIMIT 1`,
    [actor.now, order.householdId, actor.now, actor.now, subjectIds.length > 0 ? subjectIds : ['']],
  );
  if (!row) throw new Problem('order.no-linked-member');
  return row.member_id;
}
