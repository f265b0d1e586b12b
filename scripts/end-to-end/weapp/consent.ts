import { expect } from '@jest/globals';
import { ulid } from 'ulid';
import { templateFields, templateIdOf, templatesInUse } from '../../../server/test/message-templates';
import type { TestServer } from '../../../server/test/server';
import type { Town } from '../../../server/test/town';
import type { PersonName } from '../../../server/test/town-cast';
import { eventually } from '../eventually';
import { openForm, sendOrder } from '../pages/place-order';
import { openTab, press, reads, write } from '../pages/screen';
import { keepPicture } from '../pictures';
import { storySteps } from '../story';
import type { Phone } from './phone';
import type { Hands } from './program';

export interface Consent {
  readonly phoneOf: (name: PersonName, hands: Partial<Hands>) => Promise<Phone & { openid: string }>;
  readonly signIn: (phone: Phone) => Promise<void>;
  readonly server: () => TestServer;
  readonly makeTown: () => Promise<Town>;
}

/** 订阅消息, from the touch that agrees to the card in WeChat and the same in 消息: the real BFF, the stand-in of WeChat. */
export function tellConsent({ phoneOf, signIn, server, makeTown }: Consent): void {
  let town: Town;
  let phone: Phone & { openid: string };
  const step = storySteps(() => keepPicture(phone.page, 'weapp-consent-broken'));
  const orders = async () => (await town.as('resident').ok('orders.list', { query: { scope: 'mine' } })).items;

  beforeAll(async () => {
    town = await makeTown();
    await templatesInUse(server(), town);
    const fields = templateFields.progress.map(({ field }) => ({ name: field, title: field }));
    const id = templateIdOf(town, 'progress');
    await server().wechat.setTemplates([{ id, title: '进度通知', kind: 'oneTime', fields }]);
    const subscribe = async (templateIds: string[]) => {
      const all = Object.fromEntries(templateIds.map((templateId) => [templateId, 'accept' as const]));
      await server().wechat.answerPopup(phone.openid, all);
      return all;
    };
    phone = await phoneOf('resident', { subscribe });
    await signIn(phone);
  });
  afterAll(() => phone?.close());

  step('having placed an order she lets WeChat tell her who comes', async () => {
    const { page } = phone;
    await openForm(page);
    await press(page, '路灯不亮');
    await write(page, '说说要帮什么忙', '巷口的灯不亮。');
    await sendOrder(page);
    await press(page, '接单、办结时通知我');
    await reads(page, '好的，有消息微信通知您');
    const { items } = await town.as('resident').ok('subscriptions.mine');
    expect(items).toEqual([expect.objectContaining({ kind: 'progress', says: '还能通知您 1 次。' })]);
  });

  step('claimed: WeChat has the message, its card opens the order, and 消息 has the same', async () => {
    const [card] = await orders();
    const orderId = card?.id ?? '';
    const taskId = ulid();
    const act = () => ({ actionId: ulid() });
    await town.as('deskLead').ok('orders.accept', { params: { orderId }, body: { ...act(), title: '巷口的灯' } });
    const tasks = [{ id: taskId, mode: 'open' as const }];
    await town.as('deskLead').ok('orders.dispatch', { params: { orderId }, body: { ...act(), tasks } });
    const promisedAt = new Date(server().clock.now() + 60 * 60_000).toISOString();
    await town.as('member').ok('tasks.claim', { params: { taskId }, body: { ...act(), promisedAt } });
    await server().drain(town.townId);
    const sent = await eventually(async () => {
      const found = (await server().wechat.sentMessages()).find(({ openid }) => openid === phone.openid);
      expect(found).toBeDefined();
      return found;
    });
    await phone.openCard(`/${sent?.page ?? ''}`);
    await reads(phone.page, '巷口的灯');
    expect(await phone.pathNow()).toBe('packages/resident/pages/order/index');
    await phone.openCard('/pages/me/index');
    await openTab(phone.page, '我的');
    await press(phone.page, /^消息(?!通知)/);
    await reads(phone.page, '有人接了');
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
}
