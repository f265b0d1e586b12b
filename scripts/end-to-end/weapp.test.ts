import { expect } from '@jest/globals';
import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../server/test/commitment-journey';
import { clientOf } from '../../server/test/client';
import { buildTown, type Town } from '../../server/test/town';
import type { PersonName } from '../../server/test/town-cast';
import { WechatAccount } from '../../server/src/rooms/people/person.entity';
import { buildMiniapp } from '../miniapp.mjs';
import { drawnPhoto } from './drawn-photo';
import { eventually } from './eventually';
import { claim } from './pages/claim-task';
import { digitsOn } from './pages/digits';
import { seesPhoto, wechatCamera as camera } from './pages/photos';
import * as promise from './pages/promise';
import { openForm, sendOrder, sendOrderLater, writeOrder } from './pages/place-order';
import { choose, openTab, press, reads, words } from './pages/screen';
import { keepPicture } from './pictures';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';
import { readBuildFolder, type BuildFolder } from './weapp/build-folder';
import { misplacedTabs, missingFiles, packageSizes, scriptsBeyondES5 } from './weapp/check-build';
import { tellConsent } from './weapp/consent';
import { tellFirstUse } from './weapp/first-use';
import { openPhone, type Phone } from './weapp/phone';
import { tellPhoneNumber } from './weapp/phone-number';
import type { Hands, OpenedDocument, PhoneSettings } from './weapp/program';
import { tellUpdate } from './weapp/update';
import { tellVoice } from './weapp/voice';

/** The built mini-program, run by WeChat's own engine in a browser, against the real server. */
let build: BuildFolder;
let stage: Stage;
let town: Town;

beforeAll(async () => {
  build = readBuildFolder(process.env['WEAPP_DIR'] ?? (await buildMiniapp('weapp')));
  stage = await openStage();
  town = await buildTown(stage.server);
}, 180_000);
afterAll(() => stage?.close());

describe('the build is one that WeChat takes', () => {
  test('every script is ES5', () => expect(scriptsBeyondES5(build)).toEqual([]));
  test('every page of app.json is there', () => expect(missingFiles(build)).toEqual([]));
  test('every tab is in the main package', () => expect(misplacedTabs(build)).toEqual([]));
  test('no package is too large', () => {
    expect(packageSizes(build).filter(({ bytes, most }) => bytes > most)).toEqual([]);
  });
});

/** A phone whose WeChat account is bound to a person of the town; nothing has been touched yet. */
async function phoneOf(name: PersonName, hands: Partial<Hands> = {}, settings?: PhoneSettings) {
  const { server, browser } = stage;
  const { id: personId } = town.people[name];
  const account = { openid: `o-${ulid()}`, personId, unionid: null, createdAt: new Date(server.clock.now()) };
  await server.world.database.transaction((db) => db.insert(WechatAccount, [account]));
  const loginCode = () => server.wechat.issueCode(account.openid);
  const given = { loginCode, ...hands };
  const options = { browser, build, serverUrl: server.url, hands: given, now: server.clock.now(), settings };
  return { ...(await openPhone(options)), openid: account.openid };
}

async function signIn({ page }: Phone): Promise<void> {
  await press(page, '微信登录');
  await page.getByRole('tab', { name: '我的' }).waitFor();
}

const ordersOfResident = async () => (await town.as('resident').ok('orders.list', { query: { scope: 'mine' } })).items;

