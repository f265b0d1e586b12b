import { ulid } from 'ulid';
import { problems, type ProblemCode } from '@sandan/shared/problems';
import { errcodes, errcodeWords, whoActs } from '@sandan/shared/wechat/errcodes.words';
import { bindingJourney, type Newcomer } from '../../../test/binding-journey';
import { clientOf } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { WechatFailure, type WechatFailureKind } from '../../foundation/world/wechat/call';
import { verdictOfFailure } from '../../foundation/checks/judge-words';

/**
 * The errcodes of wechat.md, section by section, as they stand there: what is tried below is compared with this list, so
 * that none is forgotten. Section 1 is of every call; -1008 (§6.2) comes in a push.
 */
const ofTheDocument = {
  1: [
    ...[-1, 40001, 40014, 42001, 40002, 40013, 40125, 41002, 41004, 40164, 40243, 50007, 50004],
    ...[41001, 43002, 44002, 47001, 45009, 45011, 44990, 44991, 44993, 48001, 48006, 89503, 89506, 89507],
  ],
  2: [40029, 40163, 40226, 45011, 87009, -1, 40097, 87007, 87008],
  3: [40001, 40014, 42001],
  4: [40029, 40013, 45011, -1],
  5: [43101, 47003, 40037, 40003, 41030, 43107, 43108, 45168],
  6: [...[40001, 40003, 40129, 43002, 43104, 44002, 44991, 45009, 47001, 61010, -1, 87014], ...[40004, 87020, -1008]],
  7: [
    ...[40129, 40169, 41030, 40097, 85096, 40159, 45029, 40165, 40212, 44990, 44993],
    ...[85079, 85401, 85402, 85406, 85407, 85408],
  ],
} as const;

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
  const { meaning, todo, who } = errcodeWords(errcode, call);
  // A call that is made again because its token was refused is seen twice.
  const times = timesOf(errcode) === 2 ? 2 : 1;
  expect(seen).toMatchObject({ meaning, todo, who, times, rid: '0a1b2c3d-0a1b2c3d-0a1b2c3d' });
  expect(whoActs[who]).toBeTruthy();
}

/** 登录: his own code is asked anew, a block by WeChat is told neutrally, everything else is none of his doing. */
const atSignIn: readonly (readonly [ProblemCode, counts: boolean, ...errcodes: number[]])[] = [
  ['sign-in.bad-code', true, 40029, 40163],
  ['sign-in.blocked', true, 40226],
  // The last ones answer calls that we do not make (wechat.md §2.2, §2.3).
  ['sign-in.refused', false, 41001, 43002, 44002, 47001, 40097, 87007, 87008, 87009],
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
    expect(problems[code][1]).toMatch(code === 'sign-in.blocked' ? /找网格员/ : /再试|稍后/);
    await operatorSees('code2Session', errcode);
  },
);

/** 手机号: press again, or wait. */
const atPhone: readonly (readonly [ProblemCode, ...errcodes: number[]])[] = [
  ['binding.bad-code', 40029, 40013],
  ['binding.wechat-busy', -1, 40001, 40014, 42001, 45011],
];
test.each(atPhone.flatMap(([code, ...all]) => all.map((errcode) => ({ errcode, code }))))(
  '手机号 $errcode: $code',
  async ({ errcode, code }) => {
    await refuse('/wxa/business/getuserphonenumber', errcode);
    const body = { actionId: ulid(), code: await server.wechat.issuePhoneCode(newcomer.openid, '15400000009') };
    expect(await newcomer.client.refused('bindings.phone', { body })).toBe(code);
    await operatorSees('getPhoneNumber', errcode);
  },
);

/** In the background nobody waits for an answer: what the rooms go by. */
const send = () => server.world.wechat.sendMessage({ openid, templateId: 't', values: {}, page: 'pages/open/index' });
const checkText = () => server.world.wechat.checkText(openid, 'forum', '村口路灯不亮');
const checkMedia = () =>
  server.world.wechat.checkMedia({ openid, scene: 'forum', url: 'https://sandan.example/a.jpg', kind: 'image' });
const code = () => server.world.wechat.unlimitedCode({ scene: 'k', page: 'pages/open/index', envVersion: 'release' });
const urlLink = () => server.world.wechat.urlLink({ page: 'pages/open/index', query: 'k=abc', envVersion: 'release' });

