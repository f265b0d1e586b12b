import sharp from 'sharp';
import { ulid } from 'ulid';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { photosApi } from '@sandan/shared/photos/photos.contract';
import { clientOf, type Client } from '../../../test/client';
import { mp3, mp3Frame } from '../../../test/mp3';
import { refusal } from '../../../test/problem-of';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

type VoiceLink = ReplyOf<typeof photosApi.putVoice>;
type Bytes = Uint8Array<ArrayBuffer>;

let server: TestServer;
let town: Town;
let resident: Client;
let picture: Bytes;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  resident = town.as('resident');
  const green = { width: 100, height: 100, channels: 3 as const, background: '#2f7d4f' };
  picture = bytesOf(await sharp({ create: green }).jpeg().toBuffer());
});
afterAll(async () => server.close());

const bytesOf = (buffer: Buffer): Bytes => new Uint8Array(buffer);
describe('a voice note', () => {
  const putVoice = (body: Bytes, id = ulid()) => resident.raw('PUT', `/api/voices/${id}`, { body });

  test('of ten seconds is taken and can be heard, also in parts, as iPhones ask for it', async () => {
    const link = (await (await putVoice(mp3(10))).json()) as VoiceLink;
    expect(link.seconds).toBe(10);
    const nobody = clientOf(server.url);
    const whole = await nobody.raw('GET', link.address);
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([
      ...[200, 'audio/mpeg', 'bytes'],
    ]);
    const { byteLength } = await whole.arrayBuffer();
    const part = await nobody.raw('GET', link.address, { headers: { range: 'bytes=0-103' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 0-103/${byteLength}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(mp3Frame);
    const outside = await nobody.raw('GET', link.address, { headers: { range: `bytes=${byteLength}-` } });
    expect(outside.headers.get('content-range')).toBe(`bytes */${byteLength}`);
    expect(await refusal(outside)).toEqual([416, 'request.bad-range']);
  });

  test('sent as a form is the same', async () => {
    const form = new FormData();
    form.append('file', new Blob([mp3(2)]), 'tmp.mp3');
    const response = await resident.raw('POST', `/api/voices/${ulid()}`, { body: form });
    expect([response.status, ((await response.json()) as VoiceLink).seconds]).toEqual([200, 2]);
  });

  test.each<[string, () => Bytes, number, string]>([
    ['too long', () => mp3(63), 422, 'voice.too-long'],
    ['a photo', () => picture, 415, 'voice.not-voice'],
    ['too large', () => new Uint8Array(2 * 1024 * 1024 + 1), 413, 'voice.too-large'],
  ])('that is %s is refused', async (_, body, status, code) => {
    expect(await refusal(await putVoice(body()))).toEqual([status, code]);
  });

  test("does not take somebody else's id", async () => {
    const id = ulid();
    expect((await putVoice(mp3(2), id)).status).toBe(200);
    expect((await putVoice(mp3(2), id)).status).toBe(200);
    const theirs = await town.as('otherResident').raw('PUT', `/api/voices/${id}`, { body: mp3(2) });
    expect(await refusal(theirs)).toEqual([409, 'photo.id-taken']);
  });
});
