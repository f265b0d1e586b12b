import Taro from '@tarojs/taro';
import type { PrivacyAsked, PrivacyRules } from './device';
import { openSettings } from './wechat-refusal';

/** WeChat checks that this very button was touched. */
const buttonId = 'agree-privacy';

function onAsked(listener: (asked: PrivacyAsked) => void): void {
  // A base library before 2.32.3 asks nobody.
  Taro.onNeedPrivacyAuthorization?.((resolve, { referrer }) =>
    listener({
      use: referrer,
      shown: () => resolve({ event: 'exposureAuthorization' }),
      agree: () => resolve({ event: 'agree', buttonId }),
      disagree: () => resolve({ event: 'disagree' }),
    }),
  );
}

export const privacy: PrivacyRules = {
  buttonId,
  onAsked,
  openGuide: () => Taro.openPrivacyContract({}),
  openSwitches: openSettings,
};
