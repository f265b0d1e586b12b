import { expect } from '@jest/globals';
import type { TestServer } from '../../../server/test/server';
import type { Town } from '../../../server/test/town';
import type { PersonName } from '../../../server/test/town-cast';
import { press, pressInSheet, reads } from '../pages/screen';
import { keepPicture } from '../pictures';
import { storySteps } from '../story';
import type { Phone } from './phone';
import type { Hands, PhoneSettings } from './program';

type PhoneOf = (
  name: PersonName,
  hands: Partial<Hands>,
  settings: PhoneSettings,
) => Promise<Phone & { readonly openid: string }>;

export interface PhoneNumberStory {
  readonly phoneOf: PhoneOf;
  readonly signIn: (phone: Phone) => Promise<void>;
  readonly server: () => TestServer;
  readonly town: () => Town;
}

const refusedForMs = 11_000;

/** 手机号 by WeChat's button: the privacy guide is asked about by itself, and neither no keeps anybody from anything. */
export function tellPhoneNumber({ phoneOf, signIn, server, town }: PhoneNumberStory): void {
  let phone: Phone & { readonly openid: string };
  const answer = { gives: false };
  const step = storySteps(() => keepPicture(phone.page, 'weapp-phone-number-broken'));
  beforeAll(async () => {
    const { phone: number } = town().people.resident;
    const forget = 'UPDATE person SET phone_sealed = NULL, phone_index = NULL WHERE id = ?';
    await server().world.database.transaction((db) => db.write(forget, [town().people.newcomer.id]));
    const phoneCode = () => (answer.gives ? server().wechat.issuePhoneCode(phone.openid, number) : null);
    phone = await phoneOf('newcomer', { phoneCode }, { fontSize: 16, privacyAgreed: false });
    await signIn(phone);
    await press(phone.page, /^绑定手机/);
  });
  afterAll(() => phone?.close());

  step('asked first whether it may be used at all, he says no; there are other ways, at once', async () => {
    const { page } = phone;
    await press(page, '用微信手机号绑定');
    await reads(page, '您刚才点的，要用您的微信手机号。');
    await keepPicture(page, 'weapp-phone-number');
    await pressInSheet(page, '不同意');
    await reads(page, /^您没有同意用手机号，不要紧/);
  });

  step('later he agrees to the guide, and still keeps the number to himself', async () => {
    const { page } = phone;
    await page.clock.runFor(refusedForMs);
    await press(page, '用微信手机号绑定');
    await pressInSheet(page, '同意');
    await reads(page, '用微信手机号绑定');
    expect(await page.getByText(/没有同意用手机号/).count()).toBe(0);
  });

  step('gives it in the end, and is asked who he is by half a name', async () => {
    answer.gives = true;
    await press(phone.page, '用微信手机号绑定');
    await reads(phone.page, '您是王*英吗？');
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
}
