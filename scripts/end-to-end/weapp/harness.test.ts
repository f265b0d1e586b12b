import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { inRepo } from '../../settings.mjs';
import { startChromium } from '../chromium';
import { eventually } from '../eventually';
import { readBuildFolder } from './build-folder';
import { missingFiles, scriptsBeyondES5 } from './check-build';
import { compileProgram } from './compile';
import { openPhone, type Phone } from './phone';

/** The harness itself, on a mini-program of two pages written by hand: what WeChat's elements do, and what it refuses. */
let browser: Browser;
let phone: Phone;

beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

async function openFixture(): Promise<void> {
  const build = readBuildFolder(inRepo('scripts', 'end-to-end', 'weapp', 'fixture'));
  const serverUrl = 'http://127.0.0.1:9'; // nobody is there, and nobody is asked
  phone = await openPhone({ browser, build, serverUrl, hands: {}, now: Date.now() });
}
const closePhone = () => phone?.close();

const said = (words: string) =>
  eventually(() => expect(phone.page.getByText(words, { exact: true }).isVisible()).resolves.toBe(true));
const touch = (words: string) => phone.page.getByRole('button', { name: words, exact: true }).click();

describe('elements tell the page what the person does', () => {
  beforeAll(openFixture);
  afterAll(closePhone);

  test('typing, and the key that ends it', async () => {
    await phone.page.getByLabel('名字').fill('李爷爷');
    await said('input {"value":"李爷爷","cursor":3}');
    await phone.page.getByLabel('名字').press('Enter');
    await said('confirm {"value":"李爷爷"}');
    await phone.page.getByLabel('几句话').fill('灯不亮');
    await said('input {"value":"灯不亮","cursor":3}');
  });

  test('a switch', async () => {
    await phone.page.getByRole('switch', { name: '开关' }).click();
    await said('change {"value":true}');
  });

  test('a picker, by its sheet; taken back, nothing has changed', async () => {
    await phone.page.getByText('哪天').click();
    await phone.page.getByRole('combobox').selectOption('周末');
    await touch('确定');
    await said('change {"value":2}');
    await phone.page.getByText('几号').click();
    await phone.page.getByRole('dialog').locator('input').fill('2026-09-18');
    await touch('取消');
    await said('change {"value":2}');
  });

  test('a form with its fields by name', async () => {
    await phone.page.getByLabel('电话').fill('13800000000');
    await phone.page.getByRole('switch', { name: '公开' }).click();
    await touch('交上去');
    await said('submit {"value":{"phone":"13800000000","open":true}}');
  });

  test('a button is touched, unless it is disabled', async () => {
    await phone.page.getByRole('button', { name: '不能点' }).click({ force: true });
    await touch('看看四周'); // would come after it
    await said('undefined undefined undefined undefined undefined');
    await touch('可以点');
    await eventually(() => expect(phone.page.getByText(/^tap /).isVisible()).resolves.toBe(true));
  });

  test('scrolling to the end, and drawing to the next card', async () => {
    await phone.page.locator('#list').evaluate((list) => list.scrollTo(0, 300));
    await said('scrolltolower {"direction":"bottom"}');
    await phone.page.locator('#cards').evaluate((cards) => cards.scrollTo(cards.clientWidth, 0));
    await said('change {"current":1,"source":"touch"}');
  });
});

describe('what WeChat has not, is not there', () => {
  beforeEach(openFixture);
  afterEach(closePhone);

  test('a function of wx that the harness lacks fails by its name', async () => {
    await touch('扫一扫');
    await faultNamed(/wx\.chooseInvoice was called/);
  });

  test('text is not run as code', async () => {
    await touch('运行文字');
    await faultNamed(/WeChat runs no text as code/);
  });

  test('an element that the harness lacks fails by its name', async () => {
    await touch('下一页');
    await said('from first, 2 pages, hidden true');
    await faultNamed(/<map> is not among the elements/);
    await phone.goBack();
    await eventually(() => expect(phone.pathNow()).resolves.toBe('pages/first/index'));
  });

  const faultNamed = (words: RegExp) => eventually(() => expect(phone.faults.all.join()).toMatch(words));
});

describe('a build that WeChat would refuse', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandan-weapp-'));
    await writeFile(join(folder, 'app.json'), JSON.stringify({ pages: ['home'] }));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('WXML that is not right is refused, with line and column', async () => {
    await writeFile(join(folder, 'home.wxml'), '<view>\n  <view wx:if="{{a">\n</view>');
    expect(() => compileProgram(readBuildFolder(folder), '')).toThrow(/^home\.wxml:2:\d+ /);
  });

  test('a script beyond ES5 is told by name', async () => {
    await writeFile(join(folder, 'home.js'), 'const a = () => 1;');
    expect(scriptsBeyondES5(readBuildFolder(folder))).toEqual([expect.stringMatching(/^home\.js: /)]);
  });

  test('a page without its files is told by name', () => {
    expect(missingFiles(readBuildFolder(folder))).toEqual(['home.js', 'home.wxml', 'home.json']);
  });
});
