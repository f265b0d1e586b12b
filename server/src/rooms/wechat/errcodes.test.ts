import { ulid } from 'ulid';
import { problems, type ProblemCode } from '@sandan/shared/problems';
import { errcodes, errcodeWords, whoActs } from '@sandan/shared/wechat/errcodes.words';
import { bindingJourney, type Newcomer } from '../../../test/binding-journey';
import { clientOf } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { createWechat } from '../../foundation/world/wechat/client';
import { WechatFailure, type WechatFailureKind } from '../../foundation/world/wechat/call';
import { checkConnection } from './check-connection';

/** Every errcode of wechat.md §1–7, through the real client: what the person sees, and what the operator sees. */
let server: TestServer;
let town: Town;
let newcomer: Newcomer;
beforeAll(async () => {
  // A week of its own: failures of sign-in count by the address, and all tests have the same one.
  server = await startTestServer({ now: Date.parse('2026-10-20T01:00:00Z') });
  town = await buildTown(server);
  newcomer = await bindingJourney(() => ({ server, town })).newcomer();
  server.clock.advance(1_000);
});
afterAll(() => server.close());

const openid = 'oSomebody';
/** What answers -1 is asked three times, what refuses the token twice. */
const timesOf = (errcode: number): number =>
  (({ [-1]: 3, 40001: 2, 40014: 2, 42001: 2 }) as Record<number, number>)[errcode] ?? 1;
const errmsgOf = (errcode: number): string =>
  errcode === 40164 ? 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist' : `refused with ${errcode}`;
const refuse = (path: string, errcode: number) =>
  server.wechat.refuse(path, errcode, `${errmsgOf(errcode)} rid: 0a1b2c3d-0a1b2c3d-0a1b2c3d`, timesOf(errcode));

async function operatorSees(call: string, errcode: number): Promise<void> {
  await server.world.wechatTally.flush();
  const { calls } = await town.as('admin').ok('wechat.state', {});
  const seen = calls.find((each) => each.call === call)?.failures.find((each) => each.errcode === errcode);
  const { meaning, todo, who } = errcodeWords(errcode);
  expect(seen).toMatchObject({ meaning, todo, who, times: 1, rid: '0a1b2c3d-0a1b2c3d-0a1b2c3d' });
  expect(whoActs[who]).toBeTruthy();
}

/** 登录: his own code is asked anew, a block by WeChat is told neutrally, everything else is none of his doing. */
const atSignIn: readonly (readonly [ProblemCode, counts: boolean, ...errcodes: number[]])[] = [
  ['sign-in.bad-code', true, 40029, 40163],
  ['sign-in.refused', true, 40226],
  ['sign-in.refused', false, 41001, 43002, 44002, 47001],
  ['sign-in.wechat-busy', false, -1, 45009, 45011, 44990, 44991, 44993],
  ['sign-in.wechat-busy', false, 40002, 40013, 40125, 41002, 41004, 40164, 40243, 48001, 50004, 50007],
  ['sign-in.wechat-busy', false, 89503, 89506, 89507],
];
const failures = async (): Promise<number> =>
  (await server.world.database.reading.query('SELECT 1 FROM sign_in_failure')).length;

test.each(atSignIn.flatMap(([code, counts, ...all]) => all.map((errcode) => ({ errcode, code, counts }))))(
  '登录 $errcode: $code',
  async ({ errcode, code, counts }) => {
    await refuse('/sns/jscode2session', errcode);
    const before = await failures();
    const body = { code: await server.wechat.issueCode(`openid-${ulid()}`) };
    expect(await clientOf(server.url).refused('people.signInWithWechat', { body })).toBe(code);
    expect((await failures()) - before).toBe(counts ? 1 : 0);
    expect(problems[code][1]).toMatch(/再试|稍后/);
    await operatorSees('code2Session', errcode);
  },
);

/** 手机号: press again, or wait. */
const atPhone: readonly (readonly [ProblemCode, ...errcodes: number[]])[] = [
  ['binding.bad-code', 40029],
  ['binding.wechat-busy', -1, 40001, 40014, 42001, 40013, 45011],
];
test.each(atPhone.flatMap(([code, ...all]) => all.map((errcode) => ({ errcode, code }))))(
  '手机号 $errcode: $code',
  async ({ errcode, code }) => {
    await refuse('/wxa/business/getuserphonenumber', errcode);
    const body = { actionId: ulid(), code: await server.wechat.issuePhoneCode(newcomer.openid, '15400000009') };
    expect(await newcomer.client.refused('bindings.phone', { body })).toBe(code);
    const { times } = { times: timesOf(errcode) === 2 ? 2 : 1 };
    await server.world.wechatTally.flush();
    const { calls } = await town.as('admin').ok('wechat.state', {});
    const seen = calls.find(({ call }) => call === 'getPhoneNumber')?.failures.find((each) => each.errcode === errcode);
    expect(seen).toMatchObject({ ...errcodeWords(errcode), times });
  },
);

/** In the background nobody waits for an answer: what the rooms go by. */
const send = () => server.world.wechat.sendMessage({ openid, templateId: 't', values: {}, page: 'pages/open/index' });
const checkText = () => server.world.wechat.checkText(openid, 'forum', '村口路灯不亮');
const checkMedia = () =>
  server.world.wechat.checkMedia({ openid, scene: 'forum', url: 'https://sandan.example/a.jpg', kind: 'image' });
const code = () => server.world.wechat.unlimitedCode({ scene: 'k', page: 'pages/open/index', envVersion: 'release' });
const urlLink = () => server.world.wechat.urlLink({ page: 'pages/open/index', query: 'k=abc', envVersion: 'release' });

