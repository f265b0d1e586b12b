import type { Clock } from '../clock';
import { Refusal } from './platform-call';

interface Rate {
  readonly most: number;
  readonly withinMs: number;
  readonly errcode: number;
  readonly errmsg: string;
}

const perMinute = (most: number, errcode: 44991 | 45011): Rate => ({
  ...{ most, withinMs: 60_000, errcode },
  errmsg: errcode === 44991 ? 'reach minute frequency limit' : 'api minute-quota reach limit',
});
const links: Rate = { most: 100, withinMs: 1_000, errcode: 44990, errmsg: 'reach second frequency limit' };

/** What wechat.md §2, §3, §6, §7 tell of a minute or a second; of the other calls it tells none. */
const ofPath: Readonly<Record<string, Rate>> = {
  '/cgi-bin/stable_token': perMinute(10_000, 45011),
  '/wxa/resetusersessionkey': perMinute(60_000, 45011),
  '/wxa/msg_sec_check': perMinute(4_000, 44991),
  '/wxa/media_check_async': perMinute(2_000, 44991),
  '/wxa/getwxacodeunlimit': perMinute(5_000, 45011),
  '/wxa/generate_urllink': links,
  '/wxa/generatescheme': links,
};
const ofLogins = perMinute(100, 45011);

/** The limits of a minute or a second, by the app's clock: where a test's stands still, so does its minute. */
export interface Rates {
  /** @throws Refusal 44990, 44991, 45011 */
  take(path: string): void;
  /** The logins of one person. @throws Refusal 45011 */
  takeLogin(openid: string): void;
}

export function makeRates(clock: Clock): Rates {
  const counts = new Map<string, { slot: number; count: number }>();
  const takeOf = (name: string, { most, withinMs, errcode, errmsg }: Rate): void => {
    const slot = Math.floor(clock.now() / withinMs);
    const known = counts.get(name);
    const count = known?.slot === slot ? known.count + 1 : 1;
    // Again at the end, so that the oldest stand first.
    counts.delete(name);
    counts.set(name, { slot, count });
    const [oldest] = counts.keys();
    if (counts.size > 20_000 && oldest !== undefined) counts.delete(oldest);
    if (count > most) throw new Refusal(errcode, errmsg);
  };
  return {
    take: (path) => {
      const rate = ofPath[path];
      // URL Link and scheme draw on one pool.
      if (rate) takeOf(rate === links ? 'links' : path, rate);
    },
    takeLogin: (openid) => takeOf(`login ${openid}`, ofLogins),
  };
}
