import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import type { AppControl } from '../wechat-stand-in/control';
import type { WechatFailure } from './call';
import { createWechat, type Wechat } from './client';

/** The access token as one process holds it; token-store.test.ts has the one of several. */
const appid = newAppid();
const secret = 'the-secret-of-the-app';
const minute = 60_000;

const clock = sharedClock(Date.UTC(2026, 10, 16, 1));
const logged: string[] = [];
const note = (fields: object) => void logged.push(JSON.stringify(fields));
const log = { warn: note, error: note };
let standIn: AppControl;
let wechat: Wechat;

const client = (settings: Partial<Parameters<typeof createWechat>[0]> = {}): Wechat =>
  createWechat({ origin: standIn.origin, appid, secret, log, clock, backoffMs: 1, ...settings });

beforeEach(async () => {
  logged.length = 0;
  standIn = await testApp({ appid, secret, clockFile: clock.file });
  wechat = client();
});
afterEach(async () => {
  await wechat.close();
  await standIn.remove();
  await standIn.close();
});
afterAll(() => clock.remove());

const tokenRequests = async (): Promise<number> =>
  (await standIn.requests()).filter((name) => name.endsWith('/stable_token')).length;

test('fifty who need it at once cause one fetch, and it is kept', async () => {
  const tokens = await Promise.all(Array.from({ length: 50 }, () => wechat.stableToken()));
  expect(new Set(tokens).size).toBe(1);
  clock.advance(114 * minute);
  expect(await wechat.stableToken()).toBe(tokens[0]);
  expect(await tokenRequests()).toBe(1);
});

test('it is renewed in its last five minutes', async () => {
  const old = await wechat.stableToken();
  clock.advance(115 * minute);
  expect(await wechat.stableToken()).not.toBe(old);
  expect(await tokenRequests()).toBe(2);
});

test('a fetch that fails is told to all who waited, and the next one tries again', async () => {
  await standIn.fault('busy', 'busy', 'busy');
  const outcomes = await Promise.allSettled([wechat.stableToken(), wechat.stableToken()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(wechat.stableToken()).resolves.toHaveLength(512);
});

test('a renewal that fails in the last five minutes keeps nobody from using the token there is, until it ends', async () => {
  const old = await wechat.stableToken();
  clock.advance(115 * minute);
  await standIn.outage(true);
  expect(await wechat.stableToken()).toBe(old);
  const asked = await tokenRequests();
  expect(await wechat.stableToken()).toBe(old);
  expect(await tokenRequests()).toBe(asked);
  clock.advance(30_000);
  expect(await wechat.stableToken()).toBe(old);
  expect(await tokenRequests()).toBeGreaterThan(asked);
  clock.advance(5 * minute);
  await expect(wechat.stableToken()).rejects.toMatchObject({ kind: 'network' } satisfies Partial<WechatFailure>);
  await standIn.outage(false);
  expect(await wechat.stableToken()).not.toBe(old);
});

test('a token that expired unnoticed is replaced and the call repeated, once', async () => {
  const stopped = client({ clock: { now: () => 0 } });
  await standIn.seen('o-wang');
  const old = await stopped.stableToken();
  clock.advance(121 * minute);
  await standIn.seen('o-wang');
  const verdicts = [1, 2, 3].map(() => stopped.checkText('o-wang', 'comment', '路灯坏了'));
  await expect(Promise.all(verdicts)).resolves.toHaveLength(3);
  expect(await stopped.stableToken()).not.toBe(old);
  expect(await tokenRequests()).toBe(2);
  await stopped.close();
});

test('a token killed by force_refresh elsewhere is replaced as well', async () => {
  const killed = await wechat.stableToken();
  const body = JSON.stringify({ grant_type: 'client_credential', appid, secret, force_refresh: true });
  await fetch(`${standIn.origin}/cgi-bin/stable_token`, { method: 'POST', body });
  await standIn.seen('o-wang');
  await expect(wechat.checkText('o-wang', 'comment', '路灯坏了')).resolves.toMatchObject({ suggest: 'pass' });
  expect(await wechat.stableToken()).not.toBe(killed);
  expect(logged.some((line) => line.includes('40001'))).toBe(true);
});
