/** The village's time, epoch milliseconds. Never NOW() and never `Date.now()` in a room (decisions.md §3.5). */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export interface MovableClock extends Clock {
  /** Goes forward by so many milliseconds. */
  advance(milliseconds: number): void;
  set(at: number): void;
}

/** A clock that stands still until a test moves it. */
export function movableClock(start: number): MovableClock {
  let at = start;
  return {
    now: () => at,
    advance: (milliseconds) => {
      at += milliseconds;
    },
    set: (to) => {
      at = to;
    },
  };
}
