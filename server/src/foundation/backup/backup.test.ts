import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createConnection, type Connection } from 'mysql2/promise';
import { fillTown, type FilledTown } from '../../../test/demo-town';
import { testRing } from '../../../test/vault';
import { ConfigFault } from '../config';
import { connectionOf } from '../database/connect';
import { newKeyRing } from '../personal-data/key-ring';
import { suiteNames } from '../personal-data/suites';
import { createFiles, type Files } from '../world/files';
import { makeBackup } from './backup';
import { dumpDatabase, openSource } from './dump';
import { copyOf, databaseFile } from './manifest';
import { restoreBackup } from './restore';
import { DamagedBackup, opening, sealing } from './sealed-stream';

let town: FilledTown;
let root: Connection;
let folder: string;
let path: string;
const said: string[] = [];
const name = `sandan_restored_${process.pid}_${randomBytes(3).toString('hex')}`;

const urlOf = (database: string): string => {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  url.pathname = `/${database}`;
  return url.toString();
};
const emptyDatabase = (): Promise<unknown> =>
  root.query(`CREATE OR REPLACE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);

/** Everything there is, in a text: two databases are the same when their dumps are. */
async function dumpOf(database: string): Promise<string> {
  const source = openSource(urlOf(database));
  let text = '';
  for await (const line of dumpDatabase(source, () => undefined)) text += line;
  await source.promise().end();
  return text;
}

const backUp = (at: string, files: Files = town.files): Promise<string> =>
  makeBackup({
    ...{ url: town.url, files, ring: testRing, folder: join(folder, 'backups'), keepDays: 30, now: new Date(at) },
    say: (line) => said.push(line),
  });

async function restore(from: string, ring = testRing): Promise<Files> {
  const files = await createFiles({ kind: 'local', folder: await mkdtemp(join(folder, 'restored-')) });
  await restoreBackup({ ownerUrl: urlOf(name), files, ring, path: from, say: () => undefined });
  return files;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-backup-'));
  town = await fillTown(new Date('2026-11-19T11:20:00Z'));
  const { username, database: _none, ...where } = connectionOf(urlOf(''));
  root = await createConnection({ ...where, user: username });
  // Databases are dropped between tests, while MariaDB may still look at the foreign keys of the last one.
  await root.query('SET SESSION foreign_key_checks = 0');
  await town.database.transaction((db) =>
    db.write('UPDATE service_order SET words = ? WHERE words IS NOT NULL ORDER BY id LIMIT 1', [
      "一行\n又一行；'引号'、反斜杠\\、\u2028、𠮷、表情😀、零\u0000",
    ]),
  );
  path = await backUp('2026-11-20T01:00:00Z');
}, 180_000);
afterAll(async () => {
  await root.query(`DROP DATABASE IF EXISTS ${name}`);
  await root.end();
  await town.close();
  await rm(folder, { recursive: true });
});
beforeEach(emptyDatabase);

test('a backup that is put back gives the same town, photos and all', async () => {
  const files = await restore(path);
  const [before, after] = [await dumpOf(town.name), await dumpOf(name)];
  expect(after.length).toBeGreaterThan(1_000_000);
  expect(after === before).toBe(true);
  const keys: string[] = [];
  for await (const key of town.files.list('photos')) keys.push(key);
  expect(keys.length).toBeGreaterThan(10);
  for (const key of keys) expect((await files.read(key)).equals(await town.files.read(key))).toBe(true);
}, 120_000);

test('nothing of it can be read without the keys', async () => {
  const names = ['王桂英', 'service_order', 'CREATE TABLE'];
  for (const file of await readdir(join(folder, 'backups'), { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !file.name.endsWith('.sealed')) continue;
    const contents = await readFile(join(file.parentPath, file.name));
    for (const word of names) expect(contents.includes(word)).toBe(false);
    expect(contents.subarray(0, 3).toString('hex')).not.toBe('ffd8ff');
  }
  await expect(restore(path, newKeyRing())).rejects.toThrow(DamagedBackup);
  expect(await dumpOf(name)).toBe('');
});

test.each([
  ['cut off', (file: string) => truncate(file, 50_000)],
  ['changed in one byte', async (file: string) => changeOneByte(file, 60_000)],
  ['emptied', async (file: string) => writeFile(file, '')],
])('a backup that was %s is refused before anything is written', async (_what, damage) => {
  const mine = join(folder, 'backups', 'damaged');
  await cp(path, mine, { recursive: true });
  await damage(join(mine, databaseFile));
  await expect(restore(mine)).rejects.toThrow(DamagedBackup);
  expect(await dumpOf(name)).toBe('');
  await rm(mine, { recursive: true });
});

test('a photo that was changed or exchanged for another is found before anything is written', async () => {
  const [one = '', other = ''] = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')).manifest
    .files as string[];
  const place = copyOf(join(folder, 'backups'), one);
  const good = await readFile(place);
  await writeFile(place, await readFile(copyOf(join(folder, 'backups'), other)));
  await expect(restore(path)).rejects.toThrow(DamagedBackup);
  expect(await dumpOf(name)).toBe('');
  await writeFile(place, good);
});

test('a manifest that was changed is refused', async () => {
  const file = join(path, 'manifest.json');
  const good = await readFile(file, 'utf8');
  await writeFile(file, good.replace(/"rows": (\d+)/, '"rows": 1$1'));
  await expect(restore(path)).rejects.toThrow('manifest.json 被改动过，或者密钥不对');
  await writeFile(file, good);
});

test('nothing is restored over what is there', async () => {
  await root.query(`CREATE TABLE ${name}.other (id INT)`);
  await expect(restore(path)).rejects.toThrow(ConfigFault);
});

test('a second backup copies only what is new, and says what the storage has lost', async () => {
  said.length = 0;
  const { exists } = town.files;
  const lost = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')).manifest.files[0] as string;
  await rm(copyOf(join(folder, 'backups'), lost));
  const again = await backUp('2026-11-20T03:00:00Z', {
    ...town.files,
    exists: (key) => (key === lost ? Promise.resolve(false) : exists(key)),
  });
  expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/其中新备份 0 个$/), '存储里已经没有的：1 个']));
  await restore(again);
}, 120_000);

test('a backup is of one moment, while others write', async () => {
  const source = openSource(town.url);
  const counts = new Map<string, number>();
  let first = true;
  for await (const _line of dumpDatabase(source, ({ name: table, rows }) => counts.set(table, rows))) {
    if (!first) continue;
    first = false;
    await town.database.transaction((db) =>
      db.write(
        "INSERT INTO person (id, name, created_at) VALUES ('01K9ZZZZZZZZZZZZZZZZZZZZZZ', '后来的', '2026-11-19')",
      ),
    );
  }
  await source.promise().end();
  const [row] = await town.database.reading.query<{ n: number }>('SELECT COUNT(*) AS n FROM person');
  expect(counts.get('person')).toBe(Number(row?.n) - 1);
  await town.database.transaction((db) => db.write("DELETE FROM person WHERE id = '01K9ZZZZZZZZZZZZZZZZZZZZZZ'"));
});

describe.each(suiteNames)('a sealed stream (%s)', (suite) => {
  const ring = newKeyRing(suite);
  const through = (bytes: Buffer, as = 'x') =>
    buffer(Readable.from([bytes]).compose(sealing(ring, 'x')).compose(opening(ring, as)));
  test.each([0, 1, 65_535, 65_536, 65_537, 300_000])('gives %i bytes back', async (length) => {
    const bytes = randomBytes(length);
    expect((await through(bytes)).equals(bytes)).toBe(true);
  });
  test('does not open under another name', async () => {
    await expect(through(randomBytes(10), 'y')).rejects.toThrow(DamagedBackup);
  });
  test('does not open with frames in another order, left out or cut off at a frame', async () => {
    const sealed = await buffer(Readable.from([randomBytes(200_000)]).compose(sealing(ring, 'x')));
    const head = sealed.indexOf(10) + 1;
    const frame = 4 + sealed.readUInt32BE(head);
    const [line, one, two] = [
      sealed.subarray(0, head),
      sealed.subarray(head, head + frame),
      sealed.subarray(head + frame),
    ];
    const swapped = Buffer.concat([line, two.subarray(0, frame), one, two.subarray(frame)]);
    for (const bytes of [swapped, Buffer.concat([line, two]), Buffer.concat([line, one])])
      await expect(buffer(Readable.from([bytes]).compose(opening(ring, 'x')))).rejects.toThrow(DamagedBackup);
  });
});

async function changeOneByte(file: string, at: number): Promise<void> {
  const contents = await readFile(file);
  contents.writeUInt8(contents.readUInt8(at) ^ 1, at);
  await writeFile(file, contents);
}
