import type { Clock } from '../clock';

export interface Breaker {
  /** False: WeChat has not answered for a while, and it is not time yet to try again. */
  mayTry(): boolean;
  /** Whether an answer came, whatever it said. */
  note(answered: boolean): void;
}

export interface Breakers {
  /** Of one kind of call. */
  of(call: string): Breaker;
  /** Whether the last call, of whatever kind, found nobody. */
  isSilent(): boolean;
}

/** Calls in a row, each with all its tries, that found nobody. */
const patience = 5;
const pauseMs = 30_000;

/**
 * 熔断: while WeChat is away nobody waits five seconds to hear so. After a pause one call is let through; the first answer
 * opens the way again. Each kind of call by itself: where WeChat does not get round to judging pictures, people still sign
 * in. Counted in each process by itself, too: what one cannot reach another one may.
 */
export function makeBreakers(clock: Clock): Breakers {
  const breakers = new Map<string, Breaker>();
  let silent = false;
  const make = (): Breaker => {
    const { mayTry, note } = makeBreaker(clock);
    return {
      mayTry,
      note: (answered) => {
        silent = !answered;
        note(answered);
      },
    };
  };
  return {
    of: (call) => {
      const breaker = breakers.get(call) ?? make();
      breakers.set(call, breaker);
      return breaker;
    },
    isSilent: () => silent,
  };
}

function makeBreaker(clock: Clock): Breaker {
  let silent = 0;
  let tryAgainAt = 0;
  return {
    mayTry: () => {
      if (silent < patience) return true;
      if (clock.now() < tryAgainAt) return false;
      // Those who come while this one is on its way are told at once.
      tryAgainAt = clock.now() + pauseMs;
      return true;
    },
    note: (answered) => {
      silent = answered ? 0 : silent + 1;
      if (silent >= patience) tryAgainAt = clock.now() + pauseMs;
    },
  };
}
