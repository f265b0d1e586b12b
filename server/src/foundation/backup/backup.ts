import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { ConfigFault } from '../config';
import { connectionOf } from '../database/connect';
import type { KeyRing } from '../personal-data/key-ring';
import type { Files } from '../world/files';
import { dumpDatabase, openSource, type TableCount } from './dump';
import { erasureColumns, forgetErasures, noteErasure, type ErasureRow } from './erasure-list';
import { copyOf, databaseFile, manifestFile, nameOf, signed, sumOf, type Manifest } from './manifest';
import { pruneBackups } from './retention';
import { keyOfSealed, opening, sealing } from './sealed-stream';

/**
 * A folder of backups:
 *
 *     2026-11-22T13-00-00Z/manifest.json    what is in it, which keys it needs; signed
 *     2026-11-22T13-00-00Z/database.sealed  SQL, gzip, sealed
 *     files/photos/2026-11-22/X.jpg.sealed  each stored file; its contents never change, so all backups share it
 *     erasures/X.sealed                     who was erased since the oldest: a restore erases again (erasure-list.ts)
 */
export interface Backup {
  /** The application's account is enough: it may read everything. */
  url: string;
  files: Files;
  ring: KeyRing;
  folder: string;
  /** Backups older than so many days go when a new one is there (retention.ts). */
  keepDays: number;
  now: Date;
  say: (line: string) => void;
}

/** Makes a backup; returns its folder. Nothing has this name before all of it is written. Throws {@link ConfigFault}. */
export async function makeBackup(backup: Backup): Promise<string> {
  const { folder, now, keepDays, say } = backup;
  const { username, ...where } = connectionOf(backup.url);
  const connection = await createConnection({ ...where, user: username, timezone: 'Z' });
  try {
    await takeLock(connection);
    const target = await writeBackup(backup, join(folder, nameOf(now)));
    const oldest = (await pruneBackups({ folder, keepDays, now, say })) ?? now;
    await listErasuresSince(connection, backup, new Date(oldest.getTime() - day));
    return target;
  } finally {
    await connection.end();
  }
}

/** Two at once would take copies from each other that the other one counts on. */
async function takeLock(connection: Connection): Promise<void> {
  const [[row]] = await connection.query<RowDataPacket[]>(
    "SELECT GET_LOCK(CONCAT('sandan:', DATABASE(), ?), 0) AS got",
    ['backup'],
  );
  if (Number(row?.['got']) !== 1)
    throw new ConfigFault(['另一个备份正在进行，请等它做完 / another backup is under way']);
}

const day = 86_400_000;

/**
 * Whoever keeps backups in a folder that the service does not know has the list there, too. No backup knows any more who was
 * erased before that time: what the list says of them goes. Entries of people whom this database does not know stay.
 */
async function listErasuresSince(connection: Connection, { ring, folder }: Backup, since: Date): Promise<void> {
  const before = "state = 'erased' AND ended_at < ?";
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT ${erasureColumns} FROM account_closing WHERE state IN ('erasing', 'erased') AND NOT COALESCE(${before}, FALSE)`,
    [since],
  );
  for (const row of rows) await noteErasure(folder, ring, row as ErasureRow & RowDataPacket);
  const [gone] = await connection.query<RowDataPacket[]>(
    `SELECT person_id AS personId FROM account_closing WHERE ${before}`,
    [since],
  );
  await forgetErasures(
    folder,
    gone.map(({ personId }) => String(personId)),
  );
}

async function writeBackup(backup: Backup, target: string): Promise<string> {
  const { ring, now, say } = backup;
  const fresh = `${target}.new`;
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  try {
    const { tables, keys, keysOfValues } = await sealDatabase(backup, join(fresh, databaseFile));
    say(`数据库：${tables.length} 张表，${tables.reduce((sum, { rows }) => sum + rows, 0)} 行`);
    const { copied, again, missing } = await sealFiles(backup, keys);
    say(`照片和录音：${keys.length - missing.length} 个，其中新备份 ${copied} 个`);
    if (again > 0) say(`换成新密钥加密的旧副本：${again} 个`);
    if (missing.length > 0) say(`存储里已经没有的：${missing.length} 个`);
    const manifest: Manifest = {
      ...{ format: 2, at: now.toISOString(), tables, missing },
      files: keys.filter((key) => !missing.includes(key)),
      database: await sumOf(join(fresh, databaseFile)),
      keys: {
        seal: [...new Set([ring.seal.current, ...keysOfValues])].sort(),
        index: ring.index.keys.map(({ id }) => id),
      },
    };
    await writeFile(join(fresh, manifestFile), signed(manifest, ring), { mode: 0o600 });
    await rename(fresh, target);
    return target;
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

/** What was read on the way: everything in one snapshot. */
interface Seen {
  /** Of stored files. */
  files: Set<string>;
  /** Ids of the keys that values are sealed with. */
  keys: Set<string>;
}

async function sealDatabase(
  { url, ring }: Backup,
  path: string,
): Promise<{ tables: TableCount[]; keys: string[]; keysOfValues: Set<string> }> {
  const connection = openSource(url);
  const tables: TableCount[] = [];
  const seen: Seen = { files: new Set(), keys: new Set() };
  try {
    const lines = lookingAt(
      dumpDatabase(connection, (table) => tables.push(table)),
      seen,
    );
    await pipeline(
      ...[Readable.from(lines), createGzip(), sealing(ring, databaseFile)],
      createWriteStream(path, { mode: 0o600 }),
    );
  } finally {
    await connection.promise().end();
  }
  return { tables, keys: [...seen.files].sort(), keysOfValues: seen.keys };
}

/** The server itself names what it stores, so that its keys are recognised wherever they stand (take-upload.ts). */
const storedKey = /'((?:photos|voices)\/\d{4}-\d\d-\d\d\/[\w-]+\.\w{3})'/g;
/** A sealed value (vault.ts), by the id that rotation gives its keys. */
const sealedValue = /'(k\d{1,11})\.[\w-]{38,}'/g;

async function* lookingAt(lines: AsyncIterable<string>, { files, keys }: Seen): AsyncGenerator<string> {
  for await (const line of lines) {
    for (const [, key = ''] of line.matchAll(storedKey)) {
      files.add(key);
      if (key.endsWith('.jpg')) files.add(key.replace(/\.jpg$/, '.thumb.jpg'));
    }
    for (const [, id = ''] of line.matchAll(sealedValue)) keys.add(id);
    yield line;
  }
}

/** A copy of a key that has been changed since is sealed anew, so that the old key may go with the backups of its time. */
async function sealFiles({ files, ring, folder }: Backup, keys: readonly string[]) {
  const missing: string[] = [];
  let [copied, again] = [0, 0];
  for (const key of keys) {
    const path = copyOf(folder, key);
    const known = await keyOfSealed(path);
    if (known === ring.seal.current) continue;
    const source = await sourceOf(files, ring, { key, path, known });
    if (source === null) {
      missing.push(key);
      continue;
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(source, sealing(ring, key), createWriteStream(`${path}.new`, { mode: 0o600 }));
    await rename(`${path}.new`, path);
    if (known === null) copied += 1;
    else again += 1;
  }
  return { copied, again, missing };
}

/** The storage; where that has lost it, the copy from before. */
async function sourceOf(
  files: Files,
  ring: KeyRing,
  { key, path, known }: { key: string; path: string; known: string | null },
): Promise<Readable | null> {
  if (await files.exists(key)) return files.stream(key);
  if (!ring.seal.keys.some(({ id }) => id === known)) return null;
  return createReadStream(path).compose(opening(ring, key)) as Readable;
}
