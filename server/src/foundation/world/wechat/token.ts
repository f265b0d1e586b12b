import type { Clock } from '../clock';

export interface TokenHolder {
  /** The access token, fetched only when there is none or it has less than five minutes to live. */
  token(): Promise<string>;
  /** WeChat refused this token: fetch another, unless somebody has done so meanwhile. */
  replace(refused: string): Promise<string>;
}

// In the last five minutes stable_token hands out the next token, and the old one still works (wechat.md §3).
const renewBeforeSeconds = 300;

/**
 * Keeps one access token for the whole process. Any number of callers who need a new one at the same time share a
 * single fetch; when it fails all of them are told, and the next caller tries again.
 */
export function holdToken(
  fetchToken: () => Promise<{ token: string; expiresInSeconds: number }>,
  clock: Clock,
): TokenHolder {
  let held: { token: string; renewAt: number } | null = null;
  let fetching: Promise<string> | null = null;

  const fetchAndHold = async (): Promise<string> => {
    const askedAt = clock.now();
    const { token, expiresInSeconds } = await fetchToken();
    held = { token, renewAt: askedAt + (expiresInSeconds - renewBeforeSeconds) * 1_000 };
    return token;
  };
  const token = async (): Promise<string> => {
    if (held && clock.now() < held.renewAt) return held.token;
    fetching ??= fetchAndHold().finally(() => {
      fetching = null;
    });
    return fetching;
  };
  return {
    token,
    replace: (refused) => {
      if (held?.token === refused) held = null;
      return token();
    },
  };
}
