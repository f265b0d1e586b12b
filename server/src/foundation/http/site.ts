import type { IncomingMessage } from 'node:http';
import type { Config } from '../config';

/**
 * The address of this server as people open it. The operator's word (SANDAN_ORIGIN) before that of the request, which is
 * good enough where the answer goes back to nobody but the one who asks.
 */
export function siteOf(
  { headers }: IncomingMessage,
  { origin, trustProxy }: Pick<Config, 'origin' | 'trustProxy'>,
): string {
  if (origin) return origin;
  const forwarded =
    trustProxy > 0 ? [headers['x-forwarded-proto'] ?? []].flat().join(',').split(',').at(-1)?.trim() : '';
  return `${forwarded === 'https' ? 'https' : 'http'}://${headers.host ?? 'localhost'}`;
}

/** Where WeChat finds us: by the operator's word alone, or not at all; its stand-in is a neighbour on this machine. */
export const siteForWechat = ({
  origin,
  wechat,
  host,
  port,
}: Pick<Config, 'origin' | 'wechat' | 'host' | 'port'>): string | null =>
  origin ?? (wechat.standIn === null ? null : `http://${host}:${port}`);
