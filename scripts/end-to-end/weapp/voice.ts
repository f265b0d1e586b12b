import { expect } from '@jest/globals';
import { mp3 } from '../../../server/test/mp3';
import type { Town } from '../../../server/test/town';
import type { PersonName } from '../../../server/test/town-cast';
import { eventually } from '../eventually';
import { holdButton, holdDown, lift, slideUp, speak } from '../pages/hold';
import { openForm, sendOrder } from '../pages/place-order';
import { press, reads, words } from '../pages/screen';
import { keepPicture } from '../pictures';
import { storySteps } from '../story';
import type { Phone } from './phone';
import type { Hands, HeardSound } from './program';

export interface VoiceStory {
  readonly phoneOf: (name: PersonName, hands: Partial<Hands>) => Promise<Phone>;
  readonly signIn: (phone: Phone) => Promise<void>;
  readonly town: () => Town;
}

const minuteMs = 60_000;

/** 按住说话, by somebody who changes her mind, is rung up, goes on too long; and whoever handles it hears her. */
export function tellVoice({ phoneOf, signIn, town }: VoiceStory): void {
  let phone: Phone;
  let handler: Phone | undefined;
  const heard: HeardSound[] = [];
  const listener = { toTheEnd: Promise.resolve() };
  const step = storySteps(() => keepPicture(phone.page, 'weapp-voice-broken'));
  const voice = () => holdButton(phone.page);
  const listen = (sound: HeardSound) => {
    heard.push(sound);
    return listener.toTheEnd;
  };
  beforeAll(async () => {
    const say = () => ({ sound: Buffer.from(mp3(2.4)).toString('base64'), milliseconds: 2_400 });
    phone = await phoneOf('resident', { say, listen });
    await signIn(phone);
    await openForm(phone.page);
    await press(phone.page, '路灯不亮');
  });
  afterAll(async () => {
    await phone?.close();
    await handler?.close();
  });

  step('her finger is gone before an old phone listens: it says so, and records nothing', async () => {
    const { page } = phone;
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const asked = new Promise<void>((resolve) => {
      phone.hands.openMicrophone = () => {
        resolve();
        return opened;
      };
    });
    await holdDown(voice());
    await asked;
    await reads(page, '请稍等');
    await page.clock.runFor(600);
    await lift(voice());
    open();
    phone.hands.openMicrophone = () => undefined;
    await reads(page, '可以说了，请再按住说一次');
    expect(await page.getByText(/^听一听/).count()).toBe(0);
  });

  step('her finger slides off the button: nothing is kept', async () => {
    const { page } = phone;
    await holdDown(voice());
    await reads(page, '松手就说完了');
    await page.clock.runFor(1_500);
    await slideUp(voice());
    await reads(page, '松手就不要了');
    await keepPicture(page, 'weapp-voice-slides-off');
    await lift(voice());
    await reads(page, '按住说话');
    expect(await page.getByText(/^听一听/).count()).toBe(0);
  });

  step(
    'a call comes in between: what was said until then is there, and is heard on a phone set to silent',
    async () => {
      const { page } = phone;
      await holdDown(voice());
      await reads(page, '松手就说完了');
      await phone.ring();
      await reads(page, /^中间被打断了。前面说的留下了/);
      await press(page, '听一听 3 秒');
      await eventually(() => expect(heard).toEqual([{ bytes: mp3(2.4).length, obeyMuteSwitch: false }]));
      await reads(page, '听一听 3 秒');
    },
  );

  step('a second touch ends it, and so does leaving the page', async () => {
    const { page } = phone;
    listener.toTheEnd = new Promise(() => undefined);
    await press(page, '听一听 3 秒');
    await press(page, '停一下');
    await press(page, '听一听 3 秒');
    await reads(page, '停一下');
    await phone.goBack();
    await openForm(page);
    await reads(page, '听一听 3 秒');
    listener.toTheEnd = Promise.resolve();
  });

  step('at the end of the minute it stops by itself, and says so', async () => {
    const { page } = phone;
    phone.hands.say = () => ({ sound: Buffer.from(mp3(59.9)).toString('base64'), milliseconds: minuteMs });
    await press(page, '重新说');
    await holdDown(voice());
    await reads(page, '松手就说完了');
    await page.clock.runFor(minuteMs);
    await reads(page, /^说满一分钟了，前面说的都留下了/);
    await reads(page, '听一听 60 秒');
    await keepPicture(page, 'weapp-voice-kept');
  });

  step('said once more and sent: the handler hears it, and is told when it cannot be heard', async () => {
    phone.hands.say = () => ({ sound: Buffer.from(mp3(4.2)).toString('base64'), milliseconds: 4_200 });
    await press(phone.page, '重新说');
    await speak(phone.page);
    await reads(phone.page, '听一听 5 秒');
    await sendOrder(phone.page);
    const { items } = await town()
      .as('deskLead')
      .ok('orders.list', { query: { scope: 'desk' } });
    const orderId = items.find(({ voiceSeconds }) => voiceSeconds === 5)?.id ?? '';
    handler = await phoneOf('deskLead', { listen });
    await signIn(handler);
    await handler.openCard(`/packages/resident/pages/order/index?orderId=${orderId}`);
    heard.length = 0;
    await press(handler.page, '听录音 5 秒');
    await eventually(() => expect(heard).toEqual([{ bytes: mp3(4.2).length, obeyMuteSwitch: false }]));
    await words(handler.page, '听录音 5 秒').waitFor();
    await handler.setOnline(false);
    await press(handler.page, '听录音 5 秒');
    await reads(handler.page, /^录音放不出来/);
    await handler.setOnline(true);
  });

  test('nothing went wrong on the phones', () =>
    expect([...phone.faults.all, ...(handler?.faults.all ?? [])]).toEqual([]));
}
