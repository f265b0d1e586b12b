import { expect } from '@jest/globals';
import type { PersonName } from '../../../server/test/town-cast';
import { openForm } from '../pages/place-order';
import { openTab, press, reads, write } from '../pages/screen';
import { keepPicture } from '../pictures';
import { storySteps } from '../story';
import type { Phone } from './phone';
import type { Hands } from './program';

export interface UpdateStory {
  readonly phoneOf: (name: PersonName, hands: Partial<Hands>) => Promise<Phone>;
  readonly signIn: (phone: Phone) => Promise<void>;
}

const offered = /^有新版本/;

/** A new release comes while somebody is writing. */
export function tellUpdate({ phoneOf, signIn }: UpdateStory): void {
  let phone: Phone;
  const step = storySteps(() => keepPicture(phone.page, 'weapp-update-broken'));
  beforeAll(async () => {
    phone = await phoneOf('spouse', {});
    await signIn(phone);
  });
  afterAll(() => phone?.close());

  step('it does not interrupt him', async () => {
    const { page } = phone;
    await openForm(page);
    await press(page, '路灯不亮');
    await write(page, '说说要帮什么忙', '井盖松了');
    await phone.bringUpdate();
    await write(page, '说说要帮什么忙', '井盖松了，走夜路怕踩空。');
    expect(await page.getByText(offered).count()).toBe(0);
    expect(await page.locator('dialog').count()).toBe(0);
  });

  step('back on the first page it is offered, and taken when he likes; what he wrote is there', async () => {
    const { page } = phone;
    await phone.goBack();
    await reads(page, offered);
    await keepPicture(page, 'weapp-update');
    await openTab(page, '我的');
    await press(page, '换上新版本');
    await reads(page, '我要点单');
    expect(await page.getByText(offered).count()).toBe(0);
    await openForm(page);
    await reads(page, '接着上次写的');
    await page.getByText('井盖松了，走夜路怕踩空。').or(page.locator('textarea')).first().waitFor();
    expect(await page.locator('textarea').first().inputValue()).toBe('井盖松了，走夜路怕踩空。');
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
}
