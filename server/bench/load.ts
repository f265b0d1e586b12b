/** Closed loop: `clients` workers, each sends the next as soon as the last was answered. */
export interface Load {
  pieces: number;
  perSecond: number;
  p50: number;
  p99: number;
  failures: number;
}

/** Milliseconds at a share of a sorted list. */
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

export const summed = (times: number[], seconds: number, failures: number): Load => {
  times.sort((one, other) => one - other);
  return {
    pieces: times.length,
    perSecond: times.length / seconds,
    p50: at(times, 0.5),
    p99: at(times, 0.99),
    failures,
  };
};

/** Runs `count` pieces of work in all. `work` gets the number of the piece; false is a failure. */
export async function closedLoop(
  clients: number,
  count: number,
  work: (piece: number) => Promise<boolean>,
): Promise<Load> {
  const times: number[] = [];
  let [next, failures] = [0, 0];
  const started = performance.now();
  const one = async () => {
    while (next < count) {
      const piece = next;
      next += 1;
      const begun = performance.now();
      if (!(await work(piece))) failures += 1;
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: clients }, one));
  return summed(times, (performance.now() - started) / 1000, failures);
}

/** People who wait a second between two requests, for so many seconds (decisions.md §7). */
export async function pacedLoop(
  people: number,
  seconds: number,
  work: (piece: number) => Promise<boolean>,
): Promise<Load> {
  const times: number[] = [];
  let failures = 0;
  const started = performance.now();
  const one = async (person: number) => {
    await sleep((1000 * person) / people);
    for (let round = 0; performance.now() - started < seconds * 1000; round += 1) {
      const begun = performance.now();
      if (!(await work(person + round * people))) failures += 1;
      times.push(performance.now() - begun);
      await sleep(1000);
    }
  };
  await Promise.all(Array.from({ length: people }, (_, person) => one(person)));
  return summed(times, (performance.now() - started) / 1000, failures);
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
