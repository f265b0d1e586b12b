import { answering, Refusal } from '../answer';
import { fault } from '../faults';

type Answer = { event: 'exposureAuthorization' | 'agree' | 'disagree'; buttonId?: string };
type Listener = (resolve: (answer: Answer) => void, about: { referrer: string }) => void;

/** What was refused so lately fails at once, without a question. */
const refusedForMs = 10_000;

let listener: Listener | null = null;
/** WeChat keeps it when the app is closed. */
const agreed = 'privacy agreed';
let refusedAt = -Infinity;

/** Buttons with `open-type="agreePrivacyAuthorization"` that were really touched, by their ids. */
const touched = new Set<string>();
export const noteTouch = (buttonId: string): void => void touched.add(buttonId);

const notAuthorized = () => new Refusal('privacy permission is not authorized', 104);

export const isPrivacyAgreed = (): boolean =>
  window.phoneSettings.privacyAgreed !== false || localStorage.getItem(agreed) !== null;

/** 隐私授权 (wechat.md §10.1): what uses personal data waits here until the person has answered the app's own question. */
export async function askPrivacy(name: string): Promise<void> {
  if (isPrivacyAgreed()) return;
  if (Date.now() - refusedAt < refusedForMs) throw notAuthorized();
  const says = await new Promise<Answer>((resolve) => ask(name, resolve));
  if (says.event === 'disagree') {
    refusedAt = Date.now();
    throw notAuthorized();
  }
  if (!touched.has(says.buttonId ?? '')) {
    fault(`privacy was agreed to, but the button "${says.buttonId}" was not touched`);
    throw notAuthorized();
  }
  localStorage.setItem(agreed, 'yes');
}

function ask(referrer: string, resolve: (answer: Answer) => void): void {
  let exposed = false;
  if (!listener) return fault(`${referrer} asks for privacy, and the app does not listen`);
  listener(
    (answer) => {
      if (answer.event === 'exposureAuthorization') {
        exposed = true;
        return;
      }
      if (!exposed) fault('the answer to the privacy question came before it was said to be on the screen');
      resolve(answer);
    },
    { referrer },
  );
}

/** Switches of the mini-program; the person says yes or no to each once, and WeChat keeps it. */
const scopes = new Map<string, boolean>();

async function authorize({ scope }: { scope: string }) {
  await askPrivacy('authorize');
  if (!scopes.has(scope)) scopes.set(scope, await window.hands.permit(scope));
  if (scopes.get(scope) === false) throw new Refusal('auth deny', 103);
}

export const isPermitted = (scope: string): boolean => scopes.get(scope) === true;

export const privacy = {
  onNeedPrivacyAuthorization: (given: Listener) => {
    listener = given;
  },
  openPrivacyContract: answering('openPrivacyContract', () => undefined),
  authorize: answering('authorize', authorize),
  getSetting: answering('getSetting', () => ({
    authSetting: Object.fromEntries(scopes),
    subscriptionsSetting: { mainSwitch: true, itemSettings: {} },
  })),
  openSetting: answering('openSetting', () => {
    for (const scope of scopes.keys()) scopes.set(scope, true);
    return { authSetting: Object.fromEntries(scopes) };
  }),
};
