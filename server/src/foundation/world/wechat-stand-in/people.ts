import type { Clock } from '../clock';
import { Refusal } from './platform-call';

const activeForMs = 120 * 60_000;
const shape = /^[\w-]{1,64}$/;

/** Whom an app knows: an openid is of this app from the moment its person has been in it. */
export interface People {
  /** The person opens the mini-program: what he writes can be judged for two hours. */
  seen(openid: string, nickname?: string): void;
  /** @throws Refusal 40003 for whom the app has never met */
  checkKnown(openid: unknown): string;
  /** Somebody whose words or pictures may be judged: in the app within two hours. @throws Refusal */
  checkActive(openid: unknown): string;
  readonly visits: Map<string, { at: number; nickname: string | null }>;
}

export function makePeople(clock: Clock): People {
  const visits: People['visits'] = new Map();
  return {
    visits,
    seen: (openid, nickname) => {
      const known = nickname ?? visits.get(openid)?.nickname ?? null;
      visits.set(openid, { at: clock.now(), nickname: known });
    },
    checkKnown: (openid) => {
      if (typeof openid !== 'string' || !visits.has(openid)) throw new Refusal(40003, 'invalid openid');
      return openid;
    },
    checkActive: (openid) => {
      if (typeof openid !== 'string' || !shape.test(openid)) throw new Refusal(40003, 'invalid openid');
      const visit = visits.get(openid);
      if (visit === undefined) throw new Refusal(43104, 'appid and openid not match');
      if (clock.now() - visit.at > activeForMs) throw new Refusal(61010, 'user access record timeout');
      return openid;
    },
  };
}
