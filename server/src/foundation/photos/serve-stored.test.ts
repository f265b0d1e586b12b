import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { FileAnswer } from '../http/implement';
import { createFiles, type Files } from '../world/files';
import { servePhoto, serveVoice, thumbKeyOf } from './serve-stored';

const photoKey = 'photos/2026-11-22/01K9ZZZZZZZZZZZZZZZZZZZZZZ.jpg';
const voiceKey = 'voices/2026-11-22/01K9ZZZZZZZZZZZZZZZZZZZZZZ.m4a';
const sound = Buffer.from('0123456789');

let folder: string;
let files: Files;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-stored-'));
  files = await createFiles({ kind: 'local', folder });
  await files.put(photoKey, Buffer.from('a large picture'), 'image/jpeg');
  await files.put(thumbKeyOf(photoKey), Buffer.from('a small one'), 'image/jpeg');
  await files.put(voiceKey, sound, 'audio/mp4');
});
afterAll(async () => rm(folder, { recursive: true }));

const contentsOf = async ({ stream }: FileAnswer): Promise<Buffer> =>
  Buffer.isBuffer(stream) ? stream : buffer(stream);

test('a photo is sent in both sizes, for one reader’s cache alone', async () => {
  const full = await servePhoto(files, photoKey, 'full');
  expect(full).toMatchObject({
    type: 'image/jpeg',
    headers: {
      'Cache-Control': 'private, max-age=3600, immutable',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
  });
  expect(await contentsOf(full)).toEqual(Buffer.from('a large picture'));
  const thumb = await servePhoto(files, photoKey, 'thumb');
  expect(await contentsOf(thumb)).toEqual(Buffer.from('a small one'));
});

test('a photo that the storage has lost is an error at once, not an empty picture', async () => {
  await expect(servePhoto(files, photoKey.replace('Z.', 'Y.'), 'full')).rejects.toThrow('ENOENT');
});

async function partOf(range: string | undefined) {
  const answer = await serveVoice(files, voiceKey, range);
  const contents = await contentsOf(answer);
  expect(answer.bytes).toBe(contents.length);
  return { status: answer.status, contents, contentRange: answer.headers?.['Content-Range'] };
}

test('a voice note is sent whole', async () => {
  const { type, headers } = await serveVoice(files, voiceKey, undefined);
  expect({ type, ranges: headers?.['Accept-Ranges'] }).toEqual({ type: 'audio/mp4', ranges: 'bytes' });
  expect(await partOf(undefined)).toEqual({ status: 200, contents: sound, contentRange: undefined });
});

test.each([
  ['bytes=0-1', '01', 'bytes 0-1/10'],
  ['bytes=4-', '456789', 'bytes 4-9/10'],
  ['bytes=-3', '789', 'bytes 7-9/10'],
  ['bytes=-300', '0123456789', 'bytes 0-9/10'],
  ['bytes=8-300', '89', 'bytes 8-9/10'],
])('an iPhone that asks for %s of a voice note gets that part', async (range, part, contentRange) => {
  expect(await partOf(range)).toEqual({ status: 206, contents: Buffer.from(part), contentRange });
});

test.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s is outside of a voice note of ten bytes', async (range) => {
  expect(await partOf(range)).toEqual({ status: 416, contents: Buffer.alloc(0), contentRange: 'bytes */10' });
});

test.each(['', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=a-b', 'bytes=1-2 '])(
  'what is no range (%j) is answered with the whole note',
  async (range) => {
    expect(await partOf(range)).toEqual({ status: 200, contents: sound, contentRange: undefined });
  },
);
