import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import sharp from 'sharp';
import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import { wechatCaller } from '../../../../test/wechat-caller';
import type { AppControl } from './control';

/** media_check_async, as wechat.md §6.2 says it, with a server beside it that has the pictures and hears the pushes. */
const app = { appid: newAppid(), secret: 'the-secret-of-the-app' };
const clock = sharedClock(Date.UTC(2026, 10, 16, 1));
const minute = 60_000;
let picture: Buffer;
let server: Server;
let here: string;
let standIn: AppControl;
let heard: Record<string, unknown>[] = [];

beforeAll(async () => {
  picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c00' } })
    .png()
    .toBuffer();
  const files: Record<string, Buffer> = {
    '/a.png': picture,
    '/b.png': picture,
    '/words.png': Buffer.from('no picture'),
    '/large.png': Buffer.concat([picture, Buffer.alloc(10 * 2 ** 20)]),
    '/sound.m4a': Buffer.from('\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0', 'latin1'),
  };
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://here');
    if (request.method === 'POST') {
      heard.push(JSON.parse(await text(request)) as Record<string, unknown>);
      return response.end('success');
    }
    return files[pathname] ? response.end(files[pathname]) : response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  clock.remove();
  server.close();
});
beforeEach(async () => {
  heard = [];
  const form = { token: 'AAAAA', encodingAesKey: 'A'.repeat(43), mode: 'plain', format: 'json' } as const;
  standIn = await testApp({ ...app, clockFile: clock.file, push: { url: `${here}/push`, ...form } });
  await standIn.seen('o-wang');
});
afterEach(async () => {
  await standIn.remove();
  await standIn.close();
});

const { call } = wechatCaller(() => standIn, app);
const check = (change: object = {}) =>
  call('/wxa/media_check_async', {
    ...{ media_url: `${here}/a.png`, media_type: 2, version: 2, scene: 1, openid: 'o-wang' },
    ...change,
  });

test('every mistake of the caller has its own number', async () => {
  const wrong: [number, object][] = [
    [47001, { version: 1 }],
    [47001, { media_url: undefined }],
    [40004, { media_type: 3 }],
    [40129, { scene: 0 }],
    [40003, { openid: '没有' }],
    [43104, { openid: 'o-of-another-app' }],
  ];
  for (const [errcode, change] of wrong) expect([change, (await check(change)).errcode]).toEqual([change, errcode]);
  clock.advance(120 * minute);
  expect((await check()).errcode).toBe(0);
  clock.advance(1);
  expect((await check()).errcode).toBe(61010);
});

test('the verdict comes by push, not before its time, with the trace id that was answered', async () => {
  await standIn.judgeMedia({ part: '/a.png', suggest: 'risky', label: 20002, delayMs: 10 * minute });
  const { trace_id } = await check();
  expect(trace_id).toMatch(/^[\da-f]{32}$/);
  clock.advance(10 * minute - 1);
  expect(await standIn.deliverPushes()).toEqual([]);
  clock.advance(1);
  expect(await standIn.deliverPushes()).toEqual([
    expect.objectContaining({ event: 'wxa_media_check', openid: 'o-wang', taken: true, tries: 1, status: 200 }),
  ]);
  expect(heard).toEqual([
    {
      ...{ ToUserName: expect.stringMatching(/^gh_/) as string, FromUserName: 'o-wang', MsgType: 'event' },
      ...{
        CreateTime: Math.floor(clock.now() / 1_000),
        Event: 'wxa_media_check',
        appid: app.appid,
        trace_id,
        version: 2,
      },
      ...{ errcode: 0, errmsg: 'ok', result: { suggest: 'risky', label: 20002 } },
      detail: [{ strategy: 'content_model', errcode: 0, suggest: 'risky', label: 20002, prob: 90 }],
    },
  ]);
  expect(await standIn.deliverPushes()).toEqual([]);
});

test('-1008 for what is not there, is no picture, larger than 10 MB, a picture called a sound, or on another machine', async () => {
  const addresses = [
    `${here}/gone.png`,
    `${here}/words.png`,
    `${here}/large.png`,
    'https://example.com/a.png',
    'no address',
  ];
  for (const media_url of addresses) expect((await check({ media_url })).errcode).toBe(0);
  await check({ media_type: 1 });
  // Of the sounds WeChat takes none in the boxes of MP4.
  await check({ media_type: 1, media_url: `${here}/sound.m4a` });
  await standIn.deliverPushes();
  expect(heard.map(({ errcode, result }) => [errcode, result])).toEqual(Array(7).fill([-1008, undefined]));
});

test('a verdict by the bytes themselves; the same push twice, and the last first', async () => {
  const part = createHash('sha256').update(picture).digest('hex');
  await standIn.judgeMedia({ part, suggest: 'review', label: 20001, copies: 2 });
  const first = (await check()).trace_id;
  const [waiting] = [await standIn.waitingPushes()];
  expect(waiting).toHaveLength(2);
  const second = (await check({ media_url: `${here}/b.png` })).trace_id;
  await standIn.deliverPushes({ reversed: true });
  expect(heard.map(({ trace_id }) => trace_id)).toEqual([second, second, first, first]);
  expect(heard.map(({ result }) => result)).toEqual(Array(4).fill({ suggest: 'review', label: 20001 }));
});
