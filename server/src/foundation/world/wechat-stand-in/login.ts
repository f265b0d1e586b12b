import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import {
  checkApp,
  jsonType,
  Refusal,
  type PlatformApp,
  type PlatformCalls,
  type PlatformRequest,
} from './platform-call';

const codeLifeMs = 5 * 60_000;

export interface Login {
  readonly calls: PlatformCalls;
  issueCode(openid: string): string;
  seen(openid: string): void;
  /** When the person was in the app last; undefined for a stranger. */
  lastSeen(openid: string): number | undefined;
}

/** Login codes and session keys (wechat.md §2): a code lives five minutes and works once, a person has one valid key. */
export function makeLogin(app: PlatformApp, clock: Clock, unionidOf?: (openid: string) => string): Login {
  const codes = new Map<string, { openid: string; until: number; used: boolean }>();
  const sessionKeys = new Map<string, string>();
  const visits = new Map<string, number>();
  const seen = (openid: string): void => void visits.set(openid, clock.now());

  const codeToSession = ({ query }: PlatformRequest): object => {
    checkApp(app, query);
    if (query.grant_type !== 'authorization_code') throw new Refusal(40002, 'invalid grant_type');
    if (!query.js_code) throw new Refusal(41008, 'missing code');
    const code = codes.get(query.js_code);
    // A code of another appid is simply one that was never issued here.
    if (!code || clock.now() >= code.until) throw new Refusal(40029, 'invalid code');
    if (code.used) throw new Refusal(40163, 'code been used');
    code.used = true;
    // WeChat may replace the key at a new login; the strict stand-in always does.
    const sessionKey = randomBytes(16).toString('base64');
    sessionKeys.set(code.openid, sessionKey);
    const unionid = unionidOf?.(code.openid);
    return { session_key: sessionKey, openid: code.openid, ...(unionid === undefined ? {} : { unionid }) };
  };

  const checkSessionKey = ({ query }: PlatformRequest): object => {
    if (query.sig_method !== 'hmac_sha256') throw new Refusal(87008, 'invalid sig_method');
    const key = sessionKeys.get(query.openid ?? '');
    if (key === undefined) throw new Refusal(87007, 'session_key not exist');
    // The key of the HMAC is the base64 text itself, not the bytes it stands for.
    const signature = createHmac('sha256', key).update('').digest('hex');
    if (query.signature !== signature) throw new Refusal(87009, 'invalid signature');
    return { errcode: 0, errmsg: 'ok' };
  };

  return {
    calls: {
      'GET /sns/jscode2session': {
        fields: ['appid', 'secret', 'js_code', 'grant_type'],
        contentType: 'text/plain',
        needsToken: false,
        answer: codeToSession,
      },
      'GET /wxa/checksession': {
        fields: ['access_token', 'openid', 'signature', 'sig_method'],
        contentType: jsonType,
        needsToken: true,
        answer: checkSessionKey,
      },
    },
    issueCode: (openid) => {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { openid, until: clock.now() + codeLifeMs, used: false });
      seen(openid);
      return code;
    },
    seen,
    lastSeen: (openid) => visits.get(openid),
  };
}
