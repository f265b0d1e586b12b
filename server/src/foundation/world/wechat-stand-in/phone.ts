import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import { jsonType, Refusal, type PlatformApp, type PlatformCalls, type PlatformRequest } from './platform-call';

const codeLifeMs = 5 * 60_000;

/** All codes of the phone button, of every app: of one WeChat says that it belongs to another app. */
export type PhoneCodes = Map<string, { appid: string; openid: string; phone: string; until: number }>;

export interface PhoneButton {
  readonly calls: PlatformCalls;
  /** What the phone button would hand to the app of this person: a code for five minutes and one use. */
  issuePhoneCode(openid: string, phone: string): string;
}

/** getuserphonenumber (wechat.md §4). Codes of wx.login and of the button are different kinds and do not know each other. */
export function makePhoneButton({ appid }: PlatformApp, clock: Clock, codes: PhoneCodes): PhoneButton {
  const phoneNumber = ({ body }: PlatformRequest): object => {
    const known = codes.get(String(body.code));
    if (!known || clock.now() >= known.until) throw new Refusal(40029, 'invalid code');
    if (known.appid !== appid) throw new Refusal(40013, 'invalid appid');
    // WeChat's page says that it is an error, not which.
    if (body.openid !== undefined && body.openid !== known.openid) throw new Refusal(40003, 'invalid openid');
    codes.delete(String(body.code));
    return {
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: known.phone,
        purePhoneNumber: known.phone,
        countryCode: '86',
        watermark: { timestamp: Math.floor(clock.now() / 1_000), appid },
      },
    };
  };

  return {
    calls: {
      'POST /wxa/business/getuserphonenumber': {
        fields: ['access_token', 'code', 'openid'],
        contentType: jsonType,
        needsToken: true,
        answer: phoneNumber,
      },
    },
    issuePhoneCode: (openid, phone) => {
      // Those of other apps are theirs: each app has a clock of its own.
      for (const [old, known] of codes) if (known.appid === appid && known.until <= clock.now()) codes.delete(old);
      const code = randomBytes(32).toString('hex');
      codes.set(code, { appid, openid, phone, until: clock.now() + codeLifeMs });
      return code;
    },
  };
}
