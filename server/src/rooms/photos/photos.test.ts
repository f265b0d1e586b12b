import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { ulid } from 'ulid';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { photoBytes, type photosApi } from '@sandan/shared/photos/photos.contract';
import { clientOf, type Client } from '../../../test/client';
import { refusal } from '../../../test/problem-of';
import { openSocket } from '../../../test/raw-socket';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

type PhotoLink = ReplyOf<typeof photosApi.put>;
type Bytes = Uint8Array<ArrayBuffer>;

let server: TestServer;
let town: Town;
let resident: Client;
let picture: Bytes;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  resident = town.as('resident');
  await mkdir(uploads());
  picture = await jpeg({ width: 2400, height: 1200 });
});
afterAll(async () => server.close());

const bytesOf = (buffer: Buffer): Bytes => new Uint8Array(buffer);
const jpeg = async ({ width, height }: { width: number; height: number }): Promise<Bytes> =>
  bytesOf(
    await sharp({ create: { width, height, channels: 3, background: '#2f7d4f' } })
      .withExif({ IFD0: { Make: 'Secret Phone' }, IFD3: { GPSLatitude: '23/1 9/1 0/1', GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer(),
  );
const formOf = (contents: Bytes): FormData => {
  const form = new FormData();
  form.append('file', new Blob([contents]), 'tmp_3fa.jpg');
  return form;
};

async function put(client: Client, photoId: string, body: Bytes = picture): Promise<PhotoLink> {
  const response = await client.raw('PUT', `/api/photos/${photoId}`, { body });
  expect(response.status).toBe(200);
  return (await response.json()) as PhotoLink;
}
const uploads = (): string => join(server.world.config.dataDir, 'uploads');
const filesLeft = (): Promise<string[]> => readdir(uploads());

describe('a photo is sent', () => {
  test('by the browser as it is, by WeChat as a form, and comes back upright, small and without its secrets', async () => {
    const nobody = clientOf(server.url);
    for (const [method, body] of [
      ['PUT', picture],
      ['POST', formOf(picture)],
    ] as const) {
      const id = ulid();
      const response = await resident.raw(method, `/api/photos/${id}`, { body });
      expect(response.status).toBe(200);
      const link = (await response.json()) as PhotoLink;
      expect(link).toMatchObject({ id, width: 1600, height: 800 });

      const full = await nobody.raw('GET', link.full);
      expect(full.headers.get('content-type')).toBe('image/jpeg');
      expect(full.headers.get('cache-control')).toBe('private, max-age=3600, immutable');
      expect(full.headers.get('referrer-policy')).toBe('no-referrer');
      expect(full.headers.get('x-content-type-options')).toBe('nosniff');
      const stored = Buffer.from(await full.arrayBuffer());
      const { format, width, exif } = await sharp(stored).metadata();
      expect([format, width, exif]).toEqual(['jpeg', 1600, undefined]);
      expect(stored.includes('Secret Phone')).toBe(false);

      const thumb = Buffer.from(await (await nobody.raw('GET', link.thumb)).arrayBuffer());
      expect(thumb.length).toBeLessThan(stored.length);
    }
    expect(await filesLeft()).toEqual([]);
  });

  test('again, because the first answer was lost: it is the same photo', async () => {
    const id = ulid();
    const first = await put(resident, id);
    expect(await put(resident, id)).toEqual(first);
    const both = await Promise.all([put(resident, ulid()), put(resident, id), put(resident, id)]);
    expect(both.slice(1)).toEqual([first, first]);
  });

  test('under the id of another photo, or of somebody else: it is refused, and the first one stays', async () => {
    const id = ulid();
    const { full } = await put(resident, id);
    const before = await (await resident.raw('GET', full)).arrayBuffer();
    const another = await jpeg({ width: 300, height: 300 });
    const mine = await resident.raw('PUT', `/api/photos/${id}`, { body: another });
    expect(await refusal(mine)).toEqual([409, 'photo.id-taken']);
    const theirs = await town.as('otherResident').raw('PUT', `/api/photos/${id}`, { body: picture });
    expect(await refusal(theirs)).toEqual([409, 'photo.id-taken']);
    expect(await (await resident.raw('GET', full)).arrayBuffer()).toEqual(before);
  });

  test('by nobody: it is not even received', async () => {
    const response = await clientOf(server.url).raw('PUT', `/api/photos/${ulid()}`, { body: picture });
    expect(await refusal(response)).toEqual([401, 'session.missing']);
  });

  test('under an id that is none', async () => {
    expect(await refusal(await resident.raw('PUT', '/api/photos/photo1', { body: picture }))).toEqual([
      404,
      'request.not-found',
    ]);
  });

  test.each<[string, () => Bytes | FormData, number, string]>([
    ['nothing', () => new Uint8Array(), 415, 'photo.not-a-photo'],
    ['a text', () => bytesOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), 415, 'photo.not-a-photo'],
    ['half a photo', () => picture.slice(0, 900), 422, 'photo.broken'],
    ['a photo of the iPhone', () => bytesOf(heic), 415, 'photo.heic'],
    ['eleven megabytes', () => new Uint8Array(photoBytes + 1), 413, 'photo.too-large'],
    ['a form of eleven megabytes', () => formOf(new Uint8Array(photoBytes + 1)), 413, 'photo.too-large'],
    ['a form without a file', () => new FormData(), 400, 'upload.wrong-form'],
  ])('that is %s: it is refused in words', async (_, contents, status, code) => {
    const id = ulid();
    const body = contents();
    const method = body instanceof FormData ? 'POST' : 'PUT';
    expect(await refusal(await resident.raw(method, `/api/photos/${id}`, { body }))).toEqual([status, code]);
    expect(await filesLeft()).toEqual([]);
    expect((await put(resident, id)).id).toBe(id);
  });

  test('and the phone loses its network in the middle: nothing is left, and the next try succeeds', async () => {
    const id = ulid();
    const socket = await openSocket(server.url);
    const head = [`PUT /api/photos/${id} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${resident.token}`];
    socket.write(`${head.join('\r\n')}\r\nContent-Length: ${picture.length}\r\n\r\n`);
    socket.write(picture.slice(0, 5_000));
    while ((await filesLeft()).length === 0) await new Promise(setImmediate);
    socket.destroy();
    while ((await filesLeft()).length > 0) await new Promise(setImmediate);
    expect((await put(resident, id)).id).toBe(id);
  });
});

/** The beginning of a HEIC file: enough to know it by. */
const heic = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
  Buffer.alloc(2_000),
]);

