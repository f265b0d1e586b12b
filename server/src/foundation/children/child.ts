import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorLine } from '../told-error';
import type { Answer, Job } from './answer-jobs';

/** How one job ended; `died`: the child ended while the job was open in it; `unstarted`: there never was a child. */
export type Outcome<Result> =
  | Exclude<Answer<Result>, { kind: 'ready' } | { kind: 'alive' }>
  | { readonly kind: 'died' | 'unstarted'; readonly reason: string };

export interface Child<Task, Result> {
  readonly pid: number | undefined;
  /** It says that it is there; false: it never will. */
  readonly started: Promise<boolean>;
  /** When it last gave a sign of life, by `performance.now()`: an answer, or a beat while it works. */
  lastSign(): number;
  /** Never rejects. */
  run(task: Task): Promise<Outcome<Result>>;
  /** Ends the child at once: what it is busy with cannot be interrupted in any other way. */
  kill(): void;
  readonly ended: Promise<void>;
}

/** A busy machine starts a child late; only one that hangs is ended. The limits of jobs count from its start. */
const startLimitMs = 120_000;

/** Starts one child process and speaks with it. `entry`: its file without the extension, beside the file that asks. */
export function startChild<Task, Result>(entry: URL): Child<Task, Result> {
  const child = forkChild(entry);
  const open = new Map<number, (outcome: Outcome<Result>) => void>();
  const started = whenReady(child);
  let jobs = 0;
  let lastSign = performance.now();

  child.on('message', (answer: Answer<Result>) => {
    lastSign = performance.now();
    if (answer.kind !== 'ready' && answer.kind !== 'alive') open.get(answer.id)?.(answer);
  });
  const end = whenEnded(child);
  const ended = end.then((reason) => {
    for (const settle of open.values()) settle({ kind: 'died', reason });
  });

  async function run(task: Task): Promise<Outcome<Result>> {
    const id = (jobs += 1);
    if (!(await started)) return { kind: 'unstarted', reason: 'the child process did not start' };
    const outcome = await new Promise<Outcome<Result>>((resolve) => {
      open.set(id, resolve);
      send({ id, task }, resolve);
    });
    open.delete(id);
    return outcome;
  }

  function send(job: Job<Task>, settle: (outcome: Outcome<Result>) => void): void {
    try {
      child.send(job, (error) => error && void untold(settle));
    } catch (error) {
      // What cannot be copied is our own mistake, not the child's.
      settle({ kind: 'failed', id: job.id, reason: errorLine(error) });
    }
  }

  /** Who cannot be told anything is dead or dying: why, its end says better than the broken pipe. */
  async function untold(settle: (outcome: Outcome<Result>) => void): Promise<void> {
    child.kill('SIGKILL');
    settle({ kind: 'died', reason: await end });
  }

  return { pid: child.pid, started, lastSign: () => lastSign, run, kill: () => void child.kill('SIGKILL'), ended };
}

/** Bundled, the entry lies beside us as JavaScript; in development and in tests it is run from its source. */
function forkChild(entry: URL): ChildProcess {
  const bundled = `${fileURLToPath(entry)}.js`;
  const isBundled = existsSync(bundled);
  return fork(isBundled ? bundled : `${fileURLToPath(entry)}.ts`, [], {
    execArgv: isBundled ? ['--enable-source-maps'] : ['--import', import.meta.resolve('tsx')],
    env: childEnvironment(),
    serialization: 'advanced',
  });
}

/** The process that opens strangers' files learns none of our secrets. */
function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  // glibc: two heaps instead of one a thread, and pictures always in pages that go back to the system when they are freed.
  return { PATH, TMPDIR, MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576' };
}

/** False when the child ends, or is not there in time, before it says that it is ready. */
function whenReady(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), startLimitMs);
    const settle = (ready: boolean) => {
      clearTimeout(timer);
      resolve(ready);
    };
    child.once('message', () => settle(true));
    child.once('exit', () => settle(false));
    child.once('error', () => settle(false));
  });
}

function whenEnded(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(`ended by ${signal ?? `code ${code}`}`));
    // A child that never was has no 'exit'.
    child.on('error', (error) => child.pid === undefined && resolve(error.message));
  });
}
