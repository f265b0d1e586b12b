import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { createConnection, type Connection } from 'mysql2/promise';
import { ulid } from 'ulid';
import { testDatabaseUrl } from '../../../test/database';
import { findInDatabase } from '../../../test/dump';
import { testRing } from '../../../test/vault';
import { entities } from '../../rooms';
import { Opinion } from '../../rooms/opinions/opinion.entity';
import { Person } from '../../rooms/people/person.entity';
import { connectDatabase, connectionOf, type Database } from '../database/connect';
import { dropKey } from '../personal-data/drop-key';
import { newKey, readKeyRing, writeKeyRing, type KeyRing } from '../personal-data/key-ring';
import { rotateKeys, type Rotation } from '../personal-data/rotate-keys';
import { createVault } from '../personal-data/vault';
import { Photo } from '../photos/photo.entity';
import { createFiles, type Files } from '../world/files';
import { makeBackup, type Backup } from './backup';
import { noteErasure, noteErasures } from './erasure-list';
import { finishRestore } from './finish-restore';
import { copyOf, readManifest } from './manifest';
import { restoreBackup } from './restore';
import { pruneBackups } from './retention';
import { keyOfSealed } from './sealed-stream';

/** A few people and photos: what becomes of backups when keys, and people, go. The whole town is backup.test.ts's. */
let database: Database;
let url: string;
let target: string;
let root: Connection;
let folder: string;
let files: Files;
let keysFile: string;
const said: string[] = [];
const person = { id: ulid(), name: '闫翀翀', phone: '15455551234', createdAt: new Date() };
const photos = ['one', 'two'].map((word) => ({ key: `photos/2026-11-18/${ulid()}.jpg`, bytes: Buffer.from(word) }));

const ring = (): KeyRing => readKeyRing(keysFile);
const backUp = (at: string, more: Partial<Backup> = {}): Promise<string> =>
  makeBackup({
    ...{ url, files, ring: ring(), folder: join(folder, 'backups'), keepDays: 30, now: new Date(at) },
    ...{ say: (line) => said.push(line), ...more },
  });
const copies = () => join(folder, 'backups');

