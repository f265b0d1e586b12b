import type { ProblemCode } from '@sandan/shared/problems';
import { Problem } from '@sandan/shared/problems';
import { errorLine } from '../told-error';

/** What goes to a child process, and what comes back: plain data, copied by structured clone. */
export interface Job<Task> {
  readonly id: number;
  readonly task: Task;
}
export type Answer<Result> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'alive' }
  | { readonly kind: 'done'; readonly id: number; readonly result: Result }
  | { readonly kind: 'refused'; readonly id: number; readonly code: ProblemCode; readonly cause: string }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

/** Milliseconds between two beats: short against any patience with a child. */
const beatMs = 5_000;

/** The child's side: says that it is ready and from then on that it is alive, answers every job with what `work` makes of it, until the parent is gone. */
export function answerJobs<Task, Result>(work: (task: Task) => Promise<Result>): void {
  const answer = (message: Answer<Result>): void => void process.send?.(message);
  process.on('message', ({ id, task }: Job<Task>) => void outcomeOf(id, () => work(task)).then(answer));
  // The parent is gone: nobody waits for the answers any more.
  process.on('disconnect', () => process.exit());
  setInterval(() => answer({ kind: 'alive' }), beatMs).unref();
  answer({ kind: 'ready' });
}

async function outcomeOf<Result>(id: number, work: () => Promise<Result>): Promise<Answer<Result>> {
  try {
    return { kind: 'done', id, result: await work() };
  } catch (error) {
    if (error instanceof Problem)
      return { kind: 'refused', id, code: error.code, cause: error.cause === undefined ? '' : errorLine(error.cause) };
    return { kind: 'failed', id, reason: errorLine(error) };
  }
}
