import { create } from 'zustand';
import type { PrivacyAsked, PrivacyRules } from './platform/device';

/** Everything that waits for the one answer: WeChat asks again for each thing that was pressed in the meantime. */
export const usePrivacyAsked = create<{ waiting: readonly PrivacyAsked[] }>(() => ({ waiting: [] }));

/** Called once, at the start. */
export const watchPrivacy = (rules: PrivacyRules): void =>
  rules.onAsked((asked) => usePrivacyAsked.setState(({ waiting }) => ({ waiting: [...waiting, asked] })));

/** `agree` only from the button that WeChat watches. */
export function answerPrivacy(answer: 'agree' | 'disagree'): void {
  const { waiting } = usePrivacyAsked.getState();
  usePrivacyAsked.setState({ waiting: [] });
  waiting.forEach((asked) => asked[answer]());
}

interface Use {
  /** 您刚才点的，要 … */
  readonly what: string;
  readonly why: string;
}

const uses: readonly (readonly [names: RegExp, use: Use])[] = [
  [/phone/i, { what: '用您的微信手机号', why: '认出您是村里的哪一户，办事的人好联系您' }],
  // `authorize`: only the microphone is asked for before it is used (wechat-voices.ts).
  [/record|voice|^authorize$/i, { what: '用麦克风录音', why: '把您说的话交给办这件事的人听' }],
  [/album/i, { what: '把图片存到您的相册', why: '您点了保存' }],
  [/location/i, { what: '用您在地图上选的地方', why: '办事的人好找到地方，也只用您选的这一处' }],
  [/avatar|nickname|userinfo|userprofile/i, { what: '用您选的头像和昵称', why: '显示在您自己的页面上' }],
  [/messagefile/i, { what: '用您从聊天里选的文件', why: '读出表里的内容' }],
  [/media|image|camera/i, { what: '用相机拍照，或从相册里选', why: '让办事的人看清是什么情况' }],
  [/clipboard/i, { what: '用手机的剪贴板', why: '您点了复制，好贴到别处去' }],
  [/scan/i, { what: '用相机扫码', why: '打开码里的那一页' }],
];

const otherUse: Use = { what: '用您的一项信息', why: '做您刚才点的那件事' };

/** In plain words, by WeChat's name of what wants it. */
export const purposeOf = (name: string): Use => uses.find(([names]) => names.test(name))?.[1] ?? otherUse;
