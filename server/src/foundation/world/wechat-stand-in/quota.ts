import type { Clock } from '../clock';
import type { Journal } from './journal';
import { jsonType, Refusal, type PlatformApp, type PlatformCalls, type PlatformRequest } from './platform-call';

/** The day's numbers of wechat.md §1, §3, §6; of the others none is told, they get the common one. */
const limits: Readonly<Record<string, number>> = {
  '/cgi-bin/stable_token': 500_000,
  '/wxa/msg_sec_check': 2_000_000,
  '/wxa/media_check_async': 200_000,
  '/wxa/generate_urllink': 500_000,
  '/wxa/generatescheme': 500_000,
  '/cgi-bin/message/subscribe/send': 10_000_000,
};
const common = 1_000_000;
const mostClearings = 10;

/** What an app may still ask today, and from where WeChat speaks (wechat.md §1, §8). */
export function makeQuota({ appid }: PlatformApp, clock: Clock, journal: Journal): PlatformCalls {
  let countedFrom = 0;
  const clearings: string[] = [];
  const inChina = (): Date => new Date(clock.now() + 8 * 3_600_000);

  const quota = ({ body }: PlatformRequest): object => {
    const path = body.cgi_path;
    if (typeof path !== 'string' || !/^\/(cgi-bin|wxa|wxaapi)\//.test(path))
      throw new Refusal(76021, 'cgi_path not found');
    const today = inChina().setUTCHours(0, 0, 0, 0) - 8 * 3_600_000;
    const from = Math.max(today, countedFrom);
    const used = journal.entries.filter(({ call, at }) => call.endsWith(` ${path}`) && at >= from).length;
    const daily_limit = limits[path] ?? common;
    return { errcode: 0, errmsg: 'ok', quota: { daily_limit, used, remain: Math.max(0, daily_limit - used) } };
  };

  const clear = ({ body }: PlatformRequest): object => {
    if (body.appid !== appid) throw new Refusal(40013, 'invalid appid');
    const month = inChina().toISOString().slice(0, 7);
    if (clearings.filter((each) => each === month).length >= mostClearings)
      throw new Refusal(48006, 'forbid to clear quota because of reaching the limit');
    clearings.push(month);
    // What stands at this very moment was before it.
    countedFrom = clock.now() + 1;
    return { errcode: 0, errmsg: 'ok' };
  };

  return {
    'POST /cgi-bin/openapi/quota/get': {
      fields: ['access_token', 'cgi_path'],
      contentType: jsonType,
      needsToken: true,
      answer: quota,
    },
    'POST /cgi-bin/clear_quota': {
      fields: ['access_token', 'appid'],
      contentType: jsonType,
      needsToken: true,
      answer: clear,
    },
    'GET /cgi-bin/getcallbackip': {
      fields: ['access_token'],
      contentType: jsonType,
      needsToken: true,
      answer: () => ({ ip_list: ['127.0.0.1'] }),
    },
  };
}
