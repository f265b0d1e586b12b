import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../server/test/server';
import { buildTown, type Town } from '../../server/test/town';
import type { PersonName } from '../../server/test/town-cast';
import { WechatAccount } from '../../server/src/rooms/people/person.entity';
import { buildMiniapp } from '../miniapp.mjs';
import { startChromium } from './chromium';
import { drawnPhoto } from './drawn-photo';
import { eventually } from './eventually';
import { claim } from './pages/claim-task';
import { seesPhoto, wechatCamera as camera } from './pages/photos';
import { openForm, sendOrder, sendOrderLater, writeOrder } from './pages/place-order';
import { press, reads } from './pages/screen';
import { storySteps } from './story';
import { readBuildFolder, type BuildFolder } from './weapp/build-folder';
import { misplacedTabs, missingFiles, packageSizes, scriptsBeyondES5 } from './weapp/check-build';
import { openPhone, type Phone } from './weapp/phone';

/** The built mini-program, run by WeChat's own engine in a browser, against the real server. */
let build: BuildFolder;
let server: TestServer;
let town: Town;
let browser: Browser;

beforeAll(async () => {
  build = readBuildFolder(process.env['WEAPP_DIR'] ?? (await buildMiniapp('weapp')));
  server = await startTestServer();
  town = await buildTown(server);
  browser = await startChromium();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe('the build is one that WeChat takes', () => {
  test('every script is ES5', () => expect(scriptsBeyondES5(build)).toEqual([]));
  test('every page of app.json is there', () => expect(missingFiles(build)).toEqual([]));
  test('every tab is in the main package', () => expect(misplacedTabs(build)).toEqual([]));
  test('no package is too large', () => {
    expect(packageSizes(build).filter(({ bytes, most }) => bytes > most)).toEqual([]);
  });
});

/** A phone whose WeChat account is bound to a person of the town, signed in. */
async function phoneOf(name: PersonName, photos: Buffer[] = []): Promise<Phone> {
  const { id: personId } = town.people[name];
  const account = { openid: `o-${personId}`, personId, unionid: null, createdAt: new Date(server.clock.now()) };
  await server.world.database.transaction((db) => db.insert(WechatAccount, [account]));
  const hands = {
    loginCode: () => server.wechat.issueCode(account.openid),
    photos: () => photos.map((photo) => photo.toString('base64')),
    place: () => null,
    call: () => undefined,
  };
  const phone = await openPhone({ browser, build, serverUrl: server.url, hands, now: server.clock.now() });
  await press(phone.page, '微信登录');
  await phone.page.getByRole('tab', { name: '我的' }).waitFor();
  return phone;
}

const ordersOfResident = async () => (await town.as('resident').ok('orders.list', { query: { scope: 'mine' } })).items;

describe('a resident with a phone', () => {
  const step = storySteps();
  let phone: Phone;
  beforeAll(async () => {
    phone = await phoneOf('resident', [await drawnPhoto('#ffeb3b')]);
  });
  afterAll(() => phone.close());

  step('signs in by WeChat, and is known by name', async () => {
    await eventually(() => expect(phone.pathNow()).resolves.toBe('pages/home/index'));
    await reads(phone.page, /王桂英|王婶/);
  });

  step('places an order with a photo', async () => {
    await writeOrder(phone.page, {
      category: '路灯不亮',
      words: '门口的路灯三天不亮了。',
      camera,
    });
    await sendOrder(phone.page);
    const [card] = await ordersOfResident();
    const order = await town.as('resident').ok('orders.read', { params: { orderId: card?.id ?? '' } });
    expect(order).toMatchObject({ state: 'placed', category: { id: 'streetLight' }, photos: [expect.anything()] });
  });

  step(
    'a closed app loses neither words nor photo; without network both wait, and go once when it is back',
    async () => {
      const { page } = phone;
      await press(page, '回首页');
      await writeOrder(page, { category: '垃圾清运', words: '三天没人收了。', camera });
      await phone.restart();
      await openForm(page);
      await reads(page, '接着上次写的');
      await seesPhoto(page);
      await phone.setOnline(false);
      await sendOrderLater(page);
      expect(await ordersOfResident()).toHaveLength(1);
      await phone.setOnline(true);
      await reads(page, '收到了');
      const orders = await ordersOfResident();
      expect(orders.map(({ category }) => category.id)).toEqual(['garbage', 'streetLight']);
    },
  );

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
});

describe('a party member with a phone', () => {
  const taskId = ulid();
  const step = storySteps();
  let phone: Phone;
  beforeAll(async () => {
    const orderId = ulid();
    const body = { categoryId: 'streetLight', words: '巷口的灯坏了。' };
    await town.as('otherResident').ok('orders.place', { params: { orderId }, body });
    const act = () => ({ actionId: ulid() });
    await town.as('deskLead').ok('orders.accept', { params: { orderId }, body: { ...act(), title: '二组路灯不亮' } });
    const tasks = [{ id: taskId, mode: 'open' as const }];
    await town.as('deskLead').ok('orders.dispatch', { params: { orderId }, body: { ...act(), tasks } });
    phone = await phoneOf('member');
  });
  afterAll(() => phone.close());

  step('claims a task in the hall, and says when it will be done', async () => {
    await claim(phone.page, '二组路灯不亮', '今天');
    await eventually(() => expect(phone.pathNow()).resolves.toBe('packages/member/pages/task/index'));
    const { task } = await town.as('member').ok('tasks.read', { params: { taskId } });
    expect(task).toMatchObject({ state: 'claimed', seats: [{ mine: true, promisedAt: expect.any(String) }] });
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
});
