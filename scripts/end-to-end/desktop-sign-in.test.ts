import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { makeAdministrator } from '../../server/src/first-administrator/first-administrator';
import { codeAt } from '../../server/test/one-time-code';
import { scan } from '../../server/test/scan';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { digitsOn } from './pages/digits';
import { fillIn, openTab, press, pressInDialog, pressInSheet, reads, words } from './pages/screen';
import { signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Person } from './people';
import { eventually } from './eventually';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/** 电脑登录 and 二次验证 through the screens: a computer, a phone that scans it, and the numbers of an authenticator. */
let stage: Stage;
let town: Town;
beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
  town = await buildTown(stage.server);
  await prepareForDemo(stage.server, town, { admin: 'admin', child: 'son' });
}, 180_000);
afterAll(() => stage?.close());

let secret = '';
const codeNow = (): string => codeAt(secret, stage.server.clock.now());
/** The next half minute of the authenticator: no code is believed twice. */
const nextCode = (): string => {
  stage.server.clock.advance(30_000);
  return codeNow();
};

/** Reads the picture on the screen as a phone's camera would. */
const scanned = async ({ page }: Person): Promise<string> =>
  scan(await page.getByRole('img', { name: '登录二维码' }).filter({ visible: true }).screenshot());

async function typeDigits(page: Page, check: string): Promise<void> {
  await fillIn(page, '填手机上的四位数字', check);
  await press(page, '登录');
}

