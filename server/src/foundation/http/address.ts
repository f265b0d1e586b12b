import type { IncomingMessage } from 'node:http';

/**
 * The address a request came from. Only so many proxies as the operator named are believed (TRUST_PROXY): each of them
 * appends whom it talked to, and what stands further left anybody may have written.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const told = trustedProxies > 0 ? forwarded.slice(-trustedProxies)[0]?.trim() : undefined;
  return told || (request.socket.remoteAddress ?? '');
}
