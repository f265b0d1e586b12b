/** Whoever asks for more is not believed: a phone that waits longer has forgotten the order. */
const longestMs = 60 * 60_000;

/** `Retry-After` of an answer in milliseconds from now; null where there is none. Seconds or a date (RFC 9110 §10.2.3). */
export function retryAfterMs(headers: Readonly<Record<string, unknown>>, now = Date.now()): number | null {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const seconds = Number(value);
  const wait = Number.isNaN(seconds) ? Date.parse(String(value)) - now : seconds * 1_000;
  return Number.isNaN(wait) ? null : Math.min(longestMs, Math.max(0, wait));
}
