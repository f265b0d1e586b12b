import { inspect } from 'node:util';
import fc from 'fast-check';
import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import { failureOf } from '../../../../test/wechat-failure';
import { createWechat, type Wechat } from './client';
import { WechatFailure, type WechatFailureKind } from './call';
import type { AppSettings } from '../wechat-stand-in/app';
import type { AppControl } from '../wechat-stand-in/control';
import type { Fault } from '../wechat-stand-in/faults';

const appid = newAppid();
const secret = 'the-secret-of-the-app';
const minute = 60_000;

const clock = sharedClock(Date.UTC(2026, 10, 16, 1));
const logged: string[] = [];
const log = {
  warn: (fields: object, message: string) => void logged.push(`${JSON.stringify(fields)} ${message}`),
  error: (fields: object, message: string) => void logged.push(`ALARM ${JSON.stringify(fields)} ${message}`),
};
let standIn: AppControl;
let wechat: Wechat;

const client = (settings: Partial<Parameters<typeof createWechat>[0]> = {}): Wechat =>
  createWechat({ origin: standIn.origin, appid, secret, log, clock, backoffMs: 1, ...settings });

beforeEach(async () => {
  logged.length = 0;
  standIn = await register();
  wechat = client();
});
afterEach(async () => {
  await wechat.close();
  expect(await standIn.unknownFields()).toEqual([]);
  await leave();
});
afterAll(() => clock.remove());

const register = (more: Partial<AppSettings> = {}) => testApp({ appid, secret, clockFile: clock.file, ...more });
async function leave(): Promise<void> {
  await standIn.remove();
  await standIn.close();
}

