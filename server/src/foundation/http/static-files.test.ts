import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { clientOf, type Client } from '../../../test/client';
import { say } from '../../../test/raw-socket';
import { startTestServer, type TestServer } from '../../../test/server';

const index = `<!doctype html><div id="app"></div>${' '.repeat(2_000)}`;
const script = `console.log('三单');${'/* */'.repeat(500)}`;

let folder: string;
let server: TestServer;
let nobody: Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-h5-'));
  const build = {
    'h5/index.html': index,
    'h5/js/app.1a2b3c4d.js': script,
    'h5/js/app.00000001.js': 'the previous build',
    'h5/css/app.1a2b3c4d.css': 'body{}',
    'h5/static/tabs/home.svg': '<svg/>',
    'h5/.env': 'SECRET=1',
    'secret.txt': 'outside of the build',
  };
  for (const [name, content] of Object.entries(build)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    if (!/\.(html|js)$/.test(name) || content.length < 100) continue;
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(content));
    await writeFile(join(folder, `${name}.gz`), gzipSync(content));
  }
  server = await startTestServer({ config: { h5Dir: join(folder, 'h5') } });
  nobody = clientOf(server.url);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => nobody.raw('GET', path, { headers });
const headersOf = async (path: string, coding: string): Promise<Headers> =>
  (await get(path, { 'accept-encoding': coding })).headers;

describe('the app in the browser', () => {
  test('opens at the root, and is asked for anew each time', async () => {
    for (const path of ['/', '/index.html', '/?from=card']) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toBe(index);
    }
  });

  test('costs an unchanged page nothing', async () => {
    const ask = (etag = '') => say(server.url, `GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: ${etag}\r\n\r\n`);
    const { headers } = await ask();
    expect(headers['etag']).toBeTruthy();
    const again = await ask(headers['etag']);
    expect([again.status, again.body]).toEqual([304, '']);
  });

  test('keeps files that are named by their content for a year, also those of the build before', async () => {
    for (const path of ['/js/app.1a2b3c4d.js', '/js/app.00000001.js', '/css/app.1a2b3c4d.css']) {
      const { status, headers } = await get(path);
      expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'public, max-age=31536000, immutable']);
    }
    expect((await get('/static/tabs/home.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  test('comes packed as the browser likes it, and every copy is told apart', async () => {
    const etags = new Set<string | null>();
    for (const [accepted, coding] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
      ['zstd', null],
    ] as const) {
      const headers = await headersOf('/', accepted);
      expect([accepted, headers.get('content-encoding')]).toEqual([accepted, coding]);
      expect(headers.get('vary')).toMatch(/accept-encoding/i);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      etags.add(headers.get('etag'));
    }
    expect(etags.size).toBe(3);
    const packed = await get('/js/app.1a2b3c4d.js', { 'accept-encoding': 'br' });
    expect(packed.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await packed.text()).toBe(script);
  });

  test('says by HEAD how long it is', async () => {
    const head = await nobody.raw('HEAD', '/', { headers: { 'accept-encoding': 'identity' } });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      String(index.length),
      '',
    ]);
  });

  test('is there to be read only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PROPFIND']) {
      expect((await nobody.raw(method, '/index.html')).status).toBe(404);
    }
  });
});

describe('nothing else of the machine', () => {
  test.each([
    ...['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/js/..%5c..%5csecret.txt', '/js/../../secret.txt'],
    ...[
      '/....//secret.txt',
      '/%252e%252e/secret.txt',
      '/index.html%00.js',
      '/%',
      '/.env',
      '//etc/passwd',
      '/js',
      '/js/',
    ],
    ...['/nothing.js', `/${'x'.repeat(5_000)}`, '/index.html/x'],
  ])('%s', async (path) => {
    const reply = await say(server.url, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect([reply.status, reply.headers['content-type']]).toEqual([404, 'application/problem+json']);
  });

  test('a wrong address of the API is no page', async () => {
    expect((await get('/api/index.html')).status).toBe(404);
    expect((await get('/api')).status).toBe(404);
  });
});

test('short addresses of cards and door plates lead to the one door of the app', async () => {
  for (const [path, address] of [
    ['/o/01K9ZZZZZZZZZZZZZZZZZZZZZZ', '/#/pages/open/index?k=01K9ZZZZZZZZZZZZZZZZZZZZZZ'],
    ['/c/Bt-7_x', '/#/pages/open/index?k=Bt-7_x'],
    [`/c/Bt-7_x${encodeURIComponent('，点开看看')}`, '/#/pages/open/index?k=Bt-7_x'],
    ['/c/Bt-7_x.', '/#/pages/open/index?k=Bt-7_x'],
  ]) {
    const { status, headers } = await get(path ?? '');
    expect([status, headers.get('location')]).toEqual([302, address]);
  }
  // Cut off or garbled: the app says in words that nothing can be opened, and nothing of it goes into the address.
  for (const path of ['/c', '/o/', '/o/%22%3E%3Cscript%3E', '/o/%0d%0aSet-Cookie:x', `/c/${'x'.repeat(65)}`]) {
    const { status, headers } = await get(path);
    expect([status, headers.get('location')]).toEqual([302, '/#/pages/open/index']);
    expect(headers.get('set-cookie')).toBeNull();
  }
});