async function setUp({ page }: Person): Promise<void> {
  await press(page, '开始设置');
  const letters = await words(page, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText();
  secret = letters.replaceAll(' ', '');
}

describe('an administrator at the office', () => {
  const people: Person[] = [];
  let computer: Person;
  let phone: Person;
  const step = storySteps(() => Promise.all(people.map((person) => person.lookBroken())));
  beforeAll(async () => {
    computer = await arrive({ ...stage, device: 'desk', called: 'desktop-computer' });
    phone = await arrive({ ...stage, called: 'desktop-phone' });
    people.push(computer, phone);
  });
  afterAll(() => Promise.all(people.map((person) => person.leave())));

  const signInComputer = async () => {
    await press(computer.page, /^试试扫码登录电脑/);
    const address = await scanned(computer);
    expect(address).toMatch(/\/c\/in-[\w-]{22}$/);
    await phone.page.goto(address);
    await reads(phone.page, '有一台电脑要用您的身份登录');
  };

  step('scans the code on the computer, sees which one asks, and lets it in', async () => {
    await signInAs(phone.page, '赵文斌');
    await signInComputer();
    await computer.look('1-code');
    await reads(phone.page, 'Chrome（Linux）');
    await phone.look('1-question');
    await press(phone.page, '确认登录');
    const check = await digitsOn(phone.page);
    await phone.look('2-confirmed');
    await typeDigits(computer.page, check === '0000' ? '1111' : '0000');
    await reads(computer.page, '数字不对，请看着手机再填一次');
    await computer.look('2-digits');
    await typeDigits(computer.page, check);
    await computer.page.getByRole('tab', { name: '我的' }).waitFor();
  });

  step('sets up the second factor with an authenticator, and gets ten recovery codes', async () => {
    const { page, look } = computer;
    await openTab(page, '我的');
    await press(page, /^登录的设备/);
    await reads(page, '这台');
    await look('2-sessions');
    await press(page, /^二次验证/);
    await setUp(computer);
    await look('3-enrolment');
    await page.getByLabel('6 位验证码', { exact: true }).fill(codeNow());
    await press(page, '完成设置');
    await reads(page, '设置好了');
    expect(await page.getByRole('list', { name: '恢复码', exact: true }).getByRole('listitem').count()).toBe(10);
    await look('4-recovery-codes');
    await press(page, '都抄好了');
  });

  /** A form half filled in, with a photo, as somebody leaves them on a computer. */
  const leaveDraft = () =>
    computer.page.evaluate(async () => {
      const { data } = JSON.parse(localStorage.getItem('sandan.session.1') ?? '{}') as {
        data: { me: { personId: string } };
      };
      localStorage.setItem(`sandan.draft.${data.me.personId}.order`, JSON.stringify({ data: { id: 'x', fields: {} } }));
      const open = indexedDB.open('sandan');
      await new Promise<void>((resolve, reject) => {
        open.onupgradeneeded = () => open.result.createObjectStore('photos');
        open.onsuccess = () => resolve();
        open.onerror = () => reject(open.error);
      });
      const photos = open.result.transaction('photos', 'readwrite');
      photos.objectStore('photos').put(new Blob(['photo']), 'photo');
      await new Promise((resolve) => (photos.oncomplete = resolve));
      open.result.close();
    });
  const draftsLeft = () =>
    computer.page.evaluate(async () => {
      const open = indexedDB.open('sandan');
      await new Promise((resolve) => (open.onsuccess = resolve));
      const photos = open.result.transaction('photos').objectStore('photos').count();
      await new Promise((resolve) => (photos.onsuccess = resolve));
      open.result.close();
      return Object.keys(localStorage).filter((key) => key.startsWith('sandan.draft.')).length + photos.result;
    });

  step('says no to a computer that is not his', async () => {
    const { page } = computer;
    await openTab(page, '我的');
    await leaveDraft();
    expect(await draftsLeft()).toBe(2);
    await press(page, '退出登录');
    // An office's computer keeps nothing of whoever leaves it.
    await reads(page, '没写完的会从这台电脑上删掉');
    await pressInDialog(page, '退出登录');
    await page.getByText('试试扫码登录电脑').waitFor();
    await eventually(async () => expect(await draftsLeft()).toBe(0));
    await signInComputer();
    await press(phone.page, '不是我');
    await reads(phone.page, '已经拒绝');
    await reads(page, '手机上点了“不是我”');
    await computer.look('5-refused');
    await press(page, '换一个');
    await phone.page.goto(await scanned(computer));
    await press(phone.page, '确认登录');
    const check = await digitsOn(phone.page);
    // Three wrong ones: a new picture, which can be scanned.
    for (let turn = 1; turn <= 3; turn += 1) {
      const answered = page.waitForResponse((answer) => (answer.request().postData() ?? '').includes('"check"'));
      await typeDigits(page, check === '0000' ? '1111' : '0000');
      await answered;
    }
    await reads(page, /^没有登录：/);
    await press(page, '换一个');
    await phone.page.goto(await scanned(computer));
    await press(phone.page, '确认登录');
    await typeDigits(page, await digitsOn(phone.page));
    await page.getByRole('tab', { name: '我的' }).waitFor();
  });

  step('is asked for a code where it matters, and what was pressed goes on by itself', async () => {
    const { page, look, faults } = computer;
    await openTab(page, '我的');
    await press(page, /^登录的设备/);
    await press(page, /^二次验证/);
    faults.expectStatus(403);
    await press(page, /^恢复码还剩 10 个/);
    await pressInDialog(page, '换新的');
    await page.getByRole('dialog', { name: '请再验证一次' }).waitFor();
    await look('6-code');
    faults.expectStatus(409);
    await page.getByLabel('6 位验证码', { exact: true }).fill(codeNow());
    await pressInSheet(page, '验证');
    await reads(page, '这个验证码已经用过');
    await page.getByLabel('6 位验证码', { exact: true }).fill(nextCode());
    await pressInSheet(page, '验证');
    await reads(page, '设置好了');
  });

  step('goes away without leaving: the session ends by itself, and nothing that was typed stays there', async () => {
    const { page, look, faults } = computer;
    await openTab(page, '我的');
    await leaveDraft();
    const { database } = stage.server.world;
    await database.transaction((db) =>
      db.write("UPDATE session SET revoked_at = ? WHERE channel = 'desktop'", [new Date(stage.server.clock.now())]),
    );
    faults.expectStatus(401);
    await openTab(page, '首页');
    await reads(page, '没写完、没发出去的已经从这台电脑上删掉');
    await look('7-ended');
    expect(await page.evaluate(() => localStorage.getItem('sandan.session.1'))).toBeNull();
    await eventually(async () => expect(await draftsLeft()).toBe(0));
  });

  test('nothing went wrong on the screens', () => expect(people.map(({ faults }) => faults.all)).toEqual([[], []]));
});

describe('the first administrator', () => {
  let computer: Person;
  const step = storySteps(() => computer.lookBroken());
  beforeAll(async () => {
    computer = await arrive({ ...stage, device: 'desk', called: 'desktop-first' });
  });
  afterAll(() => computer.leave());

  step('opens the printed link, which a press uses up, and sets up the second factor at once', async () => {
    const { page, look } = computer;
    const now = new Date(stage.server.clock.now());
    const { key } = await stage.server.world.database.transaction((db) =>
      makeAdministrator(db, { name: '孙启明', grid: town.countyId }, now),
    );
    // A link from elsewhere opens a page of its own; here only the hash would change.
    await page.goto('about:blank');
    await page.goto(`${stage.server.url}/#/packages/access/pages/sign-in-link/index?k=${key}`);
    await reads(page, '管理员登录');
    await look('1-link');
    await press(page, '登录');
    await setUp(computer);
    await page.getByLabel('6 位验证码', { exact: true }).fill(codeNow());
    await press(page, '完成设置');
    await reads(page, '设置好了');
    await press(page, '都抄好了');
    await pressInSheet(page, '同意');
  });

  step('connects his phone: scanned and confirmed there, its four digits typed here', async () => {
    const { page, look } = computer;
    const phone = await arrive({ ...stage, called: 'desktop-first-phone' });
    await signInAs(phone.page, '陈志远');
    await openTab(page, '我的');
    await press(page, /^登录的设备/);
    await press(page, /^连接我的手机/);
    const picture = page.getByRole('img', { name: '连接手机的二维码' }).filter({ visible: true });
    const address = await scan(await picture.screenshot());
    expect(address).toMatch(/\/c\/me-[\w-]{22}$/);
    await look('2-my-phone');
    await phone.page.goto(address);
    await reads(phone.page, '孙*明');
    await phone.look('1-question');
    await press(phone.page, '是我');
    const digits = await digitsOn(phone.page);
    await phone.look('2-digits');
    await fillIn(page, '四位数字', digits);
    await press(page, '连上这部手机');
    await reads(page, '连上了');
    await press(phone.page, '电脑上显示“连上了”，回首页');
    await openTab(phone.page, '我的');
    await reads(phone.page, '孙启明');
    expect(phone.faults.all).toEqual([]);
    await phone.leave();
  });

  test('nothing went wrong on the screen', () => expect(computer.faults.all).toEqual([]));
});