describe('signing in', () => {
  test('a code becomes the session of its person; the key of it is not handed on', async () => {
    const session = await wechat.codeToSession(await standIn.issueCode('o-wang'));
    expect(session).toEqual({ openid: 'o-wang' });
    expect(logged).toEqual([]);
  });

  test('an app bound to an Open Platform account also learns the unionid', async () => {
    await leave();
    standIn = await register({ unionidPrefix: 'u-' });
    expect(await wechat.codeToSession(await standIn.issueCode('o-wang'))).toMatchObject({ unionid: 'u-o-wang' });
  });

  test('a code works once', async () => {
    const code = await standIn.issueCode('o-wang');
    await wechat.codeToSession(code);
    const failure = await failureOf(wechat.codeToSession(code));
    expect(failure).toMatchObject({ kind: 'usedCode', errcode: 40163, tries: 1 });
    expect(failure.rid).toMatch(/^[\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/);
  });

  test('a code works for five minutes, and an invented one never', async () => {
    const [inTime, late] = [await standIn.issueCode('o-wang'), await standIn.issueCode('o-wang')];
    clock.advance(5 * minute - 1);
    await expect(wechat.codeToSession(inTime)).resolves.toMatchObject({ openid: 'o-wang' });
    clock.advance(1);
    expect(await failureOf(wechat.codeToSession(late))).toMatchObject({ kind: 'badCode', errcode: 40029 });
    expect(await failureOf(wechat.codeToSession('invented'))).toMatchObject({ kind: 'badCode', errcode: 40029 });
  });

  test('a wrong appid or secret alarms the operator', async () => {
    const code = await standIn.issueCode('o-wang');
    const cases = [
      { settings: { appid: 'wx-other' }, errcode: 40013 },
      { settings: { secret: 'guessed' }, errcode: 40125 },
    ];
    for (const { settings, errcode } of cases) {
      const stranger = client(settings);
      expect(await failureOf(stranger.codeToSession(code))).toMatchObject({ kind: 'configuration', errcode });
      expect(await failureOf(stranger.stableToken())).toMatchObject({ kind: 'configuration', errcode });
      await stranger.close();
    }
    expect(logged.filter((line) => line.startsWith('ALARM'))).toHaveLength(4);
    // WeChat looked at the settings first, so the code is still good.
    await expect(wechat.codeToSession(code)).resolves.toMatchObject({ openid: 'o-wang' });
  });
});

describe('when WeChat or the way to it fails', () => {
  const fleeting: Fault[] = ['busy', 'cut', 'badGateway', 'html'];
  test.each(fleeting)('%s twice, then an answer: the person is signed in', async (fault) => {
    await standIn.fault(fault, fault);
    await expect(wechat.codeToSession(await standIn.issueCode('o-wang'))).resolves.toMatchObject({ openid: 'o-wang' });
    expect(await standIn.requests()).toHaveLength(3);
  });

  const lasting: [Fault, WechatFailureKind][] = [
    ['busy', 'busy'],
    ['cut', 'network'],
    ['badGateway', 'network'],
    ['html', 'network'],
  ];
  test.each(lasting)('%s three times: it gives up as "%s"', async (fault, kind) => {
    await standIn.fault(fault, fault, fault);
    expect(await failureOf(wechat.codeToSession(await standIn.issueCode('o-wang')))).toMatchObject({ kind, tries: 3 });
    expect(await standIn.requests()).toHaveLength(3);
  });

  test('a code that our own lost try has spent is a broken connection, not a replay', async () => {
    await standIn.fault('cutAfter');
    const failure = await failureOf(wechat.codeToSession(await standIn.issueCode('o-wang')));
    expect(failure).toMatchObject({ kind: 'network', errcode: 40163, tries: 2 });
  });

  test('a quota that is used up is not asked again', async () => {
    await standIn.fault('tooOften');
    const failure = await failureOf(wechat.codeToSession(await standIn.issueCode('o-wang')));
    expect(failure).toMatchObject({ kind: 'tooOften', errcode: 45011, tries: 1 });
    expect(await standIn.requests()).toHaveLength(1);
  });

  test('an answer that does not come is waited for once, within the time for all tries', async () => {
    const hurried = client({ timeoutMs: 150 });
    await standIn.fault({ slowMs: 60_000 });
    const code = await standIn.issueCode('o-wang');
    const startedAt = performance.now();
    expect(await failureOf(hurried.codeToSession(code))).toMatchObject({ kind: 'network' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await standIn.requests()).toHaveLength(1);
    await hurried.close();
  });

  test('a slow answer in time is an answer', async () => {
    await standIn.fault({ slowMs: 50 });
    await expect(wechat.codeToSession(await standIn.issueCode('o-wang'))).resolves.toMatchObject({ openid: 'o-wang' });
  });

  test('nobody there at all is a failure of the network', async () => {
    const alone = client({ origin: 'http://127.0.0.1:1' });
    expect(await failureOf(alone.codeToSession('any'))).toMatchObject({ kind: 'network', tries: 3 });
    await alone.close();
  });

  test('whatever goes wrong in whatever order, a code signs in at most once and fails only in known ways', async () => {
    const fault = fc.constantFrom<Fault>('busy', 'tooOften', 'cut', 'cutAfter', 'badGateway', 'html', { slowMs: 1 });
    const property = fc.asyncProperty(fc.array(fault, { maxLength: 4 }), async (faults) => {
      const asked = async () => (await standIn.requests()).length;
      const [before, code] = [await asked(), await standIn.issueCode('o-wang')];
      await standIn.fault(...faults);
      const outcomes = await Promise.allSettled([wechat.codeToSession(code), wechat.codeToSession(code)]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      expect(refused.every((reason) => reason instanceof WechatFailure)).toBe(true);
      expect((await asked()) - before).toBeLessThanOrEqual(6);
      // Faults that no request met must not reach into the next round.
      while ((await asked()) - before < faults.length) await wechat.codeToSession('any').catch(() => undefined);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test('no log line and no error names the secret, a code, a token or a person', async () => {
    const codes = await Promise.all(Array.from({ length: 6 }, () => standIn.issueCode('o-wang')));
    const token = await wechat.stableToken();
    const faults: Fault[] = ['cut', 'html', 'badGateway', 'cutAfter', 'busy', 'tooOften', 'cut', 'cut', 'cut', 'cut'];
    await standIn.fault(...faults);
    const failures: unknown[] = [];
    for (const code of [...codes, ...codes])
      await wechat.codeToSession(code).catch((error: unknown) => failures.push(error));
    const stranger = client({ secret: 'guessed-secret' });
    await stranger.stableToken().catch((error: unknown) => failures.push(error));
    await stranger.close();
    clock.advance(121 * minute);
    await wechat.checkText('o-wang', 'comment', '路灯坏了').catch((error: unknown) => failures.push(error));
    const phoneCode = await standIn.issuePhoneCode('o-wang', '15400000001');
    const message = { openid: 'o-wang', templateId: 't', values: { thing1: '路灯坏了' }, page: 'pages/open/index' };
    const media = { openid: 'o-wang', scene: 'forum', url: 'http://127.0.0.1/p?s=signed', kind: 'image' } as const;
    const others = [
      () => wechat.phoneNumber(phoneCode, 'o-wang'),
      () => wechat.sendMessage(message),
      () => wechat.checkMedia(media),
    ];
    for (const other of others) {
      await standIn.fault('cut', 'html', 'badGateway', { errcode: 40037, errmsg: 'invalid template_id' });
      await other().catch((error: unknown) => failures.push(error));
      await standIn.noFaults();
    }

    const told = [...logged, ...failures.map((error) => inspectDeeply(error))].join('\n');
    expect(failures.length).toBeGreaterThan(5);
    expect(logged.length).toBeGreaterThan(10);
    for (const hidden of [secret, 'guessed-secret', token, 'o-wang', '路灯坏了', phoneCode, 's=signed', ...codes])
      expect(told).not.toContain(hidden);
  });
});

/** The error with all its causes, as a log that prints everything would show it. */
const inspectDeeply = (error: unknown): string => inspect(error, { depth: 12, showHidden: true });

test('an address that is none is refused at once: an error about it would quote secret and code', () => {
  expect(() => client({ origin: 'nowhere' })).toThrow(new Error('The origin of WeChat is no address'));
});

describe('checking a text', () => {
  test('an ordinary text passes, and words that WeChat dislikes are told with their label', async () => {
    await standIn.seen('o-wang');
    await standIn.judge('刷单', { suggest: 'risky', label: 20008 });
    expect(await wechat.checkText('o-wang', 'forum', '三组路灯坏了两盏')).toEqual({
      suggest: 'pass',
      label: 100,
      traceId: expect.stringMatching(/^[\da-f]{32}$/) as string,
    });
    expect(await wechat.checkText('o-wang', 'forum', '在家刷单赚钱')).toMatchObject({ suggest: 'risky', label: 20008 });
  });

  test('a person who was away for two hours cannot be judged, a stranger neither', async () => {
    await wechat.codeToSession(await standIn.issueCode('o-wang'));
    clock.advance(120 * minute);
    await expect(wechat.checkText('o-wang', 'comment', '你好')).resolves.toMatchObject({ suggest: 'pass' });
    clock.advance(1);
    const failure = await failureOf(wechat.checkText('o-wang', 'comment', '你好'));
    expect(failure).toMatchObject({ kind: 'inactive', errcode: 61010 });
    expect(await failureOf(wechat.checkText('o-nobody', 'comment', '你好'))).toMatchObject({ errcode: 43104 });
  });

  test('2,500 characters are the limit, also of characters beyond the basic plane', async () => {
    await standIn.seen('o-wang');
    await expect(wechat.checkText('o-wang', 'comment', '𠮷'.repeat(2_500))).resolves.toMatchObject({ suggest: 'pass' });
    const failure = await failureOf(wechat.checkText('o-wang', 'comment', '路'.repeat(2_501)));
    expect(failure).toMatchObject({ kind: 'refused', errcode: 47001 });
  });
});

test('the templates of the account, as its operator chose them', async () => {
  const field = (name: string, title: string) => ({ name, title });
  await standIn.setTemplates([
    { id: 'once', title: '进度通知', kind: 'oneTime', fields: [field('thing1', '服务事项'), field('time2', '时间')] },
    { id: 'lasting', title: '停水通知', kind: 'longTerm', fields: [field('enum_string3', '区域')] },
  ]);
  expect(await wechat.templates()).toEqual([
    { templateId: 'once', title: '进度通知', mode: 'once', fields: ['thing1', 'time2'] },
    { templateId: 'lasting', title: '停水通知', mode: 'lasting', fields: ['enum_string3'] },
  ]);
});
