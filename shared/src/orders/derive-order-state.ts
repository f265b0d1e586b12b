import type { OrderState } from './order.lifecycle';
import type { TaskState } from './task.lifecycle';
import type { Outcome } from './order.words';

/** What the rule needs to know of one task of the current round. */
export interface TaskFact {
  state: TaskState;
  /** Required tasks decide; assisting ones do not. */
  required: boolean;
  /** A returned or expired task that the desk has replaced or declared unnecessary. */
  replaced: boolean;
}

/**
 * The order's state as its tasks make it (domain.md §3.3). Applied only while the order is accepted, dispatched or
 * handling, and on resume. A returned or expired task keeps its place until the desk replaces or waives it, so that an
 * order is never closed over a task nobody did.
 */
export function orderStateFromTasks(tasks: readonly TaskFact[], verifyNeeded: boolean): OrderState {
  const standing = tasks.filter((task) => task.required && task.state !== 'cancelled' && !task.replaced);
  const are =
    (...states: TaskState[]) =>
    (task: TaskFact) =>
      states.includes(task.state);
  const reported = are('reported', 'done');

  if (standing.every(are('returned', 'expired'))) return 'accepted';
  if (standing.every(reported)) return verifyNeeded || standing.length > 1 ? 'checking' : 'reported';
  if (!standing.some(are('claimed')) && !standing.some(reported)) return 'dispatched';
  return 'handling';
}

/** From worst to best; the order's outcome is the worst of its required tasks' outcomes. */
const fromWorst: readonly Outcome[] = [
  'beyondPower',
  'planned',
  'explained',
  'notFound',
  'partlySolved',
  'selfSolved',
  'solved',
];

export const worstOutcome = (outcomes: readonly Outcome[]): Outcome | null =>
  fromWorst.find((outcome) => outcomes.includes(outcome)) ?? null;
