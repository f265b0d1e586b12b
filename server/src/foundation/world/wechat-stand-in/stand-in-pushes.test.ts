import { createDecipheriv, createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '../../../../test/web-process';
import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import type { AppControl } from './control';
import type { PushAddress } from './push-address';

/** Pushes as wechat.md §8 says them, read here without any of our own code: by node:crypto alone. */
const app = { appid: newAppid(), secret: 'the-secret-of-the-app' };
const clock = sharedClock(Date.UTC(2026, 10, 16, 1));
const token = 'tokenOfTheConsole';
const encodingAesKey = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP0';

interface Heard {
  readonly method: string;
  readonly query: Record<string, string>;
  readonly body: string;
}
let heard: Heard[] = [];
/** What the next requests are answered; then `success`. */
let answers: { status: number; body: string; afterMs?: number }[] = [];
let server: Server;
let standIn: AppControl;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://here').searchParams);
    heard.push({ method: request.method ?? '', query, body: await text(request) });
    const { status, body, afterMs = 0 } = answers.shift() ?? { status: 200, body: query['echostr'] ?? 'success' };
    setTimeout(() => response.writeHead(status).end(body), afterMs).unref();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  clock.remove();
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  heard = [];
  answers = [];
  standIn = await testApp({ ...app, clockFile: clock.file });
});
afterEach(async () => {
  await standIn.remove();
  await standIn.close();
});

