import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { say } from '../../../test/raw-socket';
import { eventOf, secondsNow, sealedPush, secretsOf, sendPush } from '../../../test/wechat-pushes';
import { createApp } from '../../app';
import { startWebServer } from '../../foundation/http/web-server';
import vectors from '../../foundation/world/wechat/vectors.json';
import { isSigned, openPush, pushSignature } from '../../foundation/world/wechat/push-cipher';
import type { PushHandler } from '../../foundation/world/wechat/push-handler';
import { readPush } from '../../foundation/world/wechat/push-message';
import { keepHouse } from '../../housekeeping';
import { takePush } from './pushes.service';
import { TakenPush } from './wechat-push.entity';

const { messagePush } = vectors;
const { urlCheck, plain, safe, reply } = messagePush;

/** With WeChat's own sample settings, in the hour of its sample. */
let server: TestServer;
beforeAll(async () => {
  const { token: pushToken, encodingAESKey: pushKey, appid } = messagePush;
  const wechat = {
    appid,
    pushToken,
    pushKey,
    secret: 'of the tests',
    origin: null,
    standIn: null,
    envVersion: 'release',
  } as const;
  server = await startTestServer({ now: Number(safe.timestamp) * 1_000, config: { wechat } });
});
afterAll(() => server.close());

const address = '/api/wechat/push';
const ask = (query: Record<string, string>) => fetch(`${server.url}${address}?${new URLSearchParams(query)}`);
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const refused = async (response: Response, status = 403, code = 'wechat.not-believed') =>
  expect([response.status, await codeOf(response)]).toEqual([status, code]);

async function outcomes(): Promise<Record<string, number>> {
  const { values } = await server.metrics.pushes.get();
  return Object.fromEntries(values.map(({ labels, value }) => [`${labels.outcome} ${labels.fault}`, value]));
}

