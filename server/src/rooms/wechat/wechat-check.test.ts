import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { testDatabaseUrl } from '../../../test/database';
import { templateFields, templateIdOf, templatesInUse } from '../../../test/message-templates';
import { program } from '../../../test/program';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { sealedPush, sendPush } from '../../../test/wechat-pushes';
import type { Template } from '../../foundation/world/wechat-stand-in/templates';
import { checkConnection } from './check-connection';

/** npm run wechat:check as the clerk runs it: the program itself, against the stand-in and a running service. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  // The program has the real time, and WeChat's door believes nothing of another hour.
  server = await startTestServer({ now: Date.now() });
  town = await buildTown(server);
});
afterAll(() => server.close());

interface Said {
  readonly code: number | null;
  readonly lines: readonly string[];
  /** The line about this, without its sign; fails where there is none. */
  about(what: string): string;
}

async function check(change: NodeJS.ProcessEnv = {}): Promise<Said> {
  server.clock.set(Date.now());
  const { config } = server.world;
  const { appid, secret, pushToken, pushKey } = config.wechat;
  const checking = program('wechat-check', {
    ...{ SANDAN_MODE: 'test', DATABASE_URL: await testDatabaseUrl(), KEYS_FILE: config.keysFile },
    ...{ DATA_DIR: config.dataDir, WECHAT_ORIGIN: server.wechat.origin, SANDAN_ORIGIN: server.url },
    ...{ WECHAT_APPID: appid, WECHAT_SECRET: secret, WECHAT_PUSH_TOKEN: pushToken, WECHAT_PUSH_KEY: pushKey },
    ...change,
  });
  const child = spawn(...checking);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const lines = `${out}${err}`.split('\n').filter((line) => line !== '');
  const about = (what: string): string => {
    const line = lines.find((each) => each.slice(2).startsWith(`${what}：`));
    if (line === undefined) throw new Error(`nothing about ${what} in:\n${lines.join('\n')}`);
    return line;
  };
  // Whatever goes wrong, nothing secret stands on a screen that is photographed and sent around.
  for (const secretOne of [secret, pushToken, pushKey]) expect(lines.join()).not.toContain(secretOne);
  return { code: child.exitCode, lines, about };
}

const onlyWrong = ({ lines }: Said): string[] =>
  lines.filter((line) => line.startsWith('✗')).map((line) => line.slice(2).split('：')[0] ?? '');

/** What the county has filled in, as its operator has chosen it in WeChat's console. */
const chosen = (change: Partial<Template> = {}): Template[] =>
  (['progress', 'newTask', 'todo'] as const).map((kind) => ({
    ...{ id: templateIdOf(town, kind), title: `${kind} 通知`, kind: 'oneTime' as const },
    fields: templateFields[kind].map(({ field }) => ({ name: field, title: field })),
    ...(kind === 'progress' ? change : {}),
  }));

test('before the templates are filled in, it says that of each, and that all else is well', async () => {
  const said = await check();
  expect(said.about('取访问凭证')).toBe('✓ 取访问凭证：成功，微信认得 AppID、AppSecret 和这台服务器的地址');
  expect(said.about('消息推送地址')).toMatch(/^✓ .*答对了$/);
  expect(said.about('消息推送密钥')).toMatch(/^✓ /);
  expect(said.about('微信推送过来的')).toContain('点提交');
  expect(onlyWrong(said)).toEqual(Array(3).fill('微信模板'));
  expect(said.lines.filter((line) => line.includes('微信模板'))[0]).toMatch(/没有填.*工作台 - 微信模板/);
  expect(said.code).toBe(1);
});

test('when everything is right it ends with 0; its own probe counts as no push of WeChat’s', async () => {
  await templatesInUse(server, town);
  await server.wechat.setTemplates(chosen());
  const said = await check();
  expect(said.lines.filter((line) => !line.startsWith('✓'))).toEqual([]);
  expect(said.code).toBe(0);
  await server.world.wechatTally.flush();
  const { pushes } = await town.as('admin').ok('wechat.state', {});
  expect(pushes).toMatchObject({ taken: 0, unknown: 0, repeated: 0, refused: [] });
});

const ofTemplates: [string, Partial<Template>, RegExp][] = [
  ['of another number', { id: 'somebodyElses-000000000000' }, /没有编号是 .*我的模板/],
  ['of the other kind', { kind: 'longTerm' }, /在微信那边是长期的，这里填成了一次性/],
  [
    'with other fields',
    {
      fields: [
        { name: 'thing1', title: '事项' },
        { name: 'date9', title: '日期' },
      ],
    },
    /少了 date9，多了 phrase2、name3、time4/,
  ],
];
test.each(ofTemplates)('a template %s is told', async (_, change, words) => {
  await server.wechat.setTemplates(chosen(change));
  const said = await check();
  expect([onlyWrong(said), said.code]).toEqual([['微信模板'], 1]);
  expect(said.lines.find((line) => line.startsWith('✗'))).toMatch(words);
  await server.wechat.setTemplates(chosen());
});

