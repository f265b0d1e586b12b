import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Problem } from '@sandan/shared/problems';
import { listen, openSocket } from '../../../test/raw-socket';
import { readJson } from './body';

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    readJson(request, 100).then(
      (body) => response.end(JSON.stringify({ body })),
      (error: unknown) =>
        response.end(JSON.stringify({ refused: error instanceof Problem ? error.code : String(error) })),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function read(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return response.json();
}
const bytes = (buffer: Buffer) => new Uint8Array(buffer);

describe('what is read', () => {
  test('JSON in UTF-8', async () => {
    expect(await read('{"words":"修路 🚧"}')).toEqual({ body: { words: '修路 🚧' } });
    expect(await read('{"n":1}', { 'content-type': 'Application/JSON; charset="UTF-8"' })).toEqual({ body: { n: 1 } });
  });

  test('nothing, as an empty object', async () => {
    expect(await read('')).toEqual({ body: {} });
    expect(await read('  \n')).toEqual({ body: {} });
  });

  test('32 levels, and brackets in words are none', async () => {
    expect(await read('['.repeat(32) + ']'.repeat(32))).toHaveProperty('body');
    expect(await read(JSON.stringify({ words: '[{'.repeat(500), quote: '\\"[[' }))).toHaveProperty('body');
  });
});

describe('what is refused', () => {
  test.each([
    ['broken JSON', '{"a":'],
    ['two values', '{} {}'],
    ['33 levels', '['.repeat(33) + ']'.repeat(33)],
    ['30,000 open brackets', '['.repeat(30_000)],
    ['NUL', '{"words":"a\\u0000b"}'],
    ['half a character', '{"words":"\\ud83d"}'],
    ['NaN', '{"n":NaN}'],
  ])('%s', async (_, body) => {
    expect(await read(body)).toEqual({ refused: 'request.bad-json' });
  });

  test('bytes that are no UTF-8', async () => {
    expect(await read(bytes(Buffer.from([0x22, 0xff, 0xfe, 0x22])))).toEqual({ refused: 'request.bad-json' });
    expect(await read(bytes(Buffer.from('"村"', 'utf16le')))).toEqual({ refused: 'request.bad-json' });
  });

  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', { 'content-type': 'text/plain' }],
    ['JSON in GBK', { 'content-type': 'application/json; charset=gbk' }],
    ['what calls itself compressed', { 'content-encoding': 'gzip' }],
  ])('%s', async (_, headers) => {
    expect(await read('{"n":1}', headers)).toEqual({ refused: 'request.unsupported-type' });
  });

  test('what really is compressed: no bomb is ever unpacked', async () => {
    const bomb = bytes(gzipSync(Buffer.alloc(10_000_000, 0x20)));
    expect(await read(bomb, { 'content-encoding': 'gzip' })).toEqual({ refused: 'request.unsupported-type' });
  });

  test('more than 64 kB, said beforehand or not', async () => {
    expect(await read(`"${'x'.repeat(65 * 1024)}"`)).toEqual({ refused: 'request.too-large' });
    const socket = await openSocket(url);
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n');
    for (let sent = 0; sent < 20; sent += 1) socket.write(`1000\r\n${' '.repeat(4096)}\r\n`);
    expect((await listen(socket)).body).toContain('request.too-large');
  });

  test('what does not come to an end', async () => {
    const socket = await openSocket(url);
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a"');
    expect((await listen(socket)).body).toContain('request.too-slow');
  });
});
