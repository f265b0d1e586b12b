import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { testDatabaseUrl } from '../../../test/database';
import { testVault } from '../../../test/vault';
import { connectDatabase, type Database } from '../database/connect';
import { createFiles, type Files } from '../world/files';
import { Photo } from './photo.entity';
import { bindPhotos, bindVoice, photosOf, sameLooking, storeDecoded, storeVoice, voicesOf } from './photos.service';
import { thumbKeyOf } from './serve-stored';
import { sweepLoose, sweepOrphans, sweepUploads } from './sweep';
import type { TakenPhoto, TakenVoice } from './take-upload';
import { VoiceNote } from './voice-note.entity';

// Long before any other test's rows: what is swept here is ours.
const now = new Date('2001-03-01T08:00:00.123Z');
const daysLater = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

let database: Database;
let folder: string;
let files: Files;

beforeAll(async () => {
  database = await connectDatabase({ url: await testDatabaseUrl(), entities: [Photo, VoiceNote], vault: testVault });
  folder = await mkdtemp(join(tmpdir(), 'sandan-kept-'));
  files = await createFiles({ kind: 'local', folder });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

let pictures = 0;
const takenPhoto = (different: Partial<TakenPhoto> = {}): TakenPhoto => ({
  width: 1600,
  height: 1200,
  bytes: 318_000,
  contentHash: Buffer.alloc(32, `picture ${(pictures += 1)} of ${process.pid}`),
  likeness: '18446744073709551615',
  storageKey: `photos/2001-03-01/${ulid()}.jpg`,
  ...different,
});
const takenVoice = (): TakenVoice => ({
  seconds: 12,
  bytes: 9_000,
  format: 'm4a',
  contentHash: Buffer.alloc(32, ulid()),
  storageKey: `voices/2001-03-01/${ulid()}.m4a`,
});

interface Sent {
  id?: string;
  ownerId?: string;
  taken?: TakenPhoto;
  at?: Date;
}

const send = ({ id = ulid(), ownerId = ulid(), taken = takenPhoto(), at = now }: Sent = {}): Promise<Photo> =>
  database.transaction(({ manager }) => storeDecoded(manager, { id, ownerId, taken, now: at }));

const bind = (ids: string[], ownerId: string, thingId: string, thingKind = 'order'): Promise<void> =>
  database.transaction(({ manager }) => bindPhotos(manager, { ids, ownerId, thingKind, thingId, now }));

const photosOfOrder = (thingId: string) => photosOf(database.reading, 'order', [thingId]);

describe('a photo that was sent', () => {
  test('is kept as it is, loose', async () => {
    const taken = takenPhoto();
    const photo = await send({ taken });
    const order = ulid();
    await bind([photo.id], photo.ownerId, order);
    expect(await photosOfOrder(order)).toEqual([
      { ...photo, thingKind: 'order', thingId: order, boundAt: now, createdAt: now, likeness: taken.likeness },
    ]);
  });

  test('may be sent again: the first one stands', async () => {
    const first = await send();
    const again = await send({ ...first, taken: takenPhoto({ contentHash: first.contentHash }), at: daysLater(1) });
    expect(again).toEqual(first);
  });

  test('keeps its number: no other photo and no other person gets it', async () => {
    const first = await send();
    await expect(send({ id: first.id, ownerId: first.ownerId })).rejects.toMatchObject({
      code: 'photo.id-taken',
      status: 409,
    });
    const copy = takenPhoto({ contentHash: first.contentHash });
    await expect(send({ id: first.id, taken: copy })).rejects.toMatchObject({ code: 'photo.id-taken' });
  });

  test('twenty times at once is one photo', async () => {
    const [id, ownerId, contentHash] = [ulid(), ulid(), Buffer.alloc(32, 'at once')];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send({ id, ownerId, taken: takenPhoto({ contentHash }) })),
    );
    expect(new Set(answers.map(({ storageKey }) => storageKey)).size).toBe(1);
  });
});

