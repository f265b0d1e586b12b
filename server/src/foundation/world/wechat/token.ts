import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock';

export interface TokenHolder {
  /** The access token, fetched only when there is none or it has less than five minutes to live. */
  token(): Promise<string>;
  /** WeChat refused this token: another one, fetched only if nobody has done so meanwhile. */
  replace(refused: string): Promise<string>;
}

export interface HeldToken {
  readonly token: string;
  /** Milliseconds: from then on another one is fetched. */
  readonly renewAt: number;
}

/** Where all processes of an installation keep their one token: token-store.ts. */
export interface TokenStore {
  /** As it stands; null where none was ever kept. */
  read(): Promise<HeldToken | null>;
  /** One process fetches for all. False: another one is at it, or was quicker since `seen` was read. */
  claim(seen: HeldToken | null): Promise<boolean>;
  /** For all; ends the claim. */
  keep(held: HeldToken): Promise<void>;
  /** The fetch failed: the next one may try at once. */
  release(): Promise<void>;
}

export interface TokenOptions {
  readonly fetchToken: () => Promise<{ token: string; expiresInSeconds: number }>;
  readonly store: TokenStore;
  readonly clock: Clock;
}

// In the last five minutes stable_token hands out the next token, and the old one still works (wechat.md §3).
const renewBeforeSeconds = 300;
/** After a renewal that failed, while the token before it still works. */
const askAgainMs = 20_000;
/** How often a process that waits for another one's fetch looks whether it is done, and how long. */
const [lookEveryMs, patienceMs] = [50, 5_000];

/**
 * One access token for all processes. Any number of callers who need a new one at the same time, here or elsewhere, share
 * a single fetch; when it fails those of this process are told, and the next caller tries again. Whoever fetches may die:
 * then the others fetch for themselves after a while, which does no harm, because `stable_token` says the same to all.
 */
export function holdToken({ fetchToken, store, clock }: TokenOptions): TokenHolder {
  let held: HeldToken | null = null;
  /** The last one that was seen, also when it is due to be renewed. */
  let last: HeldToken | null = null;
  let renewing: Promise<string> | null = null;

  const fetchAndKeep = async (): Promise<string> => {
    const askedAt = clock.now();
    const { token, expiresInSeconds } = await fetchToken();
    last = held = { token, renewAt: askedAt + (expiresInSeconds - renewBeforeSeconds) * 1_000 };
    await store.keep(held);
    return token;
  };

  const fetchForAll = (): Promise<string> =>
    fetchAndKeep().catch(async (failure: unknown) => {
      await store.release();
      throw failure;
    });

  const renewed = async (refused: string | null): Promise<string> => {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const stored = await store.read();
      last = stored ?? last;
      if (stored && stored.token !== refused && clock.now() < stored.renewAt) {
        held = stored;
        return stored.token;
      }
      if (await store.claim(stored)) return fetchForAll();
      if (performance.now() >= giveUpAt) return fetchAndKeep();
      await sleep(lookEveryMs);
    }
  };

  /** What there is lives on for its last five minutes: nobody is held up by a renewal that fails, only reminded of it. */
  const stillGood = (refused: string | null): string | null => {
    const now = clock.now();
    const end = last === null ? 0 : last.renewAt + renewBeforeSeconds * 1_000;
    if (last === null || last.token === refused || now >= end) return null;
    held = { token: last.token, renewAt: Math.min(now + askAgainMs, end) };
    return last.token;
  };

  const current = (refused: string | null): Promise<string> => {
    renewing ??= renewed(refused)
      .catch((failure: unknown) => stillGood(refused) ?? Promise.reject(failure))
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };
  return {
    token: async () => (held && clock.now() < held.renewAt ? held.token : current(null)),
    replace: async (refused) => {
      if (held?.token === refused) held = null;
      return held && clock.now() < held.renewAt ? held.token : current(refused);
    },
  };
}

/** For one process alone. */
export function keepAlone(): TokenStore {
  let kept: HeldToken | null = null;
  return {
    read: async () => kept,
    claim: async () => true,
    keep: async (held) => void (kept = held),
    release: async () => undefined,
  };
}
