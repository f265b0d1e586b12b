import { newTemporaryFile } from '../files';
import { pictureOfBase64 } from '../wx/media';
import { askPrivacy, noteTouch } from '../wx/privacy';
import { send } from './element';

/** What WeChat does when a button with that `open-type` is touched. */
export const openers: Readonly<Record<string, (button: HTMLElement) => Promise<void> | void>> = {
  /** Sending on is WeChat's own doing: the test does it by `sendOn`. */
  share: () => undefined,
  agreePrivacyAuthorization: (button) => {
    noteTouch(button.id);
    send(button, 'agreeprivacyauthorization');
  },
  chooseAvatar: async (button) => {
    await askPrivacy('chooseAvatar');
    const picture = await window.hands.avatar();
    if (picture !== null) send(button, 'chooseavatar', { avatarUrl: newTemporaryFile(pictureOfBase64(picture)) });
  },
  getPhoneNumber: async (button) => {
    const code = await window.hands.phoneCode();
    const said = code === null ? { errMsg: 'getPhoneNumber:fail user deny' } : { errMsg: 'getPhoneNumber:ok', code };
    send(button, 'getphonenumber', said);
  },
};
