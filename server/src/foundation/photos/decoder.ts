import { Problem } from '@sandan/shared/problems';
import type { DecodedPhoto } from './decode-photo';
import type { Job } from './photo-worker';
import type { CheckedVoice } from './voice';
import { startWorker, type Outcome, type Worker } from './worker-process';

export interface DecoderOptions {
  /** A child is replaced after so many jobs: libvips never gives all of its memory back. */
  readonly jobsPerChild?: number;
  /** Jobs that may wait; one more is refused with `photo.busy`. */
  readonly longestQueue?: number;
  readonly timeLimitMs?: number;
  /** Told when a child ended unasked or had to be ended. For the log. */
  readonly onIncident?: (incident: string) => void;
}

/** Opens photos and recordings in a child process (decisions.md §4.3). */
export interface PhotoDecoder {
  /** Throws the problems of `decodePhoto`; `photo.busy` when too many wait. */
  decode(path: string): Promise<DecodedPhoto>;
  /** Throws the problems of `checkVoice`; `photo.busy` when too many wait. */
  checkVoice(path: string): Promise<CheckedVoice>;
  /** The child's process id; undefined until the first job and after a crash. */
  pid(): number | undefined;
  /** Ends the child; what is under way or waiting fails with `photo.busy`. */
  close(): Promise<void>;
}

interface Task {
  readonly kind: Job['kind'];
  readonly path: string;
  /** A child died while this was open in it. It gets a second try, alone, so that no innocent neighbour is blamed. */
  suspect: boolean;
  resolve(result: DecodedPhoto | CheckedVoice): void;
  reject(error: Error): void;
}

const atOnce = 2;

/** The child is started by the first job. */
export function startPhotoDecoder(options: DecoderOptions = {}): PhotoDecoder {
  const { jobsPerChild = 200, longestQueue = 64, timeLimitMs = 20_000, onIncident = () => undefined } = options;
  const waiting: Task[] = [];
  const running = new Set<Task>();
  let worker: Worker | undefined;
  let jobsOfChild = 0;
  let closed = false;

  function enqueue<T extends DecodedPhoto | CheckedVoice>(kind: Job['kind'], path: string): Promise<T> {
    if (closed || waiting.length >= longestQueue) return Promise.reject(busy());
    return new Promise<T>((resolve, reject) => {
      waiting.push({ kind, path, suspect: false, resolve: resolve as Task['resolve'], reject });
      startNext();
    });
  }

  function startNext(): void {
    if (jobsOfChild >= jobsPerChild && running.size === 0) dropWorker();
    const [task] = waiting;
    if (task === undefined || !hasRoomFor(task)) return;
    waiting.shift();
    running.add(task);
    void runTask(task).then(startNext);
    startNext();
  }

  function hasRoomFor(task: Task): boolean {
    if (running.size === 0) return true;
    const someoneIsAlone = task.suspect || [...running].some(({ suspect }) => suspect);
    return running.size < atOnce && !someoneIsAlone && jobsOfChild < jobsPerChild;
  }

  async function runTask(task: Task): Promise<void> {
    worker ??= startWorker();
    jobsOfChild += 1;
    const ours = worker;
    const outcome = await withinLimit(ours.run(task.kind, task.path), timeLimitMs);
    running.delete(task);
    if (outcome.kind === 'died' || outcome.kind === 'late' || outcome.kind === 'unstarted') {
      if (worker === ours) dropWorker();
      if (!closed) onIncident(`${task.kind} job ${outcome.kind}: ${outcome.reason}`);
    }
    settle(task, outcome);
  }

  function settle(task: Task, outcome: Outcome | Late): void {
    if (outcome.kind === 'done') return task.resolve(outcome.result);
    if (outcome.kind === 'refused') return task.reject(new Problem(outcome.code, { cause: outcome.cause }));
    if (closed) return task.reject(busy());
    if (outcome.kind === 'failed' || outcome.kind === 'unstarted') return task.reject(new Error(outcome.reason));
    if (outcome.kind === 'late' || task.suspect) return task.reject(broken(task, outcome.reason));
    task.suspect = true;
    waiting.unshift(task);
  }

  function dropWorker(): void {
    worker?.kill();
    worker = undefined;
    jobsOfChild = 0;
  }

  async function close(): Promise<void> {
    closed = true;
    for (const task of waiting.splice(0)) task.reject(busy());
    const last = worker;
    dropWorker();
    await last?.ended;
  }

  return {
    decode: (path) => enqueue<DecodedPhoto>('photo', path),
    checkVoice: (path) => enqueue<CheckedVoice>('voice', path),
    pid: () => worker?.pid,
    close,
  };
}

const busy = (): Problem => new Problem('photo.busy', { retryAfter: 5 });
const broken = ({ kind }: Task, cause: string): Problem => new Problem(`${kind}.broken`, { cause });

interface Late {
  readonly kind: 'late';
  readonly reason: string;
}

async function withinLimit(work: Promise<Outcome>, limitMs: number): Promise<Outcome | Late> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late', reason: `not done after ${limitMs} ms` }), limitMs);
  });
  const outcome = await Promise.race([work, late]);
  clearTimeout(timer);
  return outcome;
}