type Background = readonly [
  call: string,
  path: string,
  ask: () => Promise<unknown>,
  ...kinds: (readonly [kind: WechatFailureKind, ...errcodes: number[]])[],
];
const background: readonly Background[] = [
  [
    ...(['sendSubscribeMessage', '/cgi-bin/message/subscribe/send', send] as const),
    ...([
      ['noConsent', 43101],
      ['badValue', 47003],
      ['configuration', 40037, 41030, 43107],
      ['unknownPerson', 40003],
      ['overlapping', 43108],
      ['forbiddenWords', 45168],
    ] as const),
  ],
  [
    ...(['msgSecCheck', '/wxa/msg_sec_check', checkText] as const),
    ...([
      ['unknownPerson', 43104],
      ['inactive', 61010],
      ['refused', 40129, 87014],
    ] as const),
  ],
  ['mediaCheckAsync', '/wxa/media_check_async', checkMedia, ['refused', 40004, 87020]],
  // The last ones answer calls that we do not make: were they ever to come, the operator would read what they mean.
  [
    ...(['getUnlimitedQRCode', '/wxa/getwxacodeunlimit', code] as const),
    ['refused', 40097, 40159, 40169, 45029, 48006, 85096, 87007, 87008, 87009],
  ],
  [
    ...(['generateUrlLink', '/wxa/generate_urllink', urlLink] as const),
    ['refused', 40165, 40212, 85401, 85402],
    ['configuration', 85079, 85407, 85408],
    ['tooOften', 85406],
  ],
];
const cases = background.flatMap(([call, path, ask, ...kinds]) =>
  kinds.flatMap(([kind, ...all]) => all.map((errcode) => ({ call, path, ask, kind, errcode }))),
);

test.each(cases)('$call $errcode: $kind', async ({ call, path, ask, kind, errcode }) => {
  await refuse(path, errcode);
  const failure = await ask().catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(WechatFailure);
  expect(failure).toMatchObject({ kind, errcode, mayBeDone: false });
  await operatorSees(call, errcode);
});

test('no number of wechat.md is without words, and none is left untried', () => {
  const tried = [
    ...atSignIn.flatMap(([, , ...all]) => all),
    ...atPhone.flatMap(([, ...all]) => all),
    ...cases.map(({ errcode }) => errcode),
    // Comes in a push, not as an answer (§6.2).
    -1008,
  ];
  expect([...new Set(tried)].sort((one, other) => one - other)).toEqual(
    Object.keys(errcodes)
      .map(Number)
      .sort((one, other) => one - other),
  );
});

test('alarms first: what somebody has to mend, with the address to be added; gone when it goes well again', async () => {
  const titles = async () => {
    await server.world.wechatTally.flush();
    return (await town.as('admin').ok('wechat.state', {})).alarms;
  };
  expect(await titles()).toContainEqual({
    title: '登录：服务器的地址不在 IP 白名单里（40164）',
    words: expect.stringContaining('203.0.113.7') as string,
  });
  server.clock.advance(1_000);
  await bindingJourney(() => ({ server, town })).newcomer();
  expect((await titles()).filter(({ title }) => title.startsWith('登录：'))).toEqual([]);
});

test('an hour without WeChat is seen as what it is, and a punishment stands above all', async () => {
  await server.wechat.outage(true);
  for (let times = 0; times < 6; times += 1) await checkText().catch(() => undefined);
  await server.wechat.outage(false);
  server.world.wechatTally.push({ outcome: 'taken', punishes: true });
  server.world.wechatTally.push({ outcome: 'refused', fault: 'stale' });
  await server.world.wechatTally.flush();
  const { alarms, calls, pushes, appid, settings } = await town.as('admin').ok('wechat.state', {});
  const failed = calls.find(({ call }) => call === 'msgSecCheck')?.failures.map(({ meaning }) => meaning);
  expect(failed).toEqual(expect.arrayContaining(['微信没有回应，或中途断了', '微信连续没有回应，先停半分钟不问']));
  expect(alarms[0]?.title).toBe('微信处罚了小程序');
  expect(pushes).toMatchObject({ taken: 1, refused: [{ times: 1, words: expect.stringContaining('时钟') as string }] });
  expect([appid, settings.map(({ isReal }) => isReal)]).toEqual([
    server.world.config.wechat.appid,
    [false, false, false, false],
  ]);
});

test('npm run wechat:check says which setting is wrong, and the address that WeChat misses', async () => {
  const { config, log } = server.world;
  const open = { ...config, mode: 'production', origin: server.url } as const;
  const wechat = createWechat({ ...config.wechat, origin: server.wechat.origin, log });
  const check = async (given = open) => (await checkConnection(given, wechat)).map(({ isWell }) => isWell);
  await server.wechat.refuse('/cgi-bin/stable_token', 40164, errmsgOf(40164));
  const [, token] = await checkConnection(open, wechat);
  expect(token?.words).toContain('要加的地址：203.0.113.7');
  await server.wechat.refuse('/cgi-bin/stable_token', 40125, 'invalid appsecret');
  expect((await checkConnection(open, wechat))[1]?.words).toMatch(/AppSecret 不对（40125/);
  server.clock.advance(Date.now() - server.clock.now());
  expect(await check()).toEqual([true, true, true]);
  expect(await check({ ...open, wechat: { ...config.wechat, pushToken: 'another' } })).toEqual([true, true, false]);
  expect(await check({ ...open, origin: 'http://127.0.0.1:9' })).toEqual([true, true, false]);
  await wechat.close();
});
