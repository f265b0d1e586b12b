import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import { isRecord, jsonType, Refusal, type PlatformCalls, type PlatformRequest } from './platform-call';
import { released } from './released-pages';

const minute = 60_000;
const day = 24 * 60 * minute;
const mostDays = 30;
const expiry = ['expire_type', 'expire_time', 'expire_interval'];
const target = ['path', 'query', 'env_version'];

/** generateUrlLink and generateScheme (wechat.md §7): for a minute to thirty days, to a released page. */
export function makeLinks(clock: Clock): PlatformCalls {
  const checkExpiry = ({ expire_type = 0, expire_time, expire_interval }: Record<string, unknown>): void => {
    const fault = new Refusal(85401, 'time limit between 1min and 30 days');
    if (expire_type === 1) {
      if (!Number.isInteger(expire_interval)) throw fault;
      if (Number(expire_interval) < 1 || Number(expire_interval) > mostDays) throw fault;
      return;
    }
    if (expire_type !== 0 || !Number.isInteger(expire_time)) throw fault;
    const lives = Number(expire_time) * 1_000 - clock.now();
    if (lives < minute || lives > mostDays * day) throw fault;
  };

  const urlLink = ({ body }: PlatformRequest): object => {
    checkTarget(body);
    checkExpiry(body);
    return { errcode: 0, errmsg: 'ok', url_link: `https://wxaurl.cn/${randomBytes(8).toString('base64url')}` };
  };
  const scheme = ({ body }: PlatformRequest): object => {
    if (body.jump_wxa !== undefined && !isRecord(body.jump_wxa)) throw new Refusal(47001, 'data format error');
    checkTarget(body.jump_wxa ?? {});
    checkExpiry(body);
    const ticket = randomBytes(16).toString('base64url');
    return { errcode: 0, errmsg: 'ok', openlink: `weixin://dl/business/?t=${ticket}` };
  };

  return {
    'POST /wxa/generate_urllink': {
      fields: ['access_token', ...target, ...expiry, 'cloud_base'],
      contentType: jsonType,
      needsToken: true,
      answer: urlLink,
    },
    'POST /wxa/generatescheme': {
      fields: ['access_token', 'jump_wxa', 'is_expire', ...expiry],
      contentType: jsonType,
      needsToken: true,
      answer: scheme,
      strangers: ({ jump_wxa }) =>
        isRecord(jump_wxa)
          ? Object.keys(jump_wxa)
              .filter((name) => !target.includes(name))
              .map((name) => `jump_wxa.${name}`)
          : [],
    },
  };
}

function checkTarget({ path = '', query = '', env_version = 'release' }: Record<string, unknown>): void {
  // Without a path the home page opens; only a released page may be named where the released version opens it.
  if (typeof path !== 'string' || /^\/|\?/.test(path)) throw new Refusal(40165, 'invalid weapp pagepath');
  if (typeof query !== 'string' || query.length > 1_024) throw new Refusal(40212, 'invalid query');
  if (!['release', 'trial', 'develop'].includes(String(env_version))) throw new Refusal(85402, 'invalid env_version');
  if (env_version === 'release' && path !== '' && !released.includes(path))
    throw new Refusal(40165, 'invalid weapp pagepath');
}
