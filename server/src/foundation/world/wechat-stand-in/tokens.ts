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

/** How a token dies before its time: 42001, 40001 (superseded by one that somebody else took), 40014. */
export type TokenEnd = 'expired' | 'superseded' | 'unknown';

export interface Tokens {
  readonly calls: PlatformCalls;
  /** Whether the token was ever one of this app. */
  knows(token: string | undefined): boolean;
  /** @throws Refusal */
  check(token: string | undefined): void;
  /** For the page: until when the present ones live. */
  lifeOfTokens(): { stable: number; plain: number };
  /** All tokens given so far die now. */
  endTokens(how: TokenEnd): void;
  /** From now on whoever asks for a token is told that his address is not on the list (40164), until told otherwise. */
  refuseAddress(on: boolean): void;
}

/**
 * The two pools of tokens (wechat.md §3). stable_token: the same token with fewer and fewer seconds to live; in its last
 * five minutes a new one, and both work for five minutes; force_refresh kills the old one at once. /cgi-bin/token: a new
 * one each time, the one before it works for five minutes more. The two do not touch each other.
 */
export function makeTokens(app: PlatformApp, clock: Clock): Tokens {
  const issued = new Map<string, { until: number; end: TokenEnd }>();
  const nothing = { token: '', until: 0 };
  const pools = { stable: nothing, plain: nothing };
  let forcedAt: number[] = [];
  let addressRefused = false;

  const mayForce = (now: number): boolean => {
    forcedAt = forcedAt.filter((at) => now - at < 24 * 60 * minute);
    return forcedAt.length < mostForcedADay && forcedAt.every((at) => now - at >= forcedApartMs);
  };

  /** The one before it lives on for at most so long. */
  const renew = (pool: keyof typeof pools, now: number, oldLivesMs: number): void => {
    const old = pools[pool];
    // 512 characters: as long as WeChat says it may become, so that nobody makes room for less.
    const fresh = { token: randomBytes(384).toString('base64url'), until: now + tokenLifeMs };
    pools[pool] = fresh;
    issued.set(fresh.token, { until: fresh.until, end: 'expired' });
    if (old.until > now)
      issued.set(old.token, { until: now + oldLivesMs, end: oldLivesMs === 0 ? 'superseded' : 'expired' });
  };

  const checkAsker = (given: Readonly<Record<string, unknown>>): void => {
    if (given.grant_type !== 'client_credential') throw new Refusal(40002, 'invalid grant_type');
    checkApp(app, given);
    if (addressRefused) throw new Refusal(40164, 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist');
  };

  const answerOf = ({ token, until }: { token: string; until: number }, now: number): object => ({
    access_token: token,
    expires_in: Math.ceil((until - now) / 1_000),
  });

  const stableToken = ({ body }: PlatformRequest): object => {
    checkAsker(body);
    const force = body.force_refresh ?? false;
    if (typeof force !== 'boolean') throw new Refusal(47001, 'data format error');
    const now = clock.now();
    if (force && mayForce(now)) {
      forcedAt.push(now);
      renew('stable', now, 0);
    } else if (pools.stable.until - now <= overlapMs) {
      renew('stable', now, overlapMs);
    }
    return answerOf(pools.stable, now);
  };

  const plainToken = ({ query }: PlatformRequest): object => {
    checkAsker(query);
    const now = clock.now();
    renew('plain', now, overlapMs);
    return answerOf(pools.plain, now);
  };

  return {
    calls: {
      'POST /cgi-bin/stable_token': {
        fields: ['grant_type', 'appid', 'secret', 'force_refresh'],
        contentType: jsonType,
        needsToken: false,
        answer: stableToken,
      },
      'GET /cgi-bin/token': {
        fields: ['grant_type', 'appid', 'secret'],
        contentType: jsonType,
        needsToken: false,
        answer: plainToken,
      },
    },
    knows: (token) => token !== undefined && issued.has(token),
    check: (token) => {
      if (!token) throw new Refusal(41001, 'access_token missing');
      const known = issued.get(token);
      if (!known || known.end === 'unknown') throw new Refusal(40014, 'invalid access_token');
      if (clock.now() < known.until) return;
      if (known.end === 'expired') throw new Refusal(42001, 'access_token expired');
      throw new Refusal(40001, 'invalid credential, access_token is invalid or not latest');
    },
    lifeOfTokens: () => ({ stable: pools.stable.until, plain: pools.plain.until }),
    endTokens: (end) => {
      const now = clock.now();
      for (const token of issued.keys()) issued.set(token, { until: now, end });
      pools.stable = nothing;
      pools.plain = nothing;
    },
    refuseAddress: (on) => {
      addressRefused = on;
    },
  };
}
