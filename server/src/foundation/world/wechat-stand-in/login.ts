import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import type { People } from './people';
import {
  checkApp,
  jsonType,
  Refusal,
  type PlatformApp,
  type PlatformCalls,
  type PlatformRequest,
} from './platform-call';
import type { Rates } from './rates';

const codeLifeMs = 5 * 60_000;
const signed = ['access_token', 'openid', 'signature', 'sig_method'];

export interface Login {
  readonly calls: PlatformCalls;
  /** What wx.login would give to this person: a code for five minutes and one use. The person counts as seen. */
  issueCode(openid: string, nickname?: string): string;
}

interface LoginGround {
  readonly app: PlatformApp;
  readonly clock: Clock;
  readonly people: People;
  readonly rates: Rates;
  /** Of an app that is bound to an Open Platform account: unionids are this and the openid. */
  readonly unionidPrefix?: string | undefined;
}

/** Login codes and session keys (wechat.md §2): a code lives five minutes and works once, a person has one valid key. */
export function makeLogin({ app, clock, people, rates, unionidPrefix }: LoginGround): Login {
  const codes = new Map<string, { openid: string; until: number; used: boolean }>();
  const sessionKeys = new Map<string, string>();

  const newKey = (openid: string): string => {
    const sessionKey = randomBytes(16).toString('base64');
    sessionKeys.set(openid, sessionKey);
    return sessionKey;
  };

  const codeToSession = ({ query }: PlatformRequest): object => {
    checkApp(app, query);
    if (query.grant_type !== 'authorization_code') throw new Refusal(40002, 'invalid grant_type');
    if (!query.js_code) throw new Refusal(41008, 'missing code');
    const code = codes.get(query.js_code);
    // A code of another appid is simply one that was never issued here.
    if (!code || clock.now() >= code.until) throw new Refusal(40029, 'invalid code');
    if (code.used) throw new Refusal(40163, 'code been used');
    const { openid } = code;
    rates.takeLogin(openid);
    code.used = true;
    // WeChat may replace the key at a new login; the strict stand-in always does.
    const session = { session_key: newKey(openid), openid };
    return unionidPrefix === undefined ? session : { ...session, unionid: unionidPrefix + openid };
  };

  /** Whose session is meant, proved by a signature with its key. */
  const checkSigned = ({ query }: PlatformRequest): string => {
    if (!query.openid) throw new Refusal(40097, 'invalid args');
    if (query.sig_method !== 'hmac_sha256') throw new Refusal(87008, 'invalid sig_method');
    const key = sessionKeys.get(query.openid);
    if (key === undefined) throw new Refusal(87007, 'session_key not exist');
    // The key of the HMAC is the base64 text itself, not the bytes it stands for.
    const signature = createHmac('sha256', key).update('').digest('hex');
    if (query.signature !== signature) throw new Refusal(87009, 'invalid signature');
    return query.openid;
  };

  const checkSessionKey = (request: PlatformRequest): object => {
    checkSigned(request);
    return { errcode: 0, errmsg: 'ok' };
  };
  const resetSessionKey = (request: PlatformRequest): object => {
    const openid = checkSigned(request);
    return { errcode: 0, errmsg: 'ok', openid, session_key: newKey(openid) };
  };

  return {
    calls: {
      'GET /sns/jscode2session': {
        fields: ['appid', 'secret', 'js_code', 'grant_type'],
        contentType: 'text/plain',
        needsToken: false,
        answer: codeToSession,
      },
      'GET /wxa/checksession': { fields: signed, contentType: jsonType, needsToken: true, answer: checkSessionKey },
      'GET /wxa/resetusersessionkey': {
        fields: signed,
        contentType: jsonType,
        needsToken: true,
        answer: resetSessionKey,
      },
    },
    issueCode: (openid, nickname) => {
      for (const [old, { until }] of codes) {
        if (until > clock.now()) break;
        codes.delete(old);
      }
      const code = randomBytes(16).toString('hex');
      codes.set(code, { openid, until: clock.now() + codeLifeMs, used: false });
      people.seen(openid, nickname);
      return code;
    },
  };
}
