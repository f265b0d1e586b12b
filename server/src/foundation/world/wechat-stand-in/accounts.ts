import type { Consents } from './consents';
import type { People } from './people';
import type { PlatformApp } from './platform-call';
import type { Pushes } from './pushes';

/** What a person does with his WeChat account, of which the server must hear (wechat.md §8). */
export interface Accounts {
  /** He has closed it for this app: nobody by this openid from now on (user_authorization_cancellation). */
  closeAccount(openid: string): void;
  /** He takes a permission back (user_authorization_revoke): '8' the phone, '6' name and picture … */
  revoke(openid: string, what: string): void;
}

export function makeAccounts({ appid }: PlatformApp, people: People, consents: Consents, pushes: Pushes): Accounts {
  return {
    closeAccount: (openid) => {
      people.visits.delete(openid);
      for (const key of consents.credits.keys()) if (key.startsWith(`${openid} `)) consents.credits.delete(key);
      pushes.add({ event: 'user_authorization_cancellation', openid, fields: { OpenID: openid, AppID: appid } });
    },
    revoke: (openid, what) => {
      const fields = { OpenID: openid, AppID: appid, RevokeInfo: what };
      pushes.add({ event: 'user_authorization_revoke', openid, fields });
    },
  };
}
