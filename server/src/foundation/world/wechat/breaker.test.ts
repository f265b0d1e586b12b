import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import type { AppControl } from '../wechat-stand-in/control';
import type { Fault } from '../wechat-stand-in/faults';
import { WechatFailure } from './call';
import { createWechat, type Wechat } from './client';

const settings = { appid: newAppid(), secret: 'the-secret-of-the-app' };
const log = { warn: () => undefined, error: () => undefined };
const clock = sharedClock(Date.UTC(2026, 10, 16, 1));
const observed: string[] = [];
let standIn: AppControl;
let watched: Wechat;
beforeEach(async () => {
  observed.length = 0;
  standIn = await testApp({ ...settings, clockFile: clock.file });
  const observe: Parameters<typeof createWechat>[0]['observe'] = ({ call, outcome, errcode }) =>
    void observed.push(`${call} ${outcome} ${errcode}`);
  watched = createWechat({ ...settings, origin: standIn.origin, log, clock, backoffMs: 1, observe });
});
afterEach(async () => {
  await watched.close();
  await standIn.remove();
  await standIn.close();
});
afterAll(() => clock.remove());

/** Signs in by a code that WeChat does not know. */
const enter = (): Promise<WechatFailure> =>
  watched.codeToSession('code').then(
    () => Promise.reject(new Error('an invented code was taken')),
    (error: unknown) => (error instanceof WechatFailure ? error : Promise.reject(error)),
  );

test('after five calls that found nobody it is not asked for half a minute; one goes ahead, its answer opens the way', async () => {
  await standIn.fault(...Array<Fault>(15).fill('cut'));
  for (let turn = 0; turn < 5; turn += 1) expect((await enter()).kind).toBe('network');
  const asked = (await standIn.requests()).length;
  expect(await enter()).toMatchObject({ kind: 'away', tries: 0 });
  expect(await standIn.requests()).toHaveLength(asked);
  clock.advance(30_000);
  await standIn.fault('badGateway', 'html', 'cut');
  const many = await Promise.all([enter(), enter(), enter()]);
  expect(many.map(({ kind }) => kind).sort()).toEqual(['away', 'away', 'network']);
  expect(await enter()).toMatchObject({ kind: 'away' });
  clock.advance(30_000);
  // A refusal is an answer: WeChat is there again.
  expect((await enter()).kind).toBe('badCode');
  await expect(watched.codeToSession(await standIn.issueCode('o-wang'))).resolves.toMatchObject({ openid: 'o-wang' });
  expect(observed.slice(0, 6)).toEqual([
    ...Array<string>(5).fill('code2Session network null'),
    'code2Session away null',
  ]);
  expect(observed.slice(-2)).toEqual(['code2Session badCode 40029', 'code2Session ok 0']);
});

test('one kind of call that finds nobody does not keep the others from asking', async () => {
  await standIn.seen('o-wang');
  await watched.stableToken();
  await standIn.faultAt('/wxa/msg_sec_check', ...Array<Fault>(15).fill('cut'));
  const check = () => watched.checkText('o-wang', 'comment', '路灯坏了').catch((error: WechatFailure) => error.kind);
  for (let turn = 0; turn < 5; turn += 1) expect(await check()).toBe('network');
  expect(await check()).toBe('away');
  await expect(watched.codeToSession(await standIn.issueCode('o-wang'))).resolves.toMatchObject({ openid: 'o-wang' });
  // Nor does their going well open it.
  expect(await check()).toBe('away');
  clock.advance(30_000);
  expect(await check()).toMatchObject({ suggest: 'pass' });
});

test('answers in between count anew, and an error WeChat tells is no absence', async () => {
  for (let turn = 0; turn < 12; turn += 1) {
    if (turn % 4 === 3) await watched.codeToSession(await standIn.issueCode('o-wang'));
    else await standIn.fault('cut', 'cut', 'cut');
    if (turn % 4 !== 3) expect((await enter()).kind).toBe('network');
  }
  for (let turn = 0; turn < 8; turn += 1) expect((await enter()).kind).toBe('badCode');
});
