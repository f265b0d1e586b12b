import { setImmediate } from 'node:timers/promises';

/** Milliseconds in which nobody else of this process is served: short beside a request. */
const longestHold = 15;

/** For a long reckoning in the web process: to be waited for after each piece of it, so that requests are served in between. */
export function breathing(): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < longestHold) return;
    await setImmediate();
    begun = performance.now();
  };
}
