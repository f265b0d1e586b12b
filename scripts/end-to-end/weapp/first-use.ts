import { expect } from '@jest/globals';
import { mp3 } from '../../../server/test/mp3';
import type { Town } from '../../../server/test/town';
import type { PersonName } from '../../../server/test/town-cast';
import { drawnPhoto } from '../drawn-photo';
import { eventually } from '../eventually';
import { holdButton, holdDown, lift, speak } from '../pages/hold';
import { openForm, sendOrder } from '../pages/place-order';
import { openTab, press, pressInSheet, reads, write } from '../pages/screen';
import { keepPicture } from '../pictures';
import { storySteps } from '../story';
import type { Phone } from './phone';
import type { Hands, PhoneSettings } from './program';

export interface FirstUse {
  readonly phoneOf: (name: PersonName, hands: Partial<Hands>, settings: PhoneSettings) => Promise<Phone>;
  readonly signIn: (phone: Phone) => Promise<void>;
  readonly town: () => Town;
}

const refusedForMs = 11_000;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A phone on which nothing has been agreed to, in the hands of somebody who cannot type (wechat.md §10.1). */
export function tellFirstUse({ phoneOf, signIn, town }: FirstUse): void {
  let phone: Phone;
  const step = storySteps(() => keepPicture(phone.page, 'weapp-first-use-broken'));
  beforeAll(async () => {
    const photo = base64(await drawnPhoto('#80c0ff'));
    const say = () => ({ sound: base64(mp3(2.4)), milliseconds: 2_400 });
    const passNickname = (typed: string) => typed !== '县长';
    const hands = { photos: () => [photo], avatar: () => photo, say, passNickname };
    phone = await phoneOf('resident', hands, { fontSize: 16, privacyAgreed: false });
    await signIn(phone);
  });
  afterAll(() => phone?.close());

  step('the first photo brings up the question; a no stops nothing else', async () => {
    const { page } = phone;
    await openForm(page);
    await press(page, '路灯不亮');
    await press(page, '拍照或选照片');
    await reads(page, '您刚才点的，要用相机拍照，或从相册里选。');
    await keepPicture(page, 'weapp-privacy');
    await pressInSheet(page, '不同意');
    await reads(page, /您没有同意使用相机和相册，不要紧/);
    await press(page, '拍照或选照片'); // within ten seconds WeChat does not ask again
    expect(await page.getByText('要用到您的信息').count()).toBe(0);
  });

  step('held again later, it asks for the microphone; once agreed, she says it again and it is kept', async () => {
    const { page } = phone;
    await page.clock.runFor(refusedForMs);
    await holdDown(holdButton(page));
    await reads(page, '您刚才点的，要用麦克风录音。');
    await page.clock.runFor(600);
    await lift(holdButton(page));
    await pressInSheet(page, '同意');
    await reads(page, '可以说了，请再按住说一次');
    await speak(page);
    await reads(page, '听一听 3 秒');
  });

  step('the order goes with the recording and without a word, and the desk is told of it', async () => {
    await phone.restart();
    await openForm(phone.page);
    await reads(phone.page, '听一听 3 秒');
    await sendOrder(phone.page);
    const { items } = await town()
      .as('deskLead')
      .ok('orders.list', { query: { scope: 'desk' } });
    expect(items.map(({ voiceSeconds }) => voiceSeconds)).toContain(3);
  });

  step('she gives herself a picture and a name, which nobody else is told, and takes both back', async () => {
    const { page } = phone;
    await press(page, '回首页');
    await openTab(page, '我的');
    await press(page, '头像和昵称，点开换');
    await press(page, '换头像');
    await reads(page, '头像换好了');
    await write(page, '怎么称呼您', '县长');
    await page.getByRole('textbox', { name: '怎么称呼您', exact: true }).blur();
    await reads(page, '微信没有让这个昵称通过，请换一个');
    await press(page, '存下昵称');
    await reads(page, '微信没有让这个昵称通过，请换一个');
    await write(page, '怎么称呼您', '王婶');
    await press(page, '存下昵称');
    await reads(page, '昵称存好了');
    expect(await town().as('resident').ok('profile.read')).toMatchObject({
      nickname: '王婶',
      picture: expect.anything(),
    });
    await press(page, '头像和昵称都不要了');
    await press(page, '都不要了');
    const none = { nickname: null, picture: null };
    await eventually(async () => expect(await town().as('resident').ok('profile.read')).toEqual(none));
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
}
