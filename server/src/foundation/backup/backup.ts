import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import type { KeyRing } from '../personal-data/key-ring';
import { suites } from '../personal-data/suites';
import type { Files } from '../world/files';
import { dumpDatabase, openSource, type TableCount } from './dump';
import { DamagedBackup, sealing } from './sealed-stream';

/**
 * A folder of backups:
 *
 *     2026-11-22T13-00-00Z/manifest.json    what is in it, which keys it needs; signed
 *     2026-11-22T13-00-00Z/database.sealed  SQL, gzip, sealed
 *     files/photos/2026-11-22/X.jpg         each stored file, sealed; never changes, so all backups share it
 */
export interface Backup {
  /** The application's account is enough: it may read everything. */
  url: string;
  files: Files;
  ring: KeyRing;
  folder: string;
  now: Date;
  say: (line: string) => void;
}

const Manifest = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  tables: z.array(z.object({ name: z.string(), rows: z.int() })),
  files: z.array(z.string()),
  /** Taken away by somebody while the backup ran, or lost before: they stand in the database only. */
  missing: z.array(z.string()),
  database: z.object({ bytes: z.int(), sha256: z.string() }),
  keys: z.object({ seal: z.array(z.string()), index: z.array(z.string()) }),
});
export type Manifest = z.output<typeof Manifest>;
const Signed = z.object({ manifest: Manifest, signature: z.string() });

export const databaseFile = 'database.sealed';
const manifestFile = 'manifest.json';

/** The name of a stored file's sealed copy. */
export const copyOf = (folder: string, key: string): string => join(folder, 'files', `${key}.sealed`);

/** Makes a backup; returns its folder. Nothing has this name before all of it is written. */
export async function makeBackup(backup: Backup): Promise<string> {
  const { folder, now, say } = backup;
  const name = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  const [target, fresh] = [join(folder, name), join(folder, `${name}.new`)];
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  try {
    const { tables, keys } = await sealDatabase(backup, join(fresh, databaseFile));
    say(`数据库：${tables.length} 张表，${tables.reduce((sum, { rows }) => sum + rows, 0)} 行`);
    const { copied, missing } = await sealFiles(backup, keys);
    say(`照片和录音：${keys.length - missing.length} 个，其中新备份 ${copied} 个`);
    if (missing.length > 0) say(`存储里已经没有的：${missing.length} 个`);
    const manifest: Manifest = {
      ...{ format: 1, at: now.toISOString(), tables, missing },
      files: keys.filter((key) => !missing.includes(key)),
      database: await sumOf(join(fresh, databaseFile)),
      keys: { seal: backup.ring.seal.keys.map(({ id }) => id), index: backup.ring.index.keys.map(({ id }) => id) },
    };
    const signed = { manifest, signature: signatureOf(manifest, backup.ring) };
    await writeFile(join(fresh, manifestFile), `${JSON.stringify(signed, null, 1)}\n`, { mode: 0o600 });
    await rename(fresh, target);
    return target;
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

/** Keys of stored files are read in the same snapshot as everything else. */
async function sealDatabase({ url, ring }: Backup, path: string): Promise<{ tables: TableCount[]; keys: string[] }> {
  const connection = openSource(url);
  const tables: TableCount[] = [];
  const keys = new Set<string>();
  try {
    const lines = withKeys(
      dumpDatabase(connection, (table) => tables.push(table)),
      keys,
    );
    await pipeline(
      ...[Readable.from(lines), createGzip(), sealing(ring, databaseFile)],
      createWriteStream(path, { mode: 0o600 }),
    );
  } finally {
    await connection.promise().end();
  }
  return { tables, keys: [...keys].sort() };
}

/** The server itself names what it stores, so that its keys are recognised wherever they stand (take-upload.ts). */
const storedKey = /'((?:photos|voices)\/\d{4}-\d\d-\d\d\/[\w-]+\.\w{3})'/g;

async function* withKeys(lines: AsyncIterable<string>, keys: Set<string>): AsyncGenerator<string> {
  for await (const line of lines) {
    for (const [, key = ''] of line.matchAll(storedKey)) {
      keys.add(key);
      if (key.endsWith('.jpg')) keys.add(key.replace(/\.jpg$/, '.thumb.jpg'));
    }
    yield line;
  }
}

async function sealFiles({ files, ring, folder }: Backup, keys: readonly string[]) {
  const missing: string[] = [];
  let copied = 0;
  for (const key of keys) {
    const path = copyOf(folder, key);
    if (await isThere(path)) continue;
    if (!(await files.exists(key))) {
      missing.push(key);
      continue;
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(await files.stream(key), sealing(ring, key), createWriteStream(`${path}.new`, { mode: 0o600 }));
    await rename(`${path}.new`, path);
    copied += 1;
  }
  return { copied, missing };
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function sumOf(path: string): Promise<Manifest['database']> {
  const sum = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    sum.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: sum.digest('hex') };
}

/** By the oldest key that the manifest names: it is in the ring as long as the backup can be read at all. */
function signatureOf(manifest: Manifest, { seal }: KeyRing): string {
  const key = seal.keys.find(({ id }) => id === manifest.keys.seal[0]);
  if (!key) throw new DamagedBackup(`密钥文件里没有备份所用的密钥 ${manifest.keys.seal[0] ?? ''}`);
  const secret = Buffer.from(key.secret, 'base64');
  // Parsed, its parts stand in one order, whoever wrote it.
  const text = JSON.stringify(Manifest.parse(manifest));
  return suites[key.suite].digest(secret, `manifest\n${text}`).toString('base64url');
}

/** What a backup says of itself. Throws {@link DamagedBackup} where it is not whole, was changed, or needs another key. */
export async function readManifest(path: string, ring: KeyRing): Promise<Manifest> {
  const text = await readFile(join(path, manifestFile), 'utf8').catch(() => '');
  const parsed = Signed.safeParse(text === '' ? null : jsonOf(text));
  if (!parsed.success) throw new DamagedBackup(`${path} 不是完整的备份`);
  const { manifest, signature } = parsed.data;
  if (signatureOf(manifest, ring) !== signature) throw new DamagedBackup(`${manifestFile} 被改动过，或者密钥不对`);
  const { bytes, sha256 } = await sumOf(join(path, databaseFile));
  if (bytes !== manifest.database.bytes || sha256 !== manifest.database.sha256)
    throw new DamagedBackup(`${databaseFile} 不完整或被改动过`);
  return manifest;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
