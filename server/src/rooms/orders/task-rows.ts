import { stageOf } from '@sandan/shared/lifecycle';
import type { NoPhotoReason, Outcome } from '@sandan/shared/orders/order.words';
import { taskLifecycle, type TaskState } from '@sandan/shared/orders/task.lifecycle';
import { Problem } from '@sandan/shared/problems';
import type { CategoryRule } from '../../foundation/reference/reference';
import type { Actor } from './advance';
import type { OrderRecord } from './order-record';
import type { Task } from './task.entity';

/** A new task of the order's present round, before anybody has it. */
export function newTask(
  record: OrderRecord,
  actor: Actor,
  wanted: Pick<Task, 'id' | 'mode' | 'scopeGridId'> & Partial<Task>,
  state: TaskState = 'offered',
): Task {
  const { countyId, townId, villageId, groupId } = actor.reference.tree.columns(wanted.scopeGridId);
  return {
    orderId: record.id,
    version: 1,
    round: record.round,
    required: 1,
    replaced: 0,
    overturned: 0,
    onTheSpot: 0,
    urgency: record.urgency,
    confidential: record.visibility === 'confidential' ? 1 : 0,
    note: null,
    skill: null,
    partyMembersOnly: 0,
    places: 1,
    minPlaces: 1,
    taken: 0,
    scopeCountyId: countyId,
    scopeTownId: townId,
    scopeVillageId: villageId,
    scopeGroupId: groupId,
    assigneeId: null,
    leadId: null,
    receiverId: null,
    giveBacks: 0,
    extensions: 0,
    fallbackStep: 0,
    unit: null,
    unitContact: null,
    letterNumber: null,
    dueOn: null,
    keeperId: null,
    answer: null,
    outcome: null,
    words: null,
    noPhotoReason: null,
    link: null,
    linkOn: null,
    offeredById: actor.id ?? record.id,
    offeredAt: actor.now,
    contactedAt: null,
    claimedAt: null,
    promisedAt: null,
    reportedAt: null,
    ...wanted,
    state,
    stage: stageOf(taskLifecycle, state),
  };
}

/** Photo duty: only where the thing itself can be seen, and a reason instead is always allowed (domain.md §2.2, §12.9). */
export function checkEvidence(
  category: CategoryRule,
  report: { outcome: Outcome; photoIds: readonly string[]; noPhotoReason?: NoPhotoReason | undefined },
): void {
  const visible = report.outcome === 'solved' || report.outcome === 'partlySolved';
  if (!visible || category.photo === 'none') return;
  if (report.photoIds.length === 0 && !report.noPhotoReason) throw new Problem('task.photos-needed');
}
