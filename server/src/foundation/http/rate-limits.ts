import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '@sandan/shared/problems';

export interface RateLimits {
  /** Throws `request.too-many` (429). */
  person(personId: string): Promise<void>;
  /** An address counts only for requests without a person: a whole village shares one (decisions.md §4.7). */
  stranger(address: string): Promise<void>;
}

export interface RateSettings {
  personBurst: number;
  personPerSecond: number;
  strangerPerMinute: number;
}

const defaultRates: RateSettings = { personBurst: 60, personPerSecond: 5, strangerPerMinute: 300 };

export function createRateLimits(settings: RateSettings = defaultRates): RateLimits {
  const { personBurst, personPerSecond, strangerPerMinute } = settings;
  const people = new BurstyRateLimiter(
    new RateLimiterMemory({ keyPrefix: 'person', points: personPerSecond, duration: 1 }),
    new RateLimiterMemory({
      keyPrefix: 'burst',
      points: personBurst,
      duration: Math.ceil(personBurst / personPerSecond),
    }),
  );
  const strangers = new RateLimiterMemory({ keyPrefix: 'stranger', points: strangerPerMinute, duration: 60 });

  const consume = async (limiter: { consume(key: string): Promise<unknown> }, key: string) => {
    try {
      await limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new Problem('request.too-many', { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) });
    }
  };
  return { person: (personId) => consume(people, personId), stranger: (address) => consume(strangers, address) };
}
