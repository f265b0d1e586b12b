import type { PrivacyAsked } from './platform/device';
import { answerPrivacy, purposeOf, usePrivacyAsked, watchPrivacy } from './privacy-asked';

let ask: (asked: PrivacyAsked) => void;
beforeAll(() =>
  watchPrivacy({
    ...{ buttonId: 'agree', openGuide: () => undefined, openSwitches: async () => undefined },
    onAsked: (listener) => (ask = listener),
  }),
);

const waits = (use: string, heard: string[]): PrivacyAsked => ({
  ...{ use, shown: () => undefined },
  ...{ agree: () => heard.push(`${use} yes`), disagree: () => heard.push(`${use} no`) },
});

test('one answer goes to everything that waits, and to each once', () => {
  const heard: string[] = [];
  ask(waits('chooseMedia', heard));
  ask(waits('chooseLocation', heard));
  expect(usePrivacyAsked.getState().waiting).toHaveLength(2);
  answerPrivacy('disagree');
  answerPrivacy('agree');
  expect(heard).toEqual(['chooseMedia no', 'chooseLocation no']);
});

test.each([
  ['chooseMedia', '用相机拍照，或从相册里选'],
  ['getPhoneNumber', '用您的微信手机号'],
  ['button.getPhoneNumber', '用您的微信手机号'],
  ['RecorderManager.start', '用麦克风录音'],
  ['authorize', '用麦克风录音'],
  ['setClipboardData', '用手机的剪贴板'],
  ['chooseLocation', '用您在地图上选的地方'],
  ['chooseMessageFile', '用您从聊天里选的文件'],
  ['saveImageToPhotosAlbum', '把图片存到您的相册'],
  ['chooseAvatar', '用您选的头像和昵称'],
  ['somethingNew', '用您的一项信息'],
])('%s is said in plain words', (name, what) => expect(purposeOf(name).what).toBe(what));