async function restore(path: string): Promise<Files> {
  const name = new URL(target).pathname.slice(1);
  await root.query(`CREATE OR REPLACE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  const into = await createFiles({ kind: 'local', folder: await mkdtemp(join(folder, 'restored-')) });
  await restoreBackup({ ownerUrl: target, files: into, ring: ring(), path, say: () => undefined });
  return into;
}
async function inRestored<T>(work: (restored: Database) => Promise<T>): Promise<T> {
  const restored = await connectDatabase({ url: target, entities, vault: createVault(ring), writers: 4 });
  try {
    return await work(restored);
  } finally {
    await restored.close();
  }
}
const phoneThere = () =>
  inRestored(async ({ reading }) => {
    const [row] = await reading.query<{ phone: never }>('SELECT phone_sealed AS phone FROM person WHERE id = ?', [
      person.id,
    ]);
    return row && reading.vault.open('person.phone', row.phone);
  });
const rotation = (): Rotation => ({
  ...{ database, keysFile, backupDir: copies(), settle: 0, wait: () => breath(), say: () => undefined },
});

beforeAll(async () => {
  url = await testDatabaseUrl('backups');
  const { username, database: _none, ...where } = connectionOf(url);
  root = await createConnection({ ...where, user: username });
  await root.query('SET SESSION foreign_key_checks = 0');
  const there = new URL(url);
  there.pathname = `/sandan_put_back_${process.pid}_${randomBytes(3).toString('hex')}`;
  target = there.toString();
});
afterAll(async () => {
  await root.query(`DROP DATABASE IF EXISTS ${new URL(target).pathname.slice(1)}`);
  await root.end();
});
beforeEach(async () => {
  said.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'sandan-restored-'));
  keysFile = join(folder, 'keys.json');
  writeKeyRing(keysFile, testRing);
  files = await createFiles({ kind: 'local', folder: join(folder, 'stored') });
  database = await connectDatabase({ url, entities, vault: createVault(ring), writers: 4 });
  const at = new Date('2026-11-18T01:00:00Z');
  await database.transaction(async (db) => {
    await db.insert(Person, [person]);
    const words = `${person.name}说：字太小，打${person.phone}`;
    await db.insert(Opinion, [{ id: ulid(), personId: ulid(), kind: 'complaint', words, at }]);
    await db.insert(
      Photo,
      photos.map(({ key: storageKey }) => ({
        ...{ id: ulid(), ownerId: ulid(), storageKey, width: 1, height: 1, bytes: 1, createdAt: at },
        ...{ contentHash: Buffer.alloc(32), likeness: '0' },
      })),
    );
  });
  for (const { key, bytes } of photos) {
    await files.put(key, bytes, 'image/jpeg');
    await files.put(key.replace('.jpg', '.thumb.jpg'), bytes, 'image/jpeg');
  }
});
afterEach(async () => {
  await database.transaction(async (db) => {
    for (const table of ['person', 'opinion', 'photo', 'account_closing', 'recovery_code'])
      await db.write(`DELETE FROM ${table}`);
  });
  await database.close();
  await rm(folder, { recursive: true });
});

test('after a change of keys the old one stays while a backup needs it, and what is backed up then can be put back', async () => {
  const first = await backUp('2026-11-20T01:00:00Z');
  expect((await readManifest(first, ring())).keys).toEqual({ seal: ['k1'], index: ['i1'] });
  await rotateKeys(rotation(), 'seal', 'sm');
  expect(await dropKey(rotation(), 'k1', { giveUpBackups: false })).toEqual({
    ...{ is: 'needed-by-backups', need: { backups: ['2026-11-20T01-00-00Z'], files: 4 } },
  });
  // The one from before and the one from after stand on the same copies.
  const second = await backUp('2026-11-20T02:00:00Z');
  expect(said).toContain('换成新密钥加密的旧副本：4 个');
  expect((await readManifest(second, ring())).keys.seal).toEqual(['k2']);
  await restore(first);
  expect(await phoneThere()).toBe(person.phone);

  await rm(first, { recursive: true });
  expect(await dropKey(rotation(), 'k1', { giveUpBackups: false })).toEqual({ is: 'dropped' });
  const third = await backUp('2026-11-20T03:00:00Z');
  for (const path of [second, third]) {
    const stored = await restore(path);
    expect(await phoneThere()).toBe(person.phone);
    for (const { key, bytes } of photos) expect((await stored.read(key)).equals(bytes)).toBe(true);
  }
}, 120_000);

test('whoever gives up old backups drops the key at once; the next backup is whole', async () => {
  const first = await backUp('2026-11-20T01:00:00Z');
  await rotateKeys(rotation(), 'seal', 'aes');
  expect(await dropKey(rotation(), 'k1', { giveUpBackups: true })).toEqual({ is: 'dropped' });
  await expect(restore(first)).rejects.toThrow('没有备份所用的密钥 k1');
  await restore(await backUp('2026-11-20T02:00:00Z'));
  expect(await phoneThere()).toBe(person.phone);
}, 120_000);

test('the copy itself is sealed anew where the storage has lost the photo; an unreadable copy is made again', async () => {
  await backUp('2026-11-20T01:00:00Z');
  const [lost = '', broken = ''] = photos.map(({ key }) => key);
  await writeFile(copyOf(copies(), broken), 'not ours');
  const next = { ...ring(), seal: { current: 'k2', keys: [...ring().seal.keys, newKey('k2')] } };
  const gone: Files = { ...files, exists: async (key) => key !== lost && files.exists(key) };
  const path = await backUp('2026-11-20T02:00:00Z', { ring: next, files: gone });
  expect(await keyOfSealed(copyOf(copies(), lost))).toBe('k2');
  expect(await keyOfSealed(copyOf(copies(), broken))).toBe('k2');
  // Its rows are still under the old key: it says that it needs both.
  expect((await readManifest(path, next)).keys.seal).toEqual(['k1', 'k2']);
});

test('old backups go but for the last three, then the copies that none of those that stay names', async () => {
  const path = await backUp('2026-11-20T01:00:00Z');
  const mine = copies();
  for (const day of ['01', '02', '03']) await cp(path, join(mine, `2026-01-${day}T01-00-00Z`), { recursive: true });
  const [{ key } = { key: '' }] = photos;
  const stranger = `photos/2026-01-01/${ulid()}.jpg`;
  await cp(copyOf(mine, key), copyOf(mine, stranger), { recursive: true });
  const prune = () =>
    pruneBackups({ folder: mine, keepDays: 30, now: new Date('2026-11-20T02:00:00Z'), say: (line) => said.push(line) });

  // Nobody knows what an unreadable one needs.
  await writeFile(join(mine, '2026-01-03T01-00-00Z', 'manifest.json'), '');
  await prune();
  expect((await readdir(mine)).filter((name) => name.startsWith('2026')).sort()).toEqual([
    ...['2026-01-02T01-00-00Z', '2026-01-03T01-00-00Z', '2026-11-20T01-00-00Z'],
  ]);
  expect(said.at(-1)).toContain('2026-01-03T01-00-00Z');
  expect(await keyOfSealed(copyOf(mine, stranger))).toBe('k1');
  await rm(join(mine, '2026-01-03T01-00-00Z'), { recursive: true });
  await prune();
  expect(await keyOfSealed(copyOf(mine, stranger))).toBeNull();
  expect(await keyOfSealed(copyOf(mine, key))).toBe('k1');
});

test('the list of the erased reaches back to the oldest backup that is kept, and not further', async () => {
  const [before, after, stranger] = [ulid(), ulid(), ulid()];
  await database.transaction(async (db) => {
    for (const [personId, day] of [
      [before, '2026-11-10'],
      [after, '2026-11-19'],
    ])
      await db.write(
        `INSERT INTO account_closing (id, person_id, reason, asked_by_id, asked_at, due_at, state, is_open, ended_at)
         VALUES (?, ?, 'own', ?, '2026-11-01', '2026-11-08', 'erased', NULL, ?)`,
        [ulid(), personId ?? '', personId ?? '', day ?? ''],
      );
  });
  const listed = async () => (await readdir(join(copies(), 'erasures'))).sort();
  const entries = (...ids: string[]) => ids.map((id) => `${id}.sealed`).sort();
  await noteErasures(database, ring, copies());
  const own = {
    closingId: ulid(),
    personId: stranger,
    reason: 'own',
    askedById: stranger,
    askedAt: new Date(),
  } as const;
  await noteErasure(copies(), ring(), own);
  await backUp('2026-11-09T01:00:00Z');
  expect(await listed()).toEqual(entries(before, after, stranger));
  for (const day of ['18', '19', '20']) await backUp(`2026-11-${day}T01:00:00Z`, { keepDays: 5 });
  // Erased before the oldest of those that are left; of the third this database knows nothing.
  expect(await listed()).toEqual(entries(after, stranger));
}, 120_000);

test('who was erased after a backup is erased again when it is put back, and nothing lets anybody in', async () => {
  const closingId = ulid();
  await database.transaction(async (db) => {
    await db.write('INSERT INTO recovery_code (person_id, code_hash) VALUES (?, REPEAT(0, 32))', [person.id]);
    await db.write(
      `INSERT INTO account_closing (id, person_id, reason, asked_by_id, asked_at, due_at, state, is_open)
       VALUES (?, ?, 'own', ?, '2026-11-10', '2026-11-17', 'waiting', 1)`,
      [closingId, person.id, person.id],
    );
  });
  const path = await backUp('2026-11-20T01:00:00Z');
  await database.transaction((db) =>
    db.write("UPDATE account_closing SET state = 'erased', is_open = NULL WHERE id = ?", [closingId]),
  );
  expect(await noteErasures(database, ring, copies())).toBe(1);
  expect(await noteErasures(database, ring, copies())).toBe(0);
  const entry = join(copies(), 'erasures', `${person.id}.sealed`);
  expect((await readFile(entry)).includes(closingId)).toBe(false);
  // Of another key now, and still read.
  await rotateKeys(rotation(), 'seal', 'aes');
  expect(await keyOfSealed(entry)).toBe('k2');

  const stored = await restore(path);
  const manifest = await readManifest(path, ring());
  await inRestored(async (restored) => {
    const finish = () =>
      finishRestore({
        ...{ database: restored, files: stored, ring: ring(), manifest, folders: [copies()] },
        now: new Date('2026-11-21T01:00:00Z'),
      });
    const { reading } = restored;
    const tells = [person.name, person.phone];
    expect((await findInDatabase(reading, tells)).map(({ where }) => where)).toEqual(
      expect.arrayContaining(['person.name', 'opinion.words', 'person.phone_sealed']),
    );
    expect((await finish()).erasedAgain).toBe(1);
    expect(await findInDatabase(reading, tells)).toEqual([]);
    expect(await reading.query('SELECT state, is_open FROM account_closing WHERE id = ?', [closingId])).toEqual([
      { state: 'erased', is_open: null },
    ]);
    expect(await reading.query('SELECT 1 FROM recovery_code')).toEqual([]);
    const acts = await reading.query<{ act: string; facts: unknown }>(
      "SELECT act, facts FROM audit_entry WHERE at >= '2026-11-21' ORDER BY act",
    );
    expect(acts.map(({ act }) => act)).toEqual(['personErased', 'restoreBackup']);
    expect(JSON.stringify(acts)).toContain('2026-11-20T01:00:00.000Z');
    // Cut off and begun again, nobody is erased twice.
    expect((await finish()).erasedAgain).toBe(0);
  });
}, 120_000);
