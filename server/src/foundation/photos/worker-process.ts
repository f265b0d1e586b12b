import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer, Job } from './photo-worker';

/** How one job ended; `died`: the child ended while the job was open in it; `unstarted`: there never was a child. */
export type Outcome =
  Exclude<Answer, { kind: 'ready' }> | { readonly kind: 'died' | 'unstarted'; readonly reason: string };

export interface Worker {
  readonly pid: number | undefined;
  /** Never rejects. */
  run(kind: Job['kind'], path: string): Promise<Outcome>;
  /** Ends the child at once: libvips cannot be interrupted in any other way. */
  kill(): void;
  readonly ended: Promise<void>;
}

/** Shorter than the limit of a job, so that no photo is blamed for a child that does not start. */
const startLimitMs = 15_000;

/** Starts one photo child and speaks with it. */
export function startWorker(): Worker {
  const child = forkWorker();
  const open = new Map<number, (outcome: Outcome) => void>();
  const started = whenReady(child);
  let jobs = 0;

  child.on('message', (answer: Answer) => {
    if (answer.kind !== 'ready') open.get(answer.id)?.(answer);
  });
  const ended = whenEnded(child).then((reason) => {
    for (const settle of open.values()) settle({ kind: 'died', reason });
  });

  async function run(kind: Job['kind'], path: string): Promise<Outcome> {
    const id = (jobs += 1);
    if (!(await started)) return { kind: 'unstarted', reason: 'the photo worker did not start' };
    const outcome = await new Promise<Outcome>((resolve) => {
      open.set(id, resolve);
      // Who is already dead cannot be told anything.
      child.send(
        { id, kind, path } satisfies Job,
        (error) => error && resolve({ kind: 'died', reason: error.message }),
      );
    });
    open.delete(id);
    return outcome;
  }

  return { pid: child.pid, run, kill: () => void child.kill('SIGKILL'), ended };
}

/** Bundled, the worker lies beside us as JavaScript; in development and in tests it is run from its source. */
function forkWorker(): ChildProcess {
  const bundled = fileURLToPath(new URL('./photo-worker.js', import.meta.url));
  const source = fileURLToPath(new URL('./photo-worker.ts', import.meta.url));
  const isBundled = existsSync(bundled);
  return fork(isBundled ? bundled : source, [], {
    execArgv: isBundled ? ['--enable-source-maps'] : ['--import', import.meta.resolve('tsx')],
    env: workerEnvironment(),
    serialization: 'advanced',
  });
}

/** The process that opens strangers' files learns none of our secrets. */
function workerEnvironment(): NodeJS.ProcessEnv {
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
