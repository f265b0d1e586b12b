import { createHmac } from 'node:crypto';
import { movableClock } from '../clock';
import { startWechatStandIn, type WechatStandIn } from './stand-in';

const appid = 'wx00112233445566ff';
const secret = 'the-secret-of-the-app';
const minute = 60_000;
const code2Session = `/sns/jscode2session?appid=${appid}&secret=${secret}&grant_type=authorization_code`;
const stable = { grant_type: 'client_credential', appid, secret };

const clock = movableClock(Date.UTC(2026, 10, 16, 1));
let standIn: WechatStandIn;

beforeEach(async () => {
  standIn = await startWechatStandIn({ appid, secret, clock });
});
afterEach(() => standIn.close());

/** What a plain HTTP caller sees. */
async function ask(path: string, body?: unknown): Promise<{ type: string | null; status: number; reply: Reply }> {
  const init =
    body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${standIn.origin}${path}`, init);
  return {
    type: response.headers.get('content-type'),
    status: response.status,
    reply: (await response.json()) as Reply,
  };
}
type Reply = Record<string, unknown> & { errcode?: number; access_token: string; expires_in: number };

const login = async (openid: string): Promise<Reply> =>
  (await ask(`${code2Session}&js_code=${standIn.issueCode(openid)}`)).reply;
const takeToken = async (): Promise<string> => (await ask('/cgi-bin/stable_token', stable)).reply.access_token;

describe('the stand-in of WeChat', () => {
  test('logical errors are HTTP 200 with a request id, logins are text/plain and bear no errcode', async () => {
    const refused = await ask(`${code2Session}&js_code=invented`);
    expect(refused).toMatchObject({ status: 200, type: 'text/plain', reply: { errcode: 40029 } });
    expect(refused.reply.errmsg).toMatch(/^invalid code rid: [\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/);
    expect(Object.keys(await login('o-wang')).sort()).toEqual(['openid', 'session_key']);
    const token = await ask('/cgi-bin/stable_token', stable);
    expect(token.type).toBe('application/json; encoding=utf-8');
    expect(Object.keys(token.reply).sort()).toEqual(['access_token', 'expires_in']);
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
    expect(await withOld()).toBe(87008);
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
    standIn.seen('o-wang');
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
    expect(standIn.unknownFields).toEqual([]);
  });

  test('fields that WeChat does not know are reported', async () => {
    await ask('/cgi-bin/stable_token', stable);
    expect(standIn.unknownFields).toEqual([]);
    await ask('/cgi-bin/stable_token', { ...stable, forceRefresh: true });
    await ask('/sns/jscode2session?code=1');
    expect(standIn.unknownFields).toEqual([
      'POST /cgi-bin/stable_token: forceRefresh',
      'GET /sns/jscode2session: code',
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
});