describe('a resident with a phone', () => {
  let phone: Phone;
  const step = storySteps(() => keepPicture(phone.page, 'weapp-resident-broken'));
  beforeAll(async () => {
    const photo = (await drawnPhoto('#ffeb3b')).toString('base64');
    const { lat: latitude, lng: longitude } = town.centres.a2;
    const place = () => ({ name: '老祠堂', address: '碧塘村', latitude, longitude });
    phone = await phoneOf('resident', { photos: () => [photo], place });
  });
  afterAll(() => phone?.close());

  step('signs in by WeChat, and is known by name', async () => {
    await signIn(phone);
    expect(await phone.pathNow()).toBe('pages/home/index');
    await reads(phone.page, /王桂英|王婶/);
  });

  step('places an order with a photo', async () => {
    await writeOrder(phone.page, { category: '路灯不亮', words: '门口的路灯三天不亮了。', camera });
    await sendOrder(phone.page);
    const [card] = await ordersOfResident();
    const order = await town.as('resident').ok('orders.read', { params: { orderId: card?.id ?? '' } });
    expect(order).toMatchObject({ state: 'placed', category: { id: 'streetLight' }, photos: [expect.anything()] });
  });

  step('writes another for a place on the map, and closes the app: it loses neither words nor photo', async () => {
    const { page } = phone;
    await press(page, '回首页');
    await writeOrder(page, { category: '垃圾清运', words: '三天没人收了。', camera });
    await choose(page, '在哪里', '别处');
    await press(page, '在地图上选');
    await reads(page, '地图上的点已经记下');
    await phone.restart();
    await openForm(page);
    await reads(page, '接着上次写的');
    await seesPhoto(page);
  });

  step('without network it waits with its photo, and goes once when the network is back', async () => {
    await phone.setOnline(false);
    await sendOrderLater(phone.page);
    expect(await ordersOfResident()).toHaveLength(1);
    await phone.setOnline(true);
    await reads(phone.page, '收到了');
    const orders = await ordersOfResident();
    expect(orders.map(({ category, place }) => [category.id, place.group])).toEqual([
      ['garbage', '二组'],
      ['streetLight', '一组'],
    ]);
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
});

describe('a phone on which nothing has been agreed to', () => tellFirstUse({ phoneOf, signIn, town: () => town }));

describe('a resident who speaks instead of writing', () => tellVoice({ phoneOf, signIn, town: () => town }));

describe('a phone that is brought a newer version', () => tellUpdate({ phoneOf, signIn }));

describe('a newcomer with a phone', () =>
  tellPhoneNumber({ phoneOf, signIn, server: () => stage.server, town: () => town }));

describe('a resident who lets WeChat tell her', () =>
  tellConsent({
    phoneOf,
    signIn,
    server: () => stage.server,
    makeTown: async () => (town = await buildTown(stage.server)),
  }));

describe('a party member with a phone', () => {
  const taskId = ulid();
  const called: string[] = [];
  let phone: Phone;
  const step = storySteps(() => keepPicture(phone.page, 'weapp-member-broken'));
  beforeAll(async () => {
    const orderId = ulid();
    const act = () => ({ actionId: ulid() });
    const body = { categoryId: 'streetLight', words: '巷口的灯坏了。' };
    await town.as('otherResident').ok('orders.place', { params: { orderId }, body });
    await town.as('deskLead').ok('orders.accept', { params: { orderId }, body: { ...act(), title: '二组路灯不亮' } });
    const tasks = [{ id: taskId, mode: 'open' as const }];
    await town.as('deskLead').ok('orders.dispatch', { params: { orderId }, body: { ...act(), tasks } });
    phone = await phoneOf('member', { call: (number) => void called.push(number) });
    await signIn(phone);
  });
  afterAll(() => phone?.close());

  step('claims a task in the hall, and says when it will be done', async () => {
    await claim(phone.page, '二组路灯不亮', '今天');
    expect(await phone.pathNow()).toBe('packages/member/pages/task/index');
    const { task } = await town.as('member').ok('tasks.read', { params: { taskId } });
    expect(task).toMatchObject({ state: 'claimed', seats: [{ mine: true, promisedAt: expect.any(String) }] });
  });

  step('rings by the number that only the handler is shown', async () => {
    await press(phone.page, '给黄阿妹打电话');
    await eventually(() => expect(called).toEqual([town.people.otherResident.phone]));
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
});

describe.each([
  { type: 'normal', fontSize: 16 },
  { type: 'large', fontSize: 22 },
])('the 承诺墙 on a phone in $type type', ({ type, fontSize }) => {
  let phone: Phone;
  let deed: { roundId: string; commitmentId: string };
  let village: CommitmentJourney;
  const opened: OpenedDocument[] = [];
  const step = storySteps(() => keepPicture(phone.page, `weapp-wall-${type}-broken`));
  beforeAll(async () => {
    town = await buildTown(stage.server);
    village = commitmentsIn(stage.server, town);
    deed = await village.toPublished();
    phone = await phoneOf('resident', { open: (document) => void opened.push(document) }, { fontSize });
    await signIn(phone);
  });
  afterAll(() => phone?.close());

  step('a resident finds what was promised to her village, and says something', async () => {
    await promise.openOnWall(phone.page, '装 4 盏路灯');
    expect(await phone.pathNow()).toBe('packages/resident/pages/commitment/index');
    await promise.sayOpinion(phone.page, '先装巷口拐弯那盏');
    await keepPicture(phone.page, `weapp-wall-${type}`);
    const read = await town.as('secretary').ok('commitments.read', { params: { commitmentId: deed.commitmentId } });
    expect(read.opinions.map(({ words }) => words)).toEqual(['先装巷口拐弯那盏']);
  });

  step('she opens the notice of her village, under its own name', async () => {
    await phone.goBack();
    await promise.openNotice(phone.page);
    const name = `碧塘村党支部${village.year}年双向承诺公示表.pdf`;
    await eventually(() => expect(opened).toEqual([{ name, fileType: 'pdf', begins: '%PDF-' }]));
  });

  step('when it is done and accepted she gives it its stars', async () => {
    await village.does('member', 'deliver', deed.commitmentId, { words: '都亮了', noPhotoReason: 'nothingVisible' });
    await village.does('secretary', 'accept', deed.commitmentId, {});
    await phone.restart();
    await promise.openOnWall(phone.page, '装 4 盏路灯');
    await promise.ratePromise(phone.page, '4 星，满意');
    const { rating } = await town.as('resident').ok('commitments.read', { params: deed });
    expect(rating).toMatchObject({ raters: 1, mine: 4 });
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
});

test("WeChat's own large type is taken over, before anybody has signed in", async () => {
  const phone = await phoneOf('spouse', {}, { fontSize: 22 });
  await phone.page.getByRole('switch', { name: '长辈版', checked: true }).waitFor();
  expect(phone.faults.all).toEqual([]);
  await phone.close();
});

describe('a secretary at the office', () => {
  let phone: Phone;
  let picture: string | null = null;
  const step = storySteps(() => keepPicture(phone.page, 'weapp-desktop-broken'));
  beforeAll(async () => {
    town = await buildTown(stage.server);
    phone = await phoneOf('secretary', { scan: () => picture });
  });
  afterAll(() => phone?.close());

  step('signs in a computer by scanning its code', async () => {
    const computer = clientOf(stage.server.url);
    const { address, secret } = await computer.ok('access.askCode', { body: {} });
    await signIn(phone);
    await openTab(phone.page, '我的');
    await press(phone.page, /^扫码登录电脑/);
    picture = address;
    await press(phone.page, /^扫码登录电脑/);
    await reads(phone.page, '有一台电脑要用您的身份登录');
    expect(await phone.pathNow()).toBe('packages/access/pages/confirm-sign-in/index');
    await press(phone.page, '确认登录');
    const check = await digitsOn(phone.page);
    const { signedIn } = await computer.ok('access.exchangeCode', { body: { secret, check } });
    expect(signedIn?.personId).toBe(town.people.secretary.id);
  });

  step('is told when it is another picture', async () => {
    await press(phone.page, '电脑上进去了，回首页');
    await openTab(phone.page, '我的');
    picture = 'https://shop.example/pay';
    await press(phone.page, /^扫码登录电脑/);
    await reads(phone.page, '这不是“三单”电脑上的二维码');
    await press(phone.page, '知道了');
  });

  step('sees both where he is signed in, and puts the computer out', async () => {
    await press(phone.page, /^登录的设备/);
    await press(phone.page, '让其他浏览器退出登录');
    await press(phone.page, '让它退出');
    await words(phone.page, '其他浏览器').waitFor({ state: 'hidden' });
    await press(phone.page, '其他设备都退出');
    await press(phone.page, '都退出');
    await reads(phone.page, '只有这一台设备登录着');
  });

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
});

describe('a deed sent to a neighbour', () => {
  let phone: Phone;
  let commitmentId: string;
  const step = storySteps(() => keepPicture(phone.page, 'weapp-share-broken'));
  beforeAll(async () => {
    town = await buildTown(stage.server);
    ({ commitmentId } = await commitmentsIn(stage.server, town).toPublished());
    phone = await phoneOf('otherResident');
  });
  afterAll(() => phone?.close());

  const opensDeed = async (path: string) => {
    await phone.openCard(path);
    await reads(phone.page, '装 4 盏路灯');
    expect(await phone.pathNow()).toBe('packages/resident/pages/commitment/index');
  };

  step('leads whoever touches the card through the one door, and signs him in first', async () => {
    const { key } = await town
      .as('resident')
      .ok('links.give', { params: { what: 'commitment', thingId: commitmentId } });
    await phone.openCard(`/pages/open/index?scene=${encodeURIComponent(key)}`);
    await press(phone.page, '微信登录');
    await reads(phone.page, '装 4 盏路灯');
    expect(await phone.pathNow()).toBe('packages/resident/pages/commitment/index');
  });

  step('can be sent on, with a picture of ours and nothing that is not public', async () => {
    const card = await phone.sendOn();
    expect(card?.title).toMatch(/^装 4 盏路灯，/);
    expect(card?.path).toMatch(/^\/pages\/open\/index\?k=[2-9a-z]{12}$/);
    expect(card?.imageUrl).toBe('/pictures/share-card.png');
    expect(build.paths).toContain('pictures/share-card.png');
    await opensDeed(card?.path ?? '');
  });

  step(
    'says so in plain words when the card is none of ours, and a page with private things cannot be sent',
    async () => {
      phone.faults.expectStatus(404);
      await phone.openCard('/pages/open/index?k=nokeyatall99');
      await reads(phone.page, '打不开');
      await press(phone.page, '回首页');
      expect(await phone.sendOn()).toBeNull();
    },
  );

  test('nothing went wrong on the phone', () => expect(phone.faults.all).toEqual([]));
});