/** Rows of every table: what is refused changes none. */
async function counts(): Promise<Record<string, number>> {
  const { reading } = server.world.database;
  const tables = await reading.query<{ name: string }>(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'",
  );
  const [row] = await reading.query<Record<string, number>>(
    `SELECT ${tables.map(({ name }) => `(SELECT COUNT(*) FROM \`${name}\`) AS \`${name}\``).join(', ')}`,
  );
  return { ...row };
}

const changesNothing = async (work: () => Promise<unknown>) => {
  const before = await counts();
  await work();
  expect(await counts()).toEqual(before);
};

describe('WeChat’s own samples, through the door', () => {
  test('the check of the address in the console', async () => {
    server.clock.advance(Number(urlCheck.timestamp) * 1_000 - server.clock.now());
    const { timestamp, nonce, signature, echostr } = urlCheck;
    const response = await ask({ timestamp, nonce, signature, echostr });
    expect([response.status, await response.text()]).toEqual([200, echostr]);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    await refused(await ask({ timestamp, nonce, signature: signature.replace(/^./, '0'), echostr }));
    await refused(await ask({ echostr }));
    const markup = await ask({ timestamp, nonce, signature, echostr: '<script>alert(1)</script>' });
    expect(await markup.text()).toBe('');
    server.clock.advance(11 * 60_000);
    await refused(await ask({ timestamp, nonce, signature, echostr }));
  });

  test('an open push is not believed, although its signature is right: it stands over the time alone', async () => {
    server.clock.advance(Number(plain.timestamp) * 1_000 - server.clock.now());
    const { timestamp, nonce, signature } = plain;
    await changesNothing(async () => {
      const query = { timestamp, nonce, signature, msg_signature: signature };
      await refused(await sendPush(server, { query, body: safe.message }));
    });
    expect(await outcomes()).toMatchObject({ 'refused open': 1 });
  });

  test('a sealed push, once; of another hour no more', async () => {
    server.clock.advance(Number(safe.timestamp) * 1_000 - server.clock.now());
    const { timestamp, nonce, Encrypt } = safe;
    const sample = {
      query: { timestamp, nonce, msg_signature: safe.msg_signature },
      body: JSON.stringify({ Encrypt }),
    };
    const response = await sendPush(server, sample);
    expect([response.status, await response.text()]).toEqual([200, 'success']);
    expect(await outcomes()).toMatchObject({ 'unknown none': 1 });
    await changesNothing(async () => expect(await (await sendPush(server, sample)).text()).toBe('success'));
    expect(await outcomes()).toMatchObject({ 'repeated none': 1 });
    server.clock.advance(11 * 60_000);
    await changesNothing(async () => refused(await sendPush(server, sample)));
    expect(await outcomes()).toMatchObject({ 'refused stale': 2 });
  });

  test('a sealed reply is none of ours to send, and opens as it should', () => {
    const signed = { timestamp: reply.TimeStamp, nonce: reply.Nonce };
    const { token } = secretsOf(server);
    expect(isSigned(pushSignature(token, signed, reply.Encrypt), reply.MsgSignature)).toBe(true);
    const secrets = secretsOf(server);
    expect(openPush(secrets, reply.Encrypt, { ...signed, signature: reply.MsgSignature })).toBe(reply.message);
  });
});

describe('whoever does not speak as WeChat does', () => {
  const good = (message: object | string = eventOf(server, 'debug_demo', 'oNobody')) => sealedPush(server, message);
  const withBody = (body: string, query = good().query) => sendPush(server, { query, body });

  test('is refused with always the same words, and nothing is changed', async () => {
    const other = (given: Parameters<typeof sealedPush>[2]) =>
      sendPush(server, sealedPush(server, eventOf(server, 'debug_demo', 'oNobody'), given));
    const { query, body } = good();
    await changesNothing(async () => {
      await refused(await sendPush(server, { query: { ...query, msg_signature: query['signature'] ?? '' }, body }));
      await refused(await sendPush(server, { query: { ...query, nonce: '1' }, body }));
      await refused(await sendPush(server, { query: {}, body }));
      await refused(await other({ token: 'somebodyElse' }));
      await refused(await other({ appid: 'wx0000000000000000' }));
      await refused(await other({ encodingAesKey: 'B'.repeat(43) }));
      await refused(await other({ at: secondsNow(server) - 601 }));
      await refused(await other({ at: secondsNow(server) + 601 }));
      for (const text of ['', '{', '[]', 'null', '"x"', '{"Encrypt":1}', '{"Encrypt":""}', '<xml>', '<xml/>'])
        await refused(await withBody(text));
    });
  });

  test('is refused with broken sealing, although he can sign', async () => {
    const { token } = secretsOf(server);
    const signedAs = (Encrypt: string) => {
      const signed = { timestamp: String(secondsNow(server)), nonce: '1' };
      return sendPush(server, {
        query: { ...signed, msg_signature: pushSignature(token, signed, Encrypt) },
        body: JSON.stringify({ Encrypt }),
      });
    };
    const { Encrypt } = JSON.parse(good().body) as { Encrypt: string };
    const broken = ['AAAA', '%%%', Encrypt.slice(0, -24), Encrypt.slice(24), Buffer.alloc(64).toString('base64')];
    await changesNothing(async () => {
      for (const each of broken) await refused(await signedAs(each));
    });
  });

  test('wrong types in a message that is WeChat’s own', async () => {
    const message = eventOf(server, 'debug_demo', 'oNobody');
    const odd = [
      ...[{ FromUserName: 1 }, { FromUserName: 'x'.repeat(65) }, { CreateTime: 'yesterday' }, { CreateTime: -1 }],
      ...[{ CreateTime: 1e20 }, { Event: ['a'] }, { Event: '<script>' }, { Event: 'x'.repeat(61) }, { OpenID: {} }],
      { MsgType: null },
    ].map((each) => ({ ...message, ...each }));
    await changesNothing(async () => {
      for (const each of [...odd, '[]', '{', '', 'null', '['.repeat(500)]) {
        await refused(await sendPush(server, good(each)));
      }
    });
    // Neither sets what every object inherits.
    const own = `{"__proto__":{"event":"x"},"constructor":1,${JSON.stringify(message).slice(1)}`;
    expect(await (await sendPush(server, good(own))).text()).toBe('success');
  });

  test('XML that would explode, inside and outside of the seal', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>`;
    const file = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Encrypt>&a;</Encrypt></xml>';
    const entity = '<xml><Encrypt>&nbsp;</Encrypt></xml>';
    const deep = `<xml>${'<a>'.repeat(20)}${'</a>'.repeat(20)}</xml>`;
    const wide = `<xml>${'<a/>'.repeat(5_000)}</xml>`;
    const odd = [bomb, file, entity, deep, wide, '<xml><Encrypt>x</xml>', '<a/><b/>', '<'.repeat(1_000)];
    await changesNothing(async () => {
      for (const each of odd) {
        await refused(await withBody(each));
        await refused(await sendPush(server, good(each)));
      }
    });
  });

  test('five megabytes are refused before they are read, also where their length is not told', async () => {
    const head = `POST ${address} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n`;
    const told = await say(server.url, `${head}Content-Length: 5242880\r\n\r\n`, Buffer.alloc(4_096, 'x'));
    expect(told).toMatchObject({ status: 413, headers: { connection: 'close' } });
    const chunk = Buffer.concat([Buffer.from('8000\r\n'), Buffer.alloc(0x8000, 'x'), Buffer.from('\r\n')]);
    const untold = await say(
      server.url,
      `${head}Transfer-Encoding: chunked\r\n\r\n`,
      ...Array<Buffer>(160).fill(chunk),
    );
    expect(untold).toMatchObject({ status: 413, headers: { connection: 'close' } });
    expect(await outcomes()).toMatchObject({ 'refused size': 2 });
  });
});