describe('photos become part of an order', () => {
  test('in the order in which they were made, and again without change', async () => {
    const [ownerId, order] = [ulid(), ulid()];
    const [first, second] = [await send({ ownerId, id: ulid(1000) }), await send({ ownerId, id: ulid(2000) })];
    await bind([second.id, first.id], ownerId, order);
    await bind([first.id, second.id, second.id], ownerId, order);
    expect((await photosOfOrder(order)).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  test('but not somebody else’s, not those of another order, not those that never arrived; then none is bound', async () => {
    const [ownerId, order] = [ulid(), ulid()];
    const own = await send({ ownerId });
    const strange = await send();
    const bound = await send({ ownerId });
    await bind([bound.id], ownerId, ulid());
    for (const other of [strange.id, bound.id, ulid()]) {
      await expect(bind([own.id, other], ownerId, order)).rejects.toMatchObject({
        code: 'photo.not-yours',
        status: 409,
      });
    }
    await expect(bind([bound.id], ownerId, String(bound.thingId), 'task')).rejects.toMatchObject({
      code: 'photo.not-yours',
    });
    expect(await photosOfOrder(order)).toEqual([]);
  });

  test('at most nine', async () => {
    const ownerId = ulid();
    const ids = await Promise.all(Array.from({ length: 10 }, async () => (await send({ ownerId })).id));
    await expect(bind(ids, ownerId, ulid())).rejects.toMatchObject({ code: 'photo.not-yours' });
    await expect(bind(ids.slice(1), ownerId, ulid())).resolves.toBeUndefined();
  });

  test('none is fine', async () => {
    await expect(bind([], ulid(), ulid())).resolves.toBeUndefined();
    expect(await photosOf(database.reading, 'order', [])).toEqual([]);
  });
});

test('a voice note is sent, sent again and becomes part of an order', async () => {
  const upload = { id: ulid(), ownerId: ulid(), taken: takenVoice(), now };
  const order = ulid();
  const binding = { id: upload.id, ownerId: upload.ownerId, thingKind: 'order', thingId: order, now };
  await database.transaction(({ manager }) => storeVoice(manager, upload));
  await database.transaction(({ manager }) => storeVoice(manager, upload));
  const another = { ...upload, taken: takenVoice() };
  const storing = database.transaction(({ manager }) => storeVoice(manager, another));
  await expect(storing).rejects.toMatchObject({ code: 'photo.id-taken' });
  await database.transaction(({ manager }) => bindVoice(manager, binding));
  const [note, ...others] = await voicesOf(database.reading, 'order', [order]);
  expect(others).toEqual([]);
  expect(note).toMatchObject({ id: upload.id, ...upload.taken });
  const stolen = database.transaction(({ manager }) => bindVoice(manager, { ...binding, ownerId: ulid() }));
  await expect(stolen).rejects.toMatchObject({ code: 'voice.not-found' });
});

test('the inspector is told when a photo was used before, for something else', async () => {
  const contentHash = Buffer.alloc(32, ulid());
  const sendFor = async (order: string | null, at: Date): Promise<Photo> => {
    const photo = await send({ taken: takenPhoto({ contentHash }), at });
    if (order) await bind([photo.id], photo.ownerId, order);
    return photo;
  };
  const [first, second] = [ulid(), ulid()];
  await sendFor(null, daysLater(-3));
  const earlier = await sendFor(first, daysLater(-2));
  await sendFor(second, daysLater(-1));
  await sendFor(second, now);

  const twins = await sameLooking(database.reading, await photosOfOrder(second));
  expect(twins.map((twin) => twin.earlier.id)).toEqual([earlier.id, earlier.id]);
  expect(await sameLooking(database.reading, await photosOfOrder(first))).toEqual([]);
  expect(await sameLooking(database.reading, [])).toEqual([]);
});

describe('the sweeper', () => {
  const keep = async (photo: { storageKey: string }): Promise<void> => {
    for (const key of [photo.storageKey, thumbKeyOf(photo.storageKey)])
      await files.put(key, Buffer.from('x'), 'image/jpeg');
  };
  const isKept = (storageKey: string): Promise<boolean[]> =>
    Promise.all([files.exists(storageKey), files.exists(thumbKeyOf(storageKey))]);

  test('takes photos that nobody needed for 14 days, with their files, and no others', async () => {
    const [loose, shared, young, bound] = [await send(), await send(), await send({ at: daysLater(1) }), await send()];
    const sharing = await send({ taken: takenPhoto({ storageKey: shared.storageKey }), at: daysLater(1) });
    for (const photo of [loose, shared, young, bound]) await keep(photo);
    const order = ulid();
    await bind([bound.id], bound.ownerId, order);

    await sweepLoose(database, files, daysLater(14));
    expect(await isKept(loose.storageKey)).toEqual([true, true]);
    expect(await sweepLoose(database, files, daysLater(14.5))).toBeGreaterThanOrEqual(2);
    await expect(bind([loose.id], loose.ownerId, ulid())).rejects.toMatchObject({ code: 'photo.not-yours' });
    expect(await isKept(loose.storageKey)).toEqual([false, false]);
    expect(await isKept(shared.storageKey)).toEqual([true, true]);
    expect(await isKept(young.storageKey)).toEqual([true, true]);
    expect(await isKept(bound.storageKey)).toEqual([true, true]);
    await bind([young.id], young.ownerId, order);
    await bind([sharing.id], sharing.ownerId, order);
  });

  test('takes stored files without a row when they are two days old', async () => {
    const [known, orphan] = [await send(), takenPhoto()];
    const note = takenVoice().storageKey;
    await keep(known);
    await keep(orphan);
    await files.put(note, Buffer.from('x'), 'audio/mp4');
    expect(await sweepOrphans(database, files, daysLater(1))).toBe(0);
    expect(await isKept(orphan.storageKey)).toEqual([true, true]);
    await sweepOrphans(database, files, daysLater(2));
    expect(await isKept(orphan.storageKey)).toEqual([false, false]);
    expect(await files.exists(note)).toBe(false);
    expect(await isKept(known.storageKey)).toEqual([true, true]);
  });

  test('takes temporary files that a killed process left behind yesterday', async () => {
    const uploads = join(folder, 'uploads');
    expect(await sweepUploads(uploads)).toBe(0);
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const name of ['old.upload', 'new.upload', 'other.txt']) await writeFile(join(uploads, name), 'x');
    for (const name of ['old.upload', 'other.txt']) await utimes(join(uploads, name), yesterday, yesterday);
    expect(await sweepUploads(uploads)).toBe(1);
    expect(await readdir(uploads)).toEqual(['new.upload', 'other.txt']);
  });
});
