import type { IncomingMessage } from 'node:http';

/** What a mini-program's socket says of itself where it says anything. */
const wechat = 'https://servicewechat.com';

/**
 * Whether a browser opened this from a page of ours: other sites' pages may not. Programs that are no browser send no
 * Origin, and get no further than anybody without a ticket. `own`: the address of the service, where it is set; a proxy may
 * have changed `Host`.
 */
export function isOwnOrigin({ headers }: Pick<IncomingMessage, 'headers'>, own: string | null): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origin === wechat || (own !== null && origin === own)) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}