describe('what a push sets off', () => {
  const seen: string[] = [];
  const note: PushHandler = { event: 'noted', run: async (_, { openid }) => void seen.push(openid) };
  const falls: PushHandler = {
    event: 'noted',
    run: async ({ db, now }) => {
      await db.insert(TakenPush, [{ id: ulid(), event: 'half', at: now }]);
      throw new Error('a handler fell');
    },
  };
  const take = async (fields: object, handlers: readonly PushHandler[]) => {
    const { database, references } = server.world;
    const scope = { reference: await references.current(), now: new Date(server.clock.now()) };
    return database.transaction((db) => takePush({ db, ...scope }, readPush(JSON.stringify(fields)), handlers));
  };

  test('happens once, however many come at once; where it fails nothing is half done, and it may come again', async () => {
    const event = eventOf(server, 'noted', 'oSomebody');
    await changesNothing(() => expect(take(event, [note, falls])).rejects.toThrow('a handler fell'));
    seen.length = 0;
    const all = await Promise.all([1, 2, 3, 4].map(() => take(event, [note])));
    expect(all.sort()).toEqual(['repeated', 'repeated', 'repeated', 'taken']);
    expect(seen).toEqual(['oSomebody']);
  });

  test('two permissions withdrawn in one second are two; a check is known by its trace id', async () => {
    const revoked = (RevokeInfo: string) => eventOf(server, 'noted', 'oSomebody', { RevokeInfo });
    expect(await take(revoked('2'), [note])).toBe('taken');
    expect(await take(revoked('8'), [note])).toBe('taken');
    expect(await take(revoked('8'), [note])).toBe('repeated');
    const checked = (errcode: number) => eventOf(server, 'noted', 'oSomebody', { trace_id: 'a-1', errcode });
    expect(await take(checked(0), [note])).toBe('taken');
    expect(await take(checked(-1008), [note])).toBe('repeated');
  });

  test('a handler that fails is answered with a failure, so that WeChat sends it again', async () => {
    const { database } = server.world;
    const fallen = () => Promise.reject(new Error('fallen'));
    const app = createApp({ ...server.world, database: { ...database, transaction: fallen } });
    const web = await startWebServer(app, { host: '127.0.0.1', port: 0, log: server.world.log });
    const sealed = sealedPush(server, eventOf(server, 'debug_demo', 'oNobody'));
    const response = await sendPush({ ...server, url: web.url }, sealed).finally(() => web.close(0));
    expect(response.status).toBe(500);
    expect(await outcomes()).toMatchObject({ 'failed none': 1 });
  });

  test('after a day housekeeping forgets what was taken', async () => {
    server.clock.advance(25 * 60 * 60_000);
    expect((await keepHouse(server.world))?.['pushes']).toBeGreaterThan(0);
  });
});
