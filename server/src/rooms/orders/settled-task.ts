import { newId } from '../../foundation/ids';
import type { NoPhotoReason, Outcome } from '@sandan/shared/orders/order.words';
import { categoryOf, type Actor } from './advance';
import type { Caller } from '../../foundation/access/caller';
import type { OrderRecord, Seat } from './order-record';
import type { Task, TaskClaim } from './task.entity';
import { checkEvidence, newTask } from './task-rows';

export interface Settlement {
  outcome: Outcome;
  words: string;
  photoIds: readonly string[];
  noPhotoReason?: NoPhotoReason | undefined;
}

/** 当场办结: the one task that was claimed and reported by the actor on the spot, with his seat. */
export function settledTask(
  { record, actor }: { record: OrderRecord; actor: Actor },
  settlement: Settlement,
): { task: Task; seat: TaskClaim } {
  checkEvidence(categoryOf(record, actor.reference), settlement);
  const personId = actor.id;
  if (personId === null) throw new Error('The system settles nothing');
  const task = newTask(
    record,
    actor,
    {
      id: newId(actor.now),
      mode: 'assigned',
      scopeGridId: record.deskGridId,
      assigneeId: personId,
      leadId: personId,
      taken: 1,
      onTheSpot: 1,
      outcome: settlement.outcome,
      words: settlement.words,
      noPhotoReason: settlement.noPhotoReason ?? null,
      contactedAt: actor.now,
      claimedAt: actor.now,
      promisedAt: actor.now,
      reportedAt: actor.now,
    },
    'reported',
  );
  return {
    task,
    seat: {
      taskId: task.id,
      personId,
      orderId: record.id,
      state: 'reported',
      promisedAt: actor.now,
      at: actor.now,
      endedAt: actor.now,
      tries: 1,
      reason: null,
      ...{ askedAt: null, askedIn: null },
    },
  };
}

/** The seat as a record shows it, with the name of who has just sat down. */
export const seatOf = (seat: TaskClaim, { name }: Caller): Seat => ({ ...seat, name, kind: null });
