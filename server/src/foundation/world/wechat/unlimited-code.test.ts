import fc from 'fast-check';
import sharp from 'sharp';
import { scan } from '../../../../test/scan';
import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import { failureOf } from '../../../../test/wechat-failure';
import type { AppSettings } from '../wechat-stand-in/app';
import type { AppControl } from '../wechat-stand-in/control';
import { createWechat, type Wechat } from './client';

/** 小程序码: pictures, where everything else WeChat answers is JSON. */
const settings = { appid: newAppid(), secret: 'the-secret-of-the-app' };
const log = { warn: () => undefined, error: () => undefined };
const clock = sharedClock(Date.UTC(2026, 10, 16, 1));
let standIn: AppControl;
let wechat: Wechat;

async function begin(more: Partial<AppSettings> = {}): Promise<void> {
  standIn = await testApp({ ...settings, clockFile: clock.file, ...more });
  wechat = createWechat({ ...settings, origin: standIn.origin, log, clock, backoffMs: 1 });
}
async function end(): Promise<void> {
  await wechat.close();
  await standIn.remove();
  await standIn.close();
}
beforeEach(() => begin());
afterEach(async () => {
  expect(await standIn.unknownFields()).toEqual([]);
  await end();
});
afterAll(() => clock.remove());

const target = { scene: 'k3y', page: 'pages/open/index', envVersion: 'release' as const };

test('is a picture that leads to its scene', async () => {
  await end();
  await begin({ landing: 'https://sandan.example/c/' });
  const picture = await wechat.unlimitedCode(target);
  expect(await scan(picture)).toBe('https://sandan.example/c/k3y');
  expect((await sharp(picture).metadata()).width).toBe(430);
});

test('is refused for a page that is not released, and drawn for the trial of one', async () => {
  const page = 'pages/coming/index';
  expect(await failureOf(wechat.unlimitedCode({ ...target, page }))).toMatchObject({
    kind: 'configuration',
    errcode: 41030,
  });
  expect(await scan(await wechat.unlimitedCode({ ...target, page, envVersion: 'trial' }))).toBe('k3y');
});

test('is asked for again after a broken answer, and a page of something in between is no picture', async () => {
  await wechat.stableToken();
  await standIn.fault('cutAfter', 'html');
  expect(await scan(await wechat.unlimitedCode(target))).toBe('k3y');
  await standIn.fault('html', 'badGateway', 'html');
  expect(await failureOf(wechat.unlimitedCode(target))).toMatchObject({ kind: 'network', tries: 3 });
});

test('of any scene that WeChat allows can be scanned back; any other is refused', async () => {
  const letters = `0123456789abcXYZ!#$&'()*+,/:;=?@-._~`.split('');
  const allowed = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 32 });
  await fc.assert(
    fc.asyncProperty(allowed, async (scene) => {
      expect(await scan(await wechat.unlimitedCode({ ...target, scene }))).toBe(scene);
    }),
    { numRuns: 15 },
  );
  for (const scene of ['', '路灯', 'a b', '50%', 'a'.repeat(33)])
    expect(await failureOf(wechat.unlimitedCode({ ...target, scene }))).toMatchObject({ errcode: 40169 });
});
