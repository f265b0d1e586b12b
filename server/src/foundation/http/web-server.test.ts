import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import Koa from 'koa';
import { listen, openSocket, say, type RawReply } from '../../../test/raw-socket';
import { startTestServer, type TestServer } from '../../../test/server';
import { createLog } from '../log';
import { startWebServer } from './web-server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => server.close());

const host = 'Host: sandan\r\n';
const json = 'Content-Type: application/json\r\n';
const problemIn = ({ headers, body }: RawReply) => {
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['x-request-id']).toBeTruthy();
  return JSON.parse(body) as { code: string; requestId: string };
};
/** Asks for the list of demo people with a broken POST; anybody may. */
const post = (head: string, body: string | Buffer) =>
  say(server.url, `POST /api/sign-in/demo HTTP/1.1\r\n${host}${head}\r\n`, body);

describe('what never becomes a request is answered as a problem too', () => {
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['an unknown method', `FROBNICATE / HTTP/1.1\r\n${host}\r\n`],
    ['a header without a name', `GET / HTTP/1.1\r\n${host}: x\r\n\r\n`],
    ['two lengths', `POST / HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\nab`],
    ['a length and chunks', `POST / HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nab`],
    ['a negative length', `POST / HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`],
    ['no Host', 'GET /api/me HTTP/1.1\r\n\r\n'],
    ['two Hosts', `GET /api/me HTTP/1.1\r\n${host}Host: elsewhere\r\n\r\n`],
  ])('%s', async (_, text) => {
    const reply = await say(server.url, text);
    expect(reply.status).toBe(400);
    expect(problemIn(reply).code).toBe('request.malformed');
  });

  test('bad chunks', async () => {
    const reply = await post(`${json}Transfer-Encoding: chunked\r\n`, 'zz\r\n{}\r\n0\r\n\r\n');
    expect(reply.status).toBe(400);
    expect(problemIn(reply).code).toBe('request.malformed');
  });

  test('headers of 100 kB', async () => {
    const reply = await say(server.url, `GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(100_000)}\r\n\r\n`);
    expect(reply.status).toBe(431);
    expect(problemIn(reply).code).toBe('request.headers-too-large');
  });

  test('an address of 100 kB', async () => {
    const reply = await say(server.url, `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`);
    expect(reply.status).toBe(431);
    expect(problemIn(reply).code).toBe('request.headers-too-large');
  });

  test('CONNECT to somewhere else', async () => {
    const reply = await say(server.url, `CONNECT example.com:443 HTTP/1.1\r\n${host}\r\n`);
    expect(reply.status).toBe(405);
    expect(problemIn(reply).code).toBe('request.method-not-allowed');
  });

  test('the ids in the header and in the body are the same', async () => {
    const reply = await say(server.url, 'hello\r\n\r\n');
    expect(problemIn(reply).requestId).toBe(reply.headers['x-request-id']);
  });
});

describe('odd but legal requests are ordinary ones', () => {
  test.each([
    ['HTTP/1.0 without Host', 'GET /health/live HTTP/1.0\r\n\r\n'],
    ['a whole address', `GET http://elsewhere/health/live HTTP/1.1\r\n${host}\r\n`],
    ['an unknown expectation', `GET /health/live HTTP/1.1\r\n${host}Expect: tea\r\n\r\n`],
    [
      'an upgrade that we do not offer',
      `GET /health/live HTTP/1.1\r\n${host}Connection: upgrade\r\nUpgrade: h2c\r\n\r\n`,
    ],
  ])('%s', async (_, text) => {
    expect((await say(server.url, text)).status).toBe(200);
  });

  test('a body announced by Expect: 100-continue', async () => {
    const reply = await post(`${json}Expect: 100-continue\r\nContent-Length: 13\r\n`, '{"key":"none"}'.slice(0, 13));
    expect(reply.status).toBe(400);
    expect(problemIn(reply).code).toBe('request.bad-json');
  });

  test('an asterisk and a broken percent sign are addresses of nothing', async () => {
    for (const target of ['*', '/%', '/%00', '/api/orders/%E0%A4%A', '/api/../../etc/passwd', '//etc/passwd']) {
      const reply = await say(server.url, `GET ${target} HTTP/1.1\r\n${host}\r\n`);
      expect([401, 404]).toContain(reply.status);
      problemIn(reply);
    }
  });
});

describe('somebody who takes his time', () => {
  const limits = { requestTimeout: 200, headersTimeout: 100, keepAliveTimeout: 100, connectionsCheckingInterval: 20 };
  const impatient = async () => {
    const app = new Koa();
    app.silent = true;
    app.use(async (ctx) => {
      await once(ctx.req.resume(), 'end');
      ctx.body = 'done';
    });
    return startWebServer(app, { host: '127.0.0.1', port: 0, log: createLog('silent'), limits });
  };

  test.each([
    ['with the headers', `GET / HTTP/1.1\r\nHos`],
    ['with the body', `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nab`],
  ])('%s is told so and cut off', async (_, beginning) => {
    const web = await impatient();
    const reply = await say(web.url, beginning);
    expect(reply.status).toBe(408);
    expect(problemIn(reply).code).toBe('request.too-slow');
    await web.close(0);
  });

  test('closing waits for a request that is under way, and for no idle connection', async () => {
    const app = new Koa();
    let begin = () => undefined as void;
    const underWay = new Promise<void>((resolve) => (begin = resolve));
    app.use(async (ctx) => {
      begin();
      await wait(100);
      ctx.body = 'done';
    });
    const web = await startWebServer(app, { host: '127.0.0.1', port: 0, log: createLog('silent') });
    const [idle, busy] = await Promise.all([openSocket(web.url), openSocket(web.url)]);
    const arrived = listen(busy);
    busy.write(`GET / HTTP/1.1\r\n${host}\r\n`);
    await underWay;
    const begun = performance.now();
    await web.close();
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect((await arrived).body).toBe('done');
    idle.destroy();
  });
});
