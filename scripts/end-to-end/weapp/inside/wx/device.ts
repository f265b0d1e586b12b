import { answering, Refusal } from '../answer';
import { askPrivacy } from './privacy';

const library = '3.8.0';
const screen = () => ({
  ...{ windowWidth: innerWidth, windowHeight: innerHeight, screenWidth: innerWidth, screenHeight: innerHeight },
  ...{ pixelRatio: devicePixelRatio, statusBarHeight: 24 },
  safeArea: { left: 0, top: 24, right: innerWidth, bottom: innerHeight, width: innerWidth, height: innerHeight - 24 },
});
const base = () => ({
  ...{ SDKVersion: library, language: 'zh_CN', version: '8.0.50', theme: 'light' },
  fontSizeSetting: window.phoneSettings.fontSize,
});
const model = () => ({ platform: 'android', system: 'Android 12', brand: 'harness', model: 'harness' });

async function chooseLocation() {
  await askPrivacy('chooseLocation');
  const place = await window.hands.place();
  if (!place) throw new Refusal('cancel');
  return place;
}

async function scanCode() {
  await askPrivacy('scanCode');
  const result = await window.hands.scan();
  if (result === null) throw new Refusal('cancel');
  return { result, scanType: 'QR_CODE', charSet: 'UTF-8', path: '' };
}

export const device = {
  getWindowInfo: screen,
  getAppBaseInfo: base,
  getDeviceInfo: model,
  getSystemInfoSync: () => ({ ...screen(), ...base(), ...model() }),
  getSystemInfo: answering('getSystemInfo', () => ({ ...screen(), ...base(), ...model() })),
  login: answering('login', async () => ({ code: await window.hands.loginCode() })),
  getRandomValues: answering('getRandomValues', ({ length }: { length: number }) => ({
    randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer,
  })),
  chooseLocation: answering('chooseLocation', chooseLocation),
  scanCode: answering('scanCode', scanCode),
  makePhoneCall: answering('makePhoneCall', ({ phoneNumber }: { phoneNumber: string }) =>
    window.hands.call(phoneNumber),
  ),
  vibrateShort: answering('vibrateShort', () => undefined),
};
