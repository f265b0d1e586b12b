import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { createFiles, type Files } from '../world/files';
import { startPhotoDecoder, type PhotoDecoder } from './decoder';
import { thumbKeyOf } from './serve-stored';
import { takePhoto, takeVoice, type Intake } from './take-upload';

const now = new Date('2026-11-22T03:20:00Z');

let folder: string;
let files: Files;
let decoder: PhotoDecoder;
let server: Server;
let take: (request: IncomingMessage) => Promise<unknown>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-intake-'));
  files = await createFiles({ kind: 'local', folder: join(folder, 'kept') });
  decoder = startPhotoDecoder();
  server = createServer((request, response) => {
    void take(request).finally(() => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await decoder.close();
  await rm(folder, { recursive: true });
});

/** Sends this body and gives what the phase `before` made of it. */
async function taking<T>(
  phase: (request: IncomingMessage, intake: Intake, now: Date) => Promise<T>,
  body: Buffer,
): Promise<PromiseSettledResult<T>> {
  let taken: Promise<PromiseSettledResult<T>[]> | undefined;
  const intake: Intake = { decoder, files, folder: join(folder, 'uploads'), maxBytes: 2_000_000 };
  take = (request) => (taken = Promise.allSettled([phase(request, intake, now)]));
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { method: 'PUT', body });
  const [outcome] = (await taken) ?? [];
  if (outcome === undefined) throw new Error('the request did not arrive');
  return outcome;
}

const picture = () =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer();

test('a photo ends up in the storage in two sizes, and its upload is gone', async () => {
  const outcome = await taking(takePhoto, await picture());
  if (outcome.status === 'rejected') throw outcome.reason;
  const { storageKey, bytes, ...photo } = outcome.value;
  expect(photo).toMatchObject({ width: 800, height: 600, contentHash: expect.any(Buffer), likeness: '0' });
  expect(storageKey).toMatch(/^photos\/2026-11-22\/[0-9A-Z]{26}\.jpg$/);
  const full = await files.read(storageKey);
  expect(full).toHaveLength(bytes);
  expect(await sharp(full).metadata()).toMatchObject({ width: 800, height: 600 });
  expect(await sharp(await files.read(thumbKeyOf(storageKey))).metadata()).toMatchObject({ width: 320, height: 240 });
  expect(await readdir(join(folder, 'uploads'))).toEqual([]);
});

test('the same photo sent twice is stored twice: nobody writes over a stored file', async () => {
  const [one, other] = [await taking(takePhoto, await picture()), await taking(takePhoto, await picture())];
  if (one.status === 'rejected' || other.status === 'rejected') throw new Error('refused');
  expect(one.value.storageKey).not.toBe(other.value.storageKey);
  expect(one.value.contentHash).toEqual(other.value.contentHash);
});

test('a voice note ends up in the storage', async () => {
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc0]), Buffer.alloc(100)]);
  const sound = Buffer.concat(Array.from({ length: 100 }, () => frame));
  const outcome = await taking(takeVoice, sound);
  if (outcome.status === 'rejected') throw outcome.reason;
  const { storageKey, ...note } = outcome.value;
  expect(note).toEqual({ seconds: 3, format: 'mp3', bytes: sound.length, contentHash: expect.any(Buffer) });
  expect(storageKey).toMatch(/^voices\/2026-11-22\/[0-9A-Z]{26}\.mp3$/);
  expect(await files.read(storageKey)).toEqual(sound);
});

test('what is refused leaves nothing behind', async () => {
  const outcome = await taking(takePhoto, Buffer.from('<html>'));
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'photo.not-a-photo' } });
  expect(await readdir(join(folder, 'uploads'))).toEqual([]);
});
