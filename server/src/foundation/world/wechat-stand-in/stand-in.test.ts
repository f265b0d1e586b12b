import { createHmac } from 'node:crypto';
import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import { wechatCaller, type WechatReply } from '../../../../test/wechat-caller';
import type { AppControl } from './control';

const appid = newAppid();
const secret = 'the-secret-of-the-app';
const minute = 60_000;
const code2Session = `/sns/jscode2session?appid=${appid}&secret=${secret}&grant_type=authorization_code`;
const stable = { grant_type: 'client_credential', appid, secret };

const clock = sharedClock(Date.UTC(2026, 10, 16, 1));
let standIn: AppControl;

beforeEach(async () => {
  standIn = await testApp({ appid, secret, clockFile: clock.file });
});
afterEach(async () => {
  await standIn.remove();
  await standIn.close();
});
afterAll(() => clock.remove());

const { ask, call, takeToken } = wechatCaller(() => standIn, { appid, secret });
const login = async (openid: string): Promise<WechatReply> =>
  (await ask(`${code2Session}&js_code=${await standIn.issueCode(openid)}`)).reply;

describe('the stand-in of WeChat', () => {
  test('logical errors are HTTP 200 with a request id, logins are text/plain and bear no errcode', async () => {
    const refused = await ask(`${code2Session}&js_code=invented`);
    expect(refused).toMatchObject({ status: 200, type: 'text/plain', reply: { errcode: 40029 } });
    expect(refused.reply.errmsg).toMatch(/^invalid code rid: [\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/);
    expect(Object.keys(await login('o-wang')).sort()).toEqual(['openid', 'session_key']);
    const token = await ask('/cgi-bin/stable_token', stable);
    expect(token.type).toBe('application/json; encoding=utf-8');
    expect(Object.keys(token.reply).sort()).toEqual(['access_token', 'expires_in']);
    await standIn.fault('busy', 'tooOften', { errcode: 40226, errmsg: 'code blocked' });
    for (const errcode of [-1, 45011, 40226])
      expect(await ask(`${code2Session}&js_code=any`)).toMatchObject({ type: 'text/plain', reply: { errcode } });
  });

  test('stable_token gives the same token with fewer seconds to live', async () => {
    const first = await ask('/cgi-bin/stable_token', stable);
    clock.advance(20 * minute);
    const second = await ask('/cgi-bin/stable_token', stable);
    expect(second.reply.access_token).toBe(first.reply.access_token);
    expect([first.reply.expires_in, second.reply.expires_in]).toEqual([7_200, 6_000]);
  });

  test('in its last five minutes a token gets a successor, and for five minutes both work', async () => {
    const old = await takeToken();
    clock.advance(115 * minute);
    expect(await takeToken()).not.toBe(old);
    const withOld = async () => (await ask(`/wxa/checksession?access_token=${old}`)).reply.errcode;
    expect(await withOld()).toBe(40097);
    clock.advance(5 * minute);
    expect(await withOld()).toBe(42001);
  });

  test('force_refresh works twenty times a day and thirty seconds apart', async () => {
    const force = async () =>
      (await ask('/cgi-bin/stable_token', { ...stable, force_refresh: true })).reply.access_token;
    const first = await force();
    clock.advance(29_999);
    expect(await force()).toBe(first);
    const tokens = new Set<string>();
    for (let i = 0; i < 25; i++) {
      clock.advance(30_000);
      tokens.add(await force());
    }
    expect(tokens.size).toBe(19);
  });

  test('every mistake of the caller has its own number', async () => {
    const mistakes: [number, string, unknown?][] = [
      [41002, '/sns/jscode2session'],
      [41004, `/sns/jscode2session?appid=${appid}`],
      [40002, `/sns/jscode2session?appid=${appid}&secret=${secret}`],
      [41008, code2Session],
      [40002, '/cgi-bin/stable_token', { ...stable, grant_type: 'password' }],
      [47001, '/cgi-bin/stable_token', { ...stable, force_refresh: 'true' }],
      [44002, '/cgi-bin/stable_token', ''],
      [47001, '/cgi-bin/stable_token', 'grant_type=client_credential'],
      [47001, '/cgi-bin/stable_token', '[]'],
      [43002, '/cgi-bin/stable_token'],
      [43001, '/sns/jscode2session', {}],
      [41001, '/wxa/msg_sec_check', {}],
      [40014, '/wxa/msg_sec_check?access_token=invented', {}],
      [40066, '/wxa/unknown'],
      [40066, '//'],
    ];
    for (const [errcode, path, body] of mistakes)
      expect([path, (await ask(path, body)).reply.errcode]).toEqual([path, errcode]);
  });

  test('a text check without version 2, with a wrong scene or without words is refused', async () => {
    await standIn.seen('o-wang');
    const path = `/wxa/msg_sec_check?access_token=${await takeToken()}`;
    const good = { version: 2, openid: 'o-wang', scene: 2, content: '路灯坏了' };
    const wrong: [number, object][] = [
      [0, {}],
      [47001, { version: 1 }],
      [47001, { content: 7 }],
      [44002, { content: '' }],
      [40129, { scene: 5 }],
      [40129, { scene: '2' }],
    ];
    for (const [errcode, change] of wrong)
      expect((await ask(path, { ...good, ...change })).reply.errcode).toBe(errcode);
  });

  test('a code without a scene, for an odd page or in an odd size is refused in JSON', async () => {
    const path = `/wxa/getwxacodeunlimit?access_token=${await takeToken()}`;
    const good = { scene: 'a', page: 'pages/open/index' };
    const wrong: [number, object][] = [
      [40129, { scene: undefined }],
      [40129, { scene: 7 }],
      [40169, { scene: 'a'.repeat(33) }],
      [40169, { scene: '碧塘' }],
      [40169, { scene: '50%' }],
      [85096, { scene: 'scancode_time=1' }],
      [41030, { page: '/pages/open/index' }],
      [41030, { page: 'pages/open/index?k=a', check_path: false }],
      [41030, { page: 'pages/nowhere/index' }],
      [40097, { env_version: 'beta' }],
      [40097, { width: 279 }],
      [40097, { width: 1281 }],
    ];
    for (const [errcode, change] of wrong) {
      const { type, reply } = await ask(path, { ...good, ...change });
      expect([change, reply.errcode, type]).toEqual([change, errcode, 'application/json; encoding=utf-8']);
    }
    expect(await standIn.unknownFields()).toEqual([]);
  });

  test('fields that WeChat does not know are reported', async () => {
    await ask('/cgi-bin/stable_token', stable);
    expect(await standIn.unknownFields()).toEqual([]);
    await ask('/cgi-bin/stable_token', { ...stable, forceRefresh: true });
    await ask(`/sns/jscode2session?appid=${appid}&code=1`);
    expect(await standIn.unknownFields()).toEqual([
      'POST /cgi-bin/stable_token: forceRefresh',
      'GET /sns/jscode2session: code',
    ]);
    // Known, and in the wrong place.
    await call(`/wxaapi/newtmpl/gettemplate?appid=${appid}`);
    await call('/wxa/generate_urllink?path=pages/open/index', {
      access_token: 'x',
      expire_type: 1,
      expire_interval: 1,
    });
    expect((await standIn.unknownFields()).slice(2)).toEqual([
      'GET /wxaapi/newtmpl/gettemplate: appid',
      'POST /wxa/generate_urllink: path',
      'POST /wxa/generate_urllink: access_token',
    ]);
  });

  test('a new login makes the session key of the one before void', async () => {
    const [first, second] = [await login('o-wang'), await login('o-wang')];
    const token = await takeToken();
    const check = async (key: string): Promise<number | undefined> => {
      const signature = createHmac('sha256', key).update('').digest('hex');
      const query = `access_token=${token}&openid=o-wang&signature=${signature}&sig_method=hmac_sha256`;
      return (await ask(`/wxa/checksession?${query}`)).reply.errcode;
    };
    expect(await check(String(first.session_key))).toBe(87009);
    expect(await check(String(second.session_key))).toBe(0);
  });

  test('force_refresh kills the token before it at once', async () => {
    const killed = await takeToken();
    await ask('/cgi-bin/stable_token', { ...stable, force_refresh: true });
    expect((await ask(`/wxa/msg_sec_check?access_token=${killed}`, {})).reply.errcode).toBe(40001);
  });

  test('/cgi-bin/token has a pool of its own: a new token each time, the one before it for five minutes more', async () => {
    const plain = `/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`;
    const take = async (): Promise<string> => (await ask(plain)).reply.access_token;
    const stays = await takeToken();
    const [old, fresh] = [await take(), await take()];
    expect(fresh).not.toBe(old);
    const errcodeWith = async (token: string) =>
      (await ask(`/wxaapi/newtmpl/gettemplate?access_token=${token}`)).reply.errcode;
    expect([await errcodeWith(old), await errcodeWith(fresh), await errcodeWith(stays)]).toEqual([0, 0, 0]);
    clock.advance(5 * minute);
    expect([await errcodeWith(old), await errcodeWith(fresh), await errcodeWith(stays)]).toEqual([42001, 0, 0]);
    await ask('/cgi-bin/stable_token', { ...stable, force_refresh: true });
    expect([await errcodeWith(fresh), await errcodeWith(stays)]).toEqual([0, 40001]);
  });

  test('tokens die when told to, each with its number, and the next one is good', async () => {
    for (const [end, errcode] of [
      ['expired', 42001],
      ['superseded', 40001],
      ['unknown', 40014],
    ] as const) {
      const token = await takeToken();
      await standIn.endTokens(end);
      expect((await ask(`/wxaapi/newtmpl/gettemplate?access_token=${token}`)).reply.errcode).toBe(errcode);
      expect((await call('/wxaapi/newtmpl/gettemplate')).errcode).toBe(0);
    }
  });

  test('an address that is not on the list gets no token', async () => {
    await standIn.refuseAddress(true);
    const { reply } = await ask('/cgi-bin/stable_token', stable);
    expect(reply.errcode).toBe(40164);
    expect(reply.errmsg).toMatch(/^invalid ip 127\.0\.0\.1 ipv6 ::ffff:127\.0\.0\.1, not in whitelist rid: /);
    await standIn.refuseAddress(false);
    expect(await takeToken()).toHaveLength(512);
  });

  test('a session key is replaced on demand, by whoever can sign with the old one', async () => {
    const { session_key } = await login('o-wang');
    const signed = (key: string, openid = 'o-wang', method = 'hmac_sha256') => {
      const signature = createHmac('sha256', key).update('').digest('hex');
      return `openid=${openid}&signature=${signature}&sig_method=${method}`;
    };
    const reset = (query: string) => call(`/wxa/resetusersessionkey?${query}`);
    const fresh = await reset(signed(String(session_key)));
    expect(fresh).toMatchObject({ errcode: 0, openid: 'o-wang' });
    expect((await reset(signed(String(session_key)))).errcode).toBe(87009);
    expect((await reset(signed(String(fresh.session_key), 'o-wang', 'md5'))).errcode).toBe(87008);
    expect((await reset(signed('any', 'o-nobody'))).errcode).toBe(87007);
    expect((await call(`/wxa/checksession?${signed(String(fresh.session_key))}`)).errcode).toBe(0);
  });

  test('links live for a minute to thirty days and lead to a released page', async () => {
    clock.set(Math.ceil(clock.now() / 1_000) * 1_000);
    const now = clock.now() / 1_000;
    const day = 86_400;
    const cases: [number, object][] = [
      [0, { path: 'pages/open/index', query: 'k=a', expire_type: 0, expire_time: now + 60 }],
      [0, { expire_time: now + 30 * day }],
      [0, { expire_type: 1, expire_interval: 30 }],
      [0, { path: 'pages/coming/index', env_version: 'trial', expire_type: 1, expire_interval: 1 }],
      [85401, { expire_time: now + 59 }],
      [85401, { expire_time: now + 30 * day + 1 }],
      [85401, {}],
      [85401, { expire_type: 1, expire_interval: 31 }],
      [85401, { expire_type: 1, expire_interval: 0 }],
      [85402, { env_version: 'beta', expire_type: 1, expire_interval: 1 }],
      [40165, { path: '/pages/open/index', expire_type: 1, expire_interval: 1 }],
      [40165, { path: 'pages/coming/index', expire_type: 1, expire_interval: 1 }],
      [40212, { query: 'k'.repeat(1_025), expire_type: 1, expire_interval: 1 }],
    ];
    for (const [errcode, body] of cases) {
      expect([body, (await call('/wxa/generate_urllink', body)).errcode]).toEqual([body, errcode]);
      const { path, query, env_version, ...expiry } = body as Record<string, unknown>;
      const scheme = { jump_wxa: { path, query, env_version }, is_expire: true, ...expiry };
      expect([scheme, (await call('/wxa/generatescheme', scheme)).errcode]).toEqual([scheme, errcode]);
    }
    const forever = { expire_type: 1, expire_interval: 1 };
    expect((await call('/wxa/generate_urllink', forever)).url_link).toMatch(/^https:\/\/wxaurl\.cn\/[\w-]+$/);
    expect((await call('/wxa/generatescheme', forever)).openlink).toMatch(/^weixin:\/\/dl\/business\/\?t=[\w-]+$/);
    expect(await standIn.unknownFields()).toEqual([]);
  });

  test('a quota counts what was asked today, can be cleared ten times a month, and WeChat says from where it speaks', async () => {
    const path = '/cgi-bin/getcallbackip';
    expect((await call(path)).ip_list).toEqual(['127.0.0.1']);
    await call(path);
    const quota = async () => (await call('/cgi-bin/openapi/quota/get', { cgi_path: path })).quota;
    expect(await quota()).toMatchObject({ used: 2, remain: 999_998 });
    expect((await call('/cgi-bin/openapi/quota/get', { cgi_path: '/sns/jscode2session' })).errcode).toBe(76021);
    const clear = async () => (await call('/cgi-bin/clear_quota', { appid })).errcode;
    expect(await clear()).toBe(0);
    expect(await quota()).toMatchObject({ used: 0 });
    clock.advance(1);
    await call(path);
    expect(await quota()).toMatchObject({ used: 1 });
    for (let turn = 1; turn < 10; turn += 1) expect(await clear()).toBe(0);
    expect(await clear()).toBe(48006);
    clock.advance(24 * 60 * minute);
    expect(await quota()).toMatchObject({ used: 0 });
  });

  test('faults meet the path they are for, refusals the number of times; an outage lasts until it is over', async () => {
    await standIn.faultAt('/cgi-bin/getcallbackip', 'tooOften');
    await standIn.refuse('/cgi-bin/getcallbackip', 48001, 'api unauthorized', 2);
    expect((await call('/wxaapi/newtmpl/gettemplate')).errcode).toBe(0);
    const asked = [1, 2, 3, 4].map(() => async () => (await call('/cgi-bin/getcallbackip')).errcode);
    const outcomes: unknown[] = [];
    for (const each of asked) outcomes.push(await each());
    expect(outcomes).toEqual([45011, 48001, 48001, undefined]);
    await standIn.outage(true);
    for (const _ of [1, 2, 3]) await expect(ask('/cgi-bin/stable_token', stable)).rejects.toThrow();
    await standIn.fault('busy');
    expect(await standIn.faultsAhead()).toEqual({ outage: true, next: ['busy'] });
    await standIn.noFaults();
    expect(await takeToken()).toHaveLength(512);
  });
});
