import { Refusal } from '../answer';
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
  chooseAvatar: (button) =>
    asked(button, 'chooseAvatar', async () => {
      const picture = await window.hands.avatar();
      return picture === null ? null : { avatarUrl: newTemporaryFile(pictureOfBase64(picture)) };
    }),
  getPhoneNumber: (button) =>
    asked(button, 'getPhoneNumber', async () => {
      const code = await window.hands.phoneCode();
      if (code === null) throw new Refusal('user deny');
      return { code };
    }),
};

/** Waits for 隐私授权, then tells the page what came of it; null: nothing is told. */
async function asked(button: HTMLElement, name: string, give: () => Promise<object | null>): Promise<void> {
  try {
    await askPrivacy(`button.${name}`);
    const given = await give();
    if (given !== null) send(button, name.toLowerCase(), { errMsg: `${name}:ok`, ...given });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { reason, errno } = error;
    send(button, name.toLowerCase(), { errMsg: `${name}:fail ${reason}`, ...(errno === undefined ? {} : { errno }) });
  }
}
