import { stageOf } from '@sandan/shared/lifecycle';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import { Problem } from '@sandan/shared/problems';
import { holds, type Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { fingerprintOf } from '../../foundation/fingerprint';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { bindPhotos, bindVoice } from '../../foundation/photos/photos.service';
import type { CategoryRule } from '../../foundation/reference/reference';
import { presentMember } from '../households/links.queries';
import type { ScannedCode } from '../links/scanned.queries';
import { actorOf, basisOf, type Actor } from './advance';
import { haveHeard } from './hear-voices';
import { askAboutPlaced, evidence } from './order-checks';
import { startClock } from './order-clocks';
import { addressOf, originFacts, scannedBy } from './order-origin';
import { deskColumns, placeColumns, placeGrid, studyDesk } from './order-places';
import { freshRecord, newOrder } from './order-rows';
import { Order, OrderSubject } from './order.entity';
import {
  categoryToPlace,
  checkAgreed,
  checkDeed,
  checkFollows,
  checkOpenOrders,
  checkSource,
  checkWords,
  consentTo,
  placingRole,
  sweptHousehold,
  visitOf,
} from './place-guards';
import { caredHouse, concernsChild, namedHouse, peopleOf } from './place-people';
import type { Placing, PlacingWay } from './placing';
import { settledTask } from './settled-task';
import { newTask } from './task-rows';
import { Task, TaskClaim } from './task.entity';

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
  await checkDeed(db, caller, body);
  const sweptId = await sweptHousehold(db, caller, body);
  await checkOpenOrders(db, caller, body);

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
  if (body.voiceId) {
    await bindVoice(db.manager, { id: body.voiceId, ...owner });
    await haveHeard(db, body.voiceId, actor.now);
  }
  await evidence(order, actor, start.photoIds, historyId)(db);
  await askAboutPlaced(db, order, body, actor);
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