const wrong: [string, NodeJS.ProcessEnv, string, RegExp][] = [
  [
    'another secret',
    { WECHAT_SECRET: 'wrong' },
    '取访问凭证',
    /AppSecret 不对（40125，编号 [\da-f-]{26}）.*WECHAT_SECRET/,
  ],
  ['another appid', { WECHAT_APPID: 'wx0000000000000000' }, '取访问凭证', /AppID 不对.*（40013/],
  ['nobody at that address', { WECHAT_ORIGIN: 'http://127.0.0.1:9' }, '取访问凭证', /微信没有回应.*能不能上外网/],
  ['another Token', { WECHAT_PUSH_TOKEN: 'another' }, '消息推送地址', /HTTP 403.*WECHAT_PUSH_TOKEN.*重启/],
  ['another key', { WECHAT_PUSH_KEY: 'B'.repeat(43) }, '消息推送密钥', /WECHAT_PUSH_KEY.*重启/],
  ['no service there', { SANDAN_ORIGIN: 'http://127.0.0.1:9' }, '消息推送地址', /打不开.*域名、证书、防火墙/],
  ['no address of our own', { SANDAN_ORIGIN: '' }, '消息推送地址', /SANDAN_ORIGIN/],
  ['no database', { DATABASE_URL: 'mysql://app@127.0.0.1:9/none' }, '数据库', /打不开/],
];
test.each(wrong)('%s: the line about it says where to look', async (_, change, what, words) => {
  const said = await check(change);
  expect(said.about(what)).toMatch(/^✗ /);
  expect(said.about(what)).toMatch(words);
  expect(said.code).toBe(1);
});

test('an address that WeChat misses on its list is told, to be copied', async () => {
  await server.wechat.refuseAddress(true);
  const said = await check();
  await server.wechat.refuseAddress(false);
  expect(said.about('取访问凭证')).toMatch(/^✗ .*IP 白名单.*要加的地址：127\.0\.0\.1$/);
  expect(said.about('消息推送地址')).toMatch(/^✓/);
});

test('pushes of which the service believes none say which setting is not that of the console', async () => {
  for (const _ of [1, 2, 3])
    await sendPush(server, sealedPush(server, { Event: 'x' }, { encodingAesKey: 'C'.repeat(43) }));
  await server.world.wechatTally.flush();
  expect((await check()).about('微信推送过来的')).toMatch(/^✗ .*一条也没有收下。解不开：消息加解密密钥/);
});

test('a setting that is missing is named before anything is asked', async () => {
  const asked = (await server.wechat.requests()).length;
  const said = await check({
    SANDAN_MODE: 'production',
    WECHAT_ORIGIN: '',
    WECHAT_PUSH_KEY: '',
    SIGNING_SECRET: 'k'.repeat(40),
  });
  expect(said.lines.join()).toContain('WECHAT_PUSH_KEY 没有设置');
  expect(said.code).toBe(1);
  expect(await server.wechat.requests()).toHaveLength(asked);
});

test('in the demo without a stand-in WeChat itself is not asked with an invented app', async () => {
  const said = await check({ SANDAN_MODE: 'demo', WECHAT_ORIGIN: '' });
  expect([said.lines.length, said.code]).toEqual([1, 1]);
  expect(said.about('设置')).toMatch(/SANDAN_MODE=production/);
});

test('in production the settings are looked at as they are written, and the address as WeChat takes it', async () => {
  const { config } = server.world;
  const never = () => Promise.reject(new Error('not in this test'));
  const wechat = { stableToken: async () => 'token', templates: async () => [] };
  const of = async (given: Partial<typeof config.wechat>, origin: string) => {
    const real = { appid: `wx${'0a'.repeat(8)}`, secret: '0a'.repeat(16), pushToken: 'aToken', origin: null };
    const production = {
      ...config,
      mode: 'production' as const,
      origin,
      wechat: { ...config.wechat, ...real, ...given },
    };
    const checked = await checkConnection({ config: production, wechat, open: never, now: () => new Date() });
    return checked.filter(({ what }) => what === '设置' || what === '对外的网址').map(({ isWell }) => isWell);
  };
  const nowhere = 'https://sandan.invalid';
  expect(await of({}, nowhere)).toEqual([true, true]);
  expect(await of({ appid: 'gh_0123456789ab' }, nowhere)).toEqual([false, true]);
  expect(await of({ secret: ` ${'0a'.repeat(16)}` }, nowhere)).toEqual([false, true]);
  expect(await of({ pushToken: '我的令牌' }, nowhere)).toEqual([false, true]);
  for (const odd of ['http://sandan.invalid', 'https://sandan.invalid:8443', 'https://127.0.0.1', 'https://localhost'])
    expect(await of({}, odd)).toEqual([true, false]);
});
