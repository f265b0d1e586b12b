import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import {
  checkApp,
  jsonType,
  Refusal,
  type PlatformApp,
  type PlatformCalls,
  type PlatformRequest,
} from './platform-call';

const minute = 60_000;
const tokenLifeMs = 120 * minute;
const overlapMs = 5 * minute;
const forcedApartMs = 30_000;
const mostForcedADay = 20;

export interface Tokens {
  readonly calls: PlatformCalls;
  /** @throws Refusal */
  check(token: string | undefined): void;
}

/**
 * The pool of stable_token (wechat.md §3): the same token with fewer and fewer seconds to live; in its last five
 * minutes a new one, and both work for five minutes. force_refresh kills the old one at once.
 */
export function makeTokens(app: PlatformApp, clock: Clock): Tokens {
  const issued = new Map<string, { until: number; killed: boolean }>();
  let current = { token: '', until: 0 };
  let forcedAt: number[] = [];

  const mayForce = (now: number): boolean => {
    forcedAt = forcedAt.filter((at) => now - at < 24 * 60 * minute);
    return forcedAt.length < mostForcedADay && forcedAt.every((at) => now - at >= forcedApartMs);
  };

  const renew = (now: number): void => {
    // 512 characters: as long as WeChat says it may become, so that nobody makes room for less.
    current = { token: randomBytes(384).toString('base64url'), until: now + tokenLifeMs };
    issued.set(current.token, { until: current.until, killed: false });
  };

  const stableToken = ({ body }: PlatformRequest): object => {
    if (body.grant_type !== 'client_credential') throw new Refusal(40002, 'invalid grant_type');
    checkApp(app, body);
    const force = body.force_refresh ?? false;
    if (typeof force !== 'boolean') throw new Refusal(47001, 'data format error');

    const now = clock.now();
    const old = current;
    if (force && mayForce(now)) {
      forcedAt.push(now);
      renew(now);
      issued.set(old.token, { until: now, killed: true });
    } else if (old.until - now <= overlapMs) {
      renew(now);
      if (old.until > now) issued.set(old.token, { until: now + overlapMs, killed: false });
    }
    return { access_token: current.token, expires_in: Math.ceil((current.until - now) / 1_000) };
  };

  return {
    calls: {
      'POST /cgi-bin/stable_token': {
        fields: ['grant_type', 'appid', 'secret', 'force_refresh'],
        contentType: jsonType,
        needsToken: false,
        answer: stableToken,
      },
    },
    check: (token) => {
      if (!token) throw new Refusal(41001, 'access_token missing');
      const known = issued.get(token);
      if (!known) throw new Refusal(40014, 'invalid access_token');
      if (known.killed) throw new Refusal(40001, 'invalid credential, access_token is invalid or not latest');
      if (clock.now() >= known.until) throw new Refusal(42001, 'access_token expired');
    },
  };
}
