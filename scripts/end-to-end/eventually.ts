import { setTimeout as pause } from 'node:timers/promises';

/** How long anything may take to become a fact. */
export const patienceMs = 20_000;
const stepMs = 25;

/** Waits for a fact: repeats `check` until it no longer throws. What it threw last is thrown when patience ends. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause(stepMs);
  }
}
