import type { VisitResult, TargetState } from './sweep.words';

/** One visit, as it was recorded. `visitedAt`: epoch milliseconds by the phone, held between the start and now by the server. */
export interface Visit {
  readonly id: string;
  readonly result: VisitResult;
  readonly visitedAt: number;
}

export interface Standing {
  readonly state: TargetState;
  /** How often nobody was at home: these stay when somebody is met at last. */
  readonly tries: number;
  /** The visit that the state is taken from. */
  readonly visitId: string | null;
}

/**
 * How a household stands after its visits, in whatever order they arrived: phones without a network send late. Who was
 * met was met, no later closed door undoes it; otherwise the last visit counts; at the very same instant the later id.
 */
export function standingOf(visits: readonly Visit[]): Standing {
  const tries = visits.filter(({ result }) => result === 'notHome').length;
  const inTime = [...visits].sort((one, other) => one.visitedAt - other.visitedAt || (one.id < other.id ? -1 : 1));
  const met = inTime.filter(({ result }) => result === 'met');
  const [last] = (met.length > 0 ? met : inTime).slice(-1);
  return { state: last?.result ?? 'todo', tries, visitId: last?.id ?? null };
}