async function pushTo(change: Partial<PushAddress> = {}): Promise<void> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/wechat/push`;
  await standIn.setPush({ url, token, encodingAesKey, mode: 'safe', format: 'json', ...change });
}
const closing = { event: 'user_authorization_cancellation', openid: 'o-wang', fields: { OpenID: 'o-wang' } };
const sha1 = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

/** §8, step by step: key, IV, block of 32, random, length, message, appid. */
function opened(sealed: string): { message: string; appid: string } {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]);
  expect(plain.length % 32).toBe(0);
  const inner = plain.subarray(0, plain.length - (plain.at(-1) ?? 0));
  const end = 20 + inner.readUInt32BE(16);
  return { message: inner.subarray(20, end).toString(), appid: inner.subarray(end).toString() };
}

test('the console tries an address out by an echo, signed', async () => {
  await pushTo();
  expect(await standIn.checkAddress()).toMatchObject({ status: 200, taken: true });
  const { method, query } = heard[0] ?? {};
  expect(method).toBe('GET');
  expect(query?.['signature']).toBe(sha1(token, query?.['timestamp'] ?? '', query?.['nonce'] ?? ''));
  answers = [{ status: 200, body: 'success' }];
  expect(await standIn.checkAddress()).toMatchObject({ taken: false });
  await standIn.checkAddress('signature');
  const wrong = heard[2]?.query ?? {};
  expect(wrong['signature']).not.toBe(sha1(token, wrong['timestamp'] ?? '', wrong['nonce'] ?? ''));
});

test.each(['json', 'xml'] as const)(
  'a sealed push in %s is signed over its seal, and bears the time of its app',
  async (format) => {
    await pushTo({ format });
    clock.advance(3_600_000);
    expect(await standIn.push(closing)).toMatchObject({ taken: true, tries: 1, at: clock.now() });
    const { query = {}, body = '' } = heard[0] ?? {};
    const sealed =
      format === 'json'
        ? String((JSON.parse(body) as Record<string, string>)['Encrypt'])
        : String(/<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(body)?.[1]);
    const { timestamp = '', nonce = '' } = query;
    expect(Number(timestamp)).toBe(clock.now() / 1_000);
    expect(query).toMatchObject({
      encrypt_type: 'aes',
      openid: 'o-wang',
      msg_signature: sha1(token, timestamp, nonce, sealed),
    });
    const { message, appid } = opened(sealed);
    expect(appid).toBe(app.appid);
    const told =
      format === 'json'
        ? `"FromUserName":"o-wang","CreateTime":${timestamp},"MsgType":"event","Event":"user_authorization_cancellation"`
        : `<FromUserName><![CDATA[o-wang]]></FromUserName><CreateTime>${timestamp}</CreateTime>`;
    expect(message).toContain(told);
    expect(body).not.toContain('o-wang');
  },
);

test('an open push is not sealed; a compatible one is both', async () => {
  await pushTo({ mode: 'plain' });
  await standIn.push(closing);
  await pushTo({ mode: 'compatible' });
  await standIn.push(closing);
  await pushTo({ mode: 'compatible', format: 'xml' });
  await standIn.push(closing);
  const [plain, both, xml] = heard;
  expect(plain?.query).not.toHaveProperty('msg_signature');
  expect(JSON.parse(plain?.body ?? '')).toMatchObject({ Event: closing.event, OpenID: 'o-wang' });
  const body = JSON.parse(both?.body ?? '') as Record<string, string>;
  expect(body).toMatchObject({ Event: closing.event, OpenID: 'o-wang' });
  expect(opened(body['Encrypt'] ?? '').message).toContain('"OpenID":"o-wang"');
  expect(xml?.body).toMatch(/^<xml>.*<OpenID>.*<Encrypt>.*<\/xml>$/s);
});

test('what is not taken is sent three times: refused, answered with other words, or not in time', async () => {
  // Real time: long enough for a busy machine.
  await pushTo({ timeoutMs: 1_500 });
  answers = [500, 500, 500].map((status) => ({ status, body: 'success' }));
  expect(await standIn.push(closing)).toMatchObject({ taken: false, tries: 3, status: 500 });
  answers = [{ status: 200, body: '{"ok":true}' }];
  expect(await standIn.push(closing)).toMatchObject({ taken: true, tries: 2 });
  answers = [{ status: 200, body: 'success', afterMs: 30_000 }];
  expect(await standIn.push(closing)).toMatchObject({ taken: true, tries: 2 });
  answers = [{ status: 200, body: '' }];
  expect(await standIn.push(closing)).toMatchObject({ taken: true, tries: 1 });
  expect(heard).toHaveLength(8);
});

test('a spoilt one is wrong in the one thing that is asked for', async () => {
  await pushTo();
  for (const spoilt of ['signature', 'appid', 'cipher'] as const) await standIn.push(closing, spoilt);
  const [signature, appid, cipher] = heard.map(({ query, body }) => {
    const sealed = String((JSON.parse(body) as Record<string, string>)['Encrypt']);
    return {
      sealed,
      signed: query['msg_signature'] === sha1(token, query['timestamp'] ?? '', query['nonce'] ?? '', sealed),
    };
  });
  expect([signature?.signed, appid?.signed, cipher?.signed]).toEqual([false, true, true]);
  expect(opened(signature?.sealed ?? '').appid).toBe(app.appid);
  expect(opened(appid?.sealed ?? '').appid).not.toBe(app.appid);
});

test('of subscriptions it tells one item without a list around it, several with one, numbers as strings; XML wraps them', async () => {
  await pushTo({ mode: 'plain' });
  await standIn.answerPopup('o-wang', { a: 'accept' });
  await standIn.answerPopup('o-wang', { a: 'accept', b: 'reject' });
  await standIn.withdraw('o-wang', 'a');
  await standIn.deliverPushes();
  const [one, two, gone] = heard.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  const item = { TemplateId: 'a', SubscribeStatusString: 'accept', PopupScene: '0' };
  expect(one).toMatchObject({
    Event: 'subscribe_msg_popup_event',
    CreateTime: String(clock.now() / 1_000),
    List: item,
  });
  expect(two?.['List']).toEqual([item, { ...item, TemplateId: 'b', SubscribeStatusString: 'reject' }]);
  expect(gone).toMatchObject({
    Event: 'subscribe_msg_change_event',
    List: { TemplateId: 'a', SubscribeStatusString: 'reject' },
  });
  heard = [];
  await pushTo({ mode: 'plain', format: 'xml' });
  await standIn.answerPopup('o-wang', { a: 'accept', b: 'accept' });
  await standIn.deliverPushes();
  expect(heard[0]?.body).toMatch(
    /<SubscribeMsgPopupEvent>(<List><TemplateId>.*?<\/List>){2}<\/SubscribeMsgPopupEvent><\/xml>$/,
  );
});

test('whoever closes his account is forgotten, and the server hears of it', async () => {
  await pushTo({ mode: 'plain' });
  await standIn.grant('o-wang', 'a', 2);
  await standIn.closeAccount('o-wang');
  await standIn.revoke('o-li', '8');
  expect(await standIn.left('o-wang', 'a')).toBe(0);
  await standIn.deliverPushes();
  expect(heard.map(({ body }) => JSON.parse(body) as object)).toEqual([
    expect.objectContaining({ Event: 'user_authorization_cancellation', OpenID: 'o-wang', AppID: app.appid }),
    expect.objectContaining({ Event: 'user_authorization_revoke', OpenID: 'o-li', RevokeInfo: '8' }),
  ]);
});

test('with its own clock a push leaves by itself', async () => {
  await pushTo({ mode: 'plain', byItself: true });
  await standIn.revoke('o-wang', '8');
  await until(async () => (await standIn.pushOutcomes()).length > 0);
  expect(heard).toHaveLength(1);
  expect(await standIn.waitingPushes()).toEqual([]);
});