describe('a photo is looked at', () => {
  const nobody = (): Client => clientOf(server.url);
  const changed = (address: string, name: string, value: string | null): string => {
    const [path, query] = address.split('?');
    const parameters = new URLSearchParams(query);
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
    return `${path}?${parameters.toString()}`;
  };

  test('by its signed address, for an hour or two, then no more', async () => {
    const { full } = await put(resident, ulid());
    expect((await nobody().raw('GET', full)).status).toBe(200);
    server.clock.advance(59 * 60_000);
    expect((await nobody().raw('GET', full)).status).toBe(200);
    server.clock.advance(61 * 60_000);
    expect(await refusal(await nobody().raw('GET', full))).toEqual([403, 'photo.link-expired']);
  });

  test('by an address that was changed in any way: not at all', async () => {
    const { id, thumb } = await put(resident, ulid());
    const other = await put(resident, ulid());
    const later = String(Number(new URLSearchParams(thumb.split('?')[1]).get('until')) + 3600);
    for (const address of [
      changed(thumb, 'size', 'full'),
      changed(thumb, 'size', null),
      changed(thumb, 'until', later),
      changed(thumb, 'until', 'NaN'),
      changed(thumb, 'until', '1e99'),
      changed(thumb, 'key', 'b'),
      changed(thumb, 'sig', ''),
      changed(thumb, 'sig', 'A'.repeat(43)),
      thumb.replace(id, other.id),
      thumb.replace(id, ulid()),
      thumb.replace('/photos/', '/voices/'),
    ]) {
      expect([address, ...(await refusal(await nobody().raw('GET', address)))]).toEqual([
        address,
        403,
        'photo.link-expired',
      ]);
    }
  });

  test('by an address without a signature, signed in or not: it is no address', async () => {
    const { id } = await put(resident, ulid());
    for (const client of [nobody(), resident, town.as('admin')]) {
      expect((await refusal(await client.raw('GET', `/api/photos/${id}`)))[0]).toBe(400);
    }
  });

  test('that was swept away since: it is not there', async () => {
    const { id, full } = await put(resident, ulid());
    await server.world.database.transaction((db) => db.write('DELETE FROM photo WHERE id = ?', [id]));
    expect(await refusal(await nobody().raw('GET', full))).toEqual([404, 'photo.not-found']);
  });

  test('that the storage has lost: it is our fault, and we say no more about it', async () => {
    const { id, full } = await put(resident, ulid());
    const [row] = await server.world.database.reading.query<{ storage_key: string }>(
      'SELECT storage_key FROM photo WHERE id = ?',
      [id],
    );
    await server.world.files.remove(row?.storage_key ?? '');
    expect(await refusal(await nobody().raw('GET', full))).toEqual([500, 'server.internal']);
  });

  test('by HEAD: without the picture', async () => {
    const { full } = await put(resident, ulid());
    const head = await nobody().raw('HEAD', full);
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'image/jpeg', '']);
  });
});