interface Background {
  readonly call: string;
  readonly path: string;
  readonly ask: () => Promise<unknown>;
  readonly kinds: Partial<Record<WechatFailureKind, readonly number[]>>;
  /** What becomes of what the person has written or wants to have; of messages the inbox has each, whatever WeChat says. */
  readonly sees?: (failure: WechatFailure) => unknown;
}
const checked = (failure: WechatFailure) => verdictOfFailure(failure).verdict;
const withAPerson: readonly number[] = [40003, 43104, 61010, 40129, 43002, 44002, 47001, 87014, 40004, 87020];
const background: readonly Background[] = [
  {
    ...{ call: 'sendSubscribeMessage', path: '/cgi-bin/message/subscribe/send', ask: send },
    kinds: {
      ...{ noConsent: [43101], badValue: [47003], configuration: [40037, 41030, 43107], unknownPerson: [40003] },
      ...{ overlapping: [43108], forbiddenWords: [45168], busy: [-1], tooOften: [45009, 45011] },
    },
  },
  {
    ...{ call: 'msgSecCheck', path: '/wxa/msg_sec_check', ask: checkText, sees: checked },
    kinds: {
      ...{ unknownPerson: [40003, 43104], inactive: [61010], refused: [40129, 43002, 44002, 47001, 87014] },
      ...{ staleToken: [40001, 40014, 42001], tooOften: [44991, 45009], busy: [-1] },
    },
  },
  {
    ...{ call: 'mediaCheckAsync', path: '/wxa/media_check_async', ask: checkMedia, sees: checked },
    kinds: {
      ...{ refused: [40004, 87020], unknownPerson: [40003, 43104], inactive: [61010], staleToken: [40001] },
      ...{ tooOften: [44991, 45009], busy: [-1] },
    },
  },
  {
    // The last ones answer calls that we do not make: were they ever to come, the operator would read what they mean.
    ...{ call: 'getUnlimitedQRCode', path: '/wxa/getwxacodeunlimit', ask: code },
    kinds: {
      ...{ configuration: [41030], tooOften: [44990, 44993] },
      refused: [...[40129, 40169, 85096, 40097, 48006], ...[40159, 45029, 87007, 87008, 87009]],
    },
  },
  {
    ...{ call: 'generateUrlLink', path: '/wxa/generate_urllink', ask: urlLink },
    kinds: {
      ...{ refused: [40165, 40212, 85401, 85402], configuration: [85079, 85407, 85408], tooOften: [85406] },
    },
  },
];
const cases = background.flatMap(({ kinds, ...of }) =>
  Object.entries(kinds).flatMap(([kind, all]) => all.map((errcode) => ({ ...of, kind, errcode }))),
);

test.each(cases)('$call $errcode: $kind', async ({ call, path, ask, kind, errcode, sees }) => {
  await refuse(path, errcode);
  const failure = await ask().catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(WechatFailure);
  expect(failure).toMatchObject({ kind, errcode, mayBeDone: false });
  const verdict = withAPerson.includes(errcode) ? 'unjudged' : 'away';
  if (sees) expect(sees(failure as WechatFailure)).toBe(verdict);
  await operatorSees(call, errcode);
});

test('no number of wechat.md is without words, and none is left untried', () => {
  const at = (...calls: string[]) => cases.filter(({ call }) => calls.includes(call)).map(({ errcode }) => errcode);
  const signIn = atSignIn.flatMap(([, , ...all]) => all);
  const phone = atPhone.flatMap(([, ...all]) => all);
  // Its verdict comes in a push: reviews.test.ts.
  const checks = [...at('msgSecCheck', 'mediaCheckAsync'), -1008];
  const codes = at('getUnlimitedQRCode', 'generateUrlLink');
  const everywhere = [...signIn, ...phone, ...at('sendSubscribeMessage'), ...checks, ...codes];
  const tried: Record<keyof typeof ofTheDocument, readonly number[]> = {
    ...{ 1: everywhere, 2: signIn, 3: checks, 4: phone, 5: at('sendSubscribeMessage'), 6: checks, 7: codes },
  };
  for (const section of [1, 2, 3, 4, 5, 6, 7] as const)
    expect([section, ofTheDocument[section].filter((errcode) => !tried[section].includes(errcode))]).toEqual([
      section,
      [],
    ]);
  const inOrder = (numbers: readonly number[]) => [...new Set(numbers)].sort((one, other) => one - other);
  expect(inOrder(Object.keys(errcodes).map(Number))).toEqual(inOrder(Object.values(ofTheDocument).flat()));
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
