import { Problem, type ProblemCode } from '@sandan/shared/problems';
import { startChild, type Child, type Outcome } from './child';

export interface QueueOptions {
  /** A child is replaced after so many jobs: native libraries never give all of their memory back. */
  readonly jobsPerChild?: number;
  /** Jobs that may wait; one more is refused as busy. */
  readonly longestQueue?: number;
  readonly timeLimitMs?: number;
  /** An idle child is ended after so long and gives its memory back; the next job starts a new one. Infinity: never. */
  readonly idleLimitMs?: number;
  /** Told when a child ended unasked or had to be ended. For the log. */
  readonly onIncident?: (incident: string) => void;
}

interface QueueRules<Task> extends Required<QueueOptions> {
  /** The child's file without the extension, beside the file that asks. */
  readonly entry: URL;
  /** Jobs that the child works at together. */
  readonly atOnce: number;
  /** Too many wait, or we are closing. */
  readonly busy: ProblemCode;
  /** The job took the child with it twice, or did not end in time. */
  readonly broken: (task: Task) => ProblemCode;
}

export interface ChildQueue<Task, Result> {
  /** Throws the problems that the child throws, `busy` and `broken`. */
  run(task: Task): Promise<Result>;
  /** The child's process id; undefined until the first job and after a crash. */
  pid(): number | undefined;
  /** Ends the child; what is under way or waiting fails as busy. */
  close(): Promise<void>;
}

interface Waiting<Task, Result> {
  readonly task: Task;
  /** A child died while this was open in it. It gets a second try, alone, so that no innocent neighbour is blamed. */
  suspect: boolean;
  resolve(result: Result): void;
  reject(error: Error): void;
}

/** Jobs for one child process, which is started by the first of them and again after a crash (decisions.md §4.3). */
export function startChildQueue<Task extends { readonly kind: string }, Result>(
  rules: QueueRules<Task>,
): ChildQueue<Task, Result> {
  const { entry, atOnce, jobsPerChild, longestQueue, timeLimitMs, idleLimitMs, onIncident } = rules;
  const waiting: Waiting<Task, Result>[] = [];
  const running = new Set<Waiting<Task, Result>>();
  let child: Child<Task, Result> | undefined;
  let jobsOfChild = 0;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;

  const busy = (): Problem => new Problem(rules.busy, { retryAfter: 5 });

  function enqueue(task: Task): Promise<Result> {
    if (closed || waiting.length >= longestQueue) return Promise.reject(busy());
    return new Promise<Result>((resolve, reject) => {
      waiting.push({ task, suspect: false, resolve, reject });
      startNext();
    });
  }

  function startNext(): void {
    if (jobsOfChild >= jobsPerChild && running.size === 0) dropChild();
    const [job] = waiting;
    if (job === undefined && running.size === 0) endWhenIdle();
    if (job === undefined || !hasRoomFor(job)) return;
    clearTimeout(idle);
    waiting.shift();
    running.add(job);
    void runJob(job).then(startNext);
    startNext();
  }

  function hasRoomFor(job: Waiting<Task, Result>): boolean {
    if (running.size === 0) return true;
    const someoneIsAlone = job.suspect || [...running].some(({ suspect }) => suspect);
    return running.size < atOnce && !someoneIsAlone && jobsOfChild < jobsPerChild;
  }

  async function runJob(job: Waiting<Task, Result>): Promise<void> {
    child ??= startChild<Task, Result>(entry);
    jobsOfChild += 1;
    const ours = child;
    // A child that starts late is not the job's fault.
    await ours.started;
    const outcome = await withinLimit(ours.run(job.task), timeLimitMs);
    running.delete(job);
    if (outcome.kind === 'died' || outcome.kind === 'late' || outcome.kind === 'unstarted') {
      if (child === ours) dropChild();
      if (!closed) onIncident(`${job.task.kind} job ${outcome.kind}: ${outcome.reason}`);
    }
    settle(job, outcome);
  }

  function settle(job: Waiting<Task, Result>, outcome: Outcome<Result> | Late): void {
    if (outcome.kind === 'done') return job.resolve(outcome.result);
    if (outcome.kind === 'refused') return job.reject(new Problem(outcome.code, { cause: outcome.cause }));
    if (closed) return job.reject(busy());
    if (outcome.kind === 'failed' || outcome.kind === 'unstarted') return job.reject(new Error(outcome.reason));
    if (outcome.kind === 'late' || job.suspect) {
      return job.reject(new Problem(rules.broken(job.task), { cause: outcome.reason }));
    }
    job.suspect = true;
    waiting.unshift(job);
  }

  function endWhenIdle(): void {
    clearTimeout(idle);
    if (Number.isFinite(idleLimitMs)) idle = setTimeout(dropChild, idleLimitMs).unref();
  }

  function dropChild(): void {
    child?.kill();
    child = undefined;
    jobsOfChild = 0;
  }

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(idle);
    for (const job of waiting.splice(0)) job.reject(busy());
    const last = child;
    dropChild();
    await last?.ended;
  }

  return { run: enqueue, pid: () => child?.pid, close };
}

interface Late {
  readonly kind: 'late';
  readonly reason: string;
}

async function withinLimit<Result>(work: Promise<Outcome<Result>>, limitMs: number): Promise<Outcome<Result> | Late> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late', reason: `not done after ${limitMs} ms` }), limitMs);
  });
  const outcome = await Promise.race([work, late]);
  clearTimeout(timer);
  return outcome;
}
