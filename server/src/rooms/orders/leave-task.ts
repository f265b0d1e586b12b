import type { Db } from '../../foundation/database/connect';
import type { TaskEffectStep } from './act-task';
import { basisOf, type Actor } from './advance';
import { stopTask } from './clock-changes';
import { startClock } from './order-clocks';
import type { OrderRecord } from './order-record';
import type { Task, TaskClaim } from './task.entity';

export const endSeat = (
  db: Db,
  taskId: string,
  personId: string,
  state: TaskClaim['state'],
  at: Date,
  reason: string | null = null,
) =>
  db.write(
    `UPDATE task_claim SET state = ?, ended_at = ?, reason = ?, asked_at = NULL
     WHERE task_id = ? AND person_id = ? AND state = 'taken'`,
    [state, at, reason, taskId, personId],
  );

interface Leaving {
  record: OrderRecord;
  task: Task;
  actor: Actor;
  personId: string;
  seat: 'givenBack' | 'released';
  reason: string | null;
  /** Counts among the times that the task was given back. */
  isBlot: boolean;
}

/** Somebody's part in a task ends before it is done: what was open to all goes back to the hall, what was assigned to the desk. */
export function leaveTask({ record, task, actor, personId, seat, reason, isBlot }: Leaving): TaskEffectStep {
  const isOpen = task.mode === 'open' || task.mode === 'team';
  const taken = task.state === 'claimed' || isOpen ? Math.max(0, task.taken - 1) : task.taken;
  const staysTeam = task.mode === 'team' && taken > 0;
  const next = record.seats.find((each) => each.taskId === task.id && each.personId !== personId && isTaken(each));
  const giveBacks = task.giveBacks + (isBlot ? 1 : 0);
  const beside = async (db: Db) => {
    await endSeat(db, task.id, personId, seat, actor.now, reason);
  };
  const goesOn = task.state === 'offered' ? isOpen : staysTeam && taken >= task.minPlaces;
  if (goesOn) return { beside, taskSet: { taken, giveBacks, leadId: next?.personId ?? null } };
  const stopped = stopTask(record, actor, task.id);
  const over = { giveBacks, receiverId: null };
  if (!isOpen) return { beside, to: 'returned', taskSet: { ...over, taken: 0, leadId: null }, clocks: stopped };
  return {
    ...{ beside, to: 'offered' },
    taskSet: {
      ...{ ...over, taken, leadId: staysTeam ? (next?.personId ?? null) : null },
      ...{ claimedAt: null, promisedAt: null, contactedAt: null },
    },
    clocks: [...stopped.filter(({ kind }) => kind !== 'claim'), startClock('claim', basisOf(record, actor, task.id))],
  };
}

const isTaken = ({ state }: Pick<TaskClaim, 'state'>): boolean => state === 'taken';
