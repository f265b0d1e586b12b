import { Problem } from '@sandan/shared/problems';

/** A bounded wait for a connection, so that one hot row never empties the pool for everybody (decisions.md §1.4). */
export function createSlots(size: number, patience = 6_000) {
  let used = 0;
  const queue: { go: () => void }[] = [];
  const take = async (): Promise<void> => {
    if (used < size) {
      used += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const place = {
        go: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(place), 1);
        reject(new Problem('server.busy', { retryAfter: 2 }));
      }, patience);
      queue.push(place);
    });
  };
  const free = () => {
    const next = queue.shift();
    if (next) next.go();
    else used -= 1;
  };
  return {
    used: () => used,
    waiting: () => queue.length,
    use: async <T>(work: () => Promise<T>): Promise<T> => {
      await take();
      try {
        return await work();
      } finally {
        free();
      }
    },
  };
}
