import type { Log } from '../log';

/** Work that a request has begun and does not wait for. */
export interface Background {
  /** `work` says itself how it went; what it throws is a fault of ours and logged. It stops soon after `signal` says so. */
  run(name: string, work: (signal: AbortSignal) => Promise<void>): void;
  /** When all that runs now has ended. */
  settled(): Promise<void>;
  /** Asks everything to stop and waits for it. */
  close(): Promise<void>;
}

export function startBackground(log: Pick<Log, 'error'>): Background {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const settled = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    run: (name, work) => {
      const task = work(stopping.signal)
        .catch((error: unknown) => log.error({ err: error, name }, 'background work failed'))
        .finally(() => running.delete(task));
      running.add(task);
    },
    settled,
    close: async () => {
      stopping.abort();
      await settled();
    },
  };
}
