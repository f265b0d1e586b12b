import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeyRing } from '../personal-data/key-ring';
import { suites } from '../personal-data/suites';
import { DamagedBackup } from './sealed-stream';

const Manifest = z.object({
  format: z.literal(2),
  at: z.iso.datetime(),
  tables: z.array(z.object({ name: z.string(), rows: z.int() })),
  files: z.array(z.string()),
  /** Taken away by somebody while the backup ran, or lost before: they stand in the database only. */
  missing: z.array(z.string()),
  database: z.object({ bytes: z.int(), sha256: z.string() }),
  keys: z.object({
    /** The backup's own and those of the values in its rows: without one of them a part of it stays sealed. */
    seal: z.array(z.string()),
    /** By these its rows are found; where one is gone they are indexed anew after a restore. */
    index: z.array(z.string()),
  }),
});
export type Manifest = z.output<typeof Manifest>;
/** The key that signs is the one that seals, so that a backup needs no key that it does not need anyway. */
const Signed = z.object({ manifest: Manifest, signedBy: z.string(), signature: z.string() });

export const databaseFile = 'database.sealed';
export const manifestFile = 'manifest.json';

/** The name of a stored file's sealed copy. */
export const copyOf = (folder: string, key: string): string => join(folder, 'files', `${key}.sealed`);

export function signed(manifest: Manifest, { seal }: KeyRing): string {
  const signature = signatureOf(manifest, seal, seal.current);
  return `${JSON.stringify({ manifest, signedBy: seal.current, signature }, null, 1)}\n`;
}

function signatureOf(manifest: Manifest, { keys }: KeyRing['seal'], keyId: string): string {
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw noKey(keyId);
  // Parsed, its parts stand in one order, whoever wrote it.
  const text = JSON.stringify(Manifest.parse(manifest));
  return suites[key.suite].digest(Buffer.from(key.secret, 'base64'), `manifest\n${text}`).toString('base64url');
}

const noKey = (id: string) => new DamagedBackup(`密钥文件里没有备份所用的密钥 ${id}，请用有这个密钥的密钥文件`);

/** What a backup says of itself. Throws {@link DamagedBackup} where it is not whole, was changed, or needs another key. */
export async function readManifest(path: string, ring: KeyRing): Promise<Manifest> {
  const found = await manifestIn(path);
  if (!found) throw new DamagedBackup(`${path} 不是完整的备份`);
  const { manifest, signedBy, signature } = found;
  if (signatureOf(manifest, ring.seal, signedBy) !== signature)
    throw new DamagedBackup(`${manifestFile} 被改动过，或者密钥不对`);
  const unknown = manifest.keys.seal.find((id) => !ring.seal.keys.some((key) => key.id === id));
  if (unknown !== undefined) throw noKey(unknown);
  const { bytes, sha256 } = await sumOf(join(path, databaseFile));
  if (bytes !== manifest.database.bytes || sha256 !== manifest.database.sha256)
    throw new DamagedBackup(`${databaseFile} 不完整或被改动过`);
  return manifest;
}

/** Unproved; null where there is none that can be read. */
async function manifestIn(path: string): Promise<z.output<typeof Signed> | null> {
  const text = await readFile(join(path, manifestFile), 'utf8').catch(() => '');
  const parsed = Signed.safeParse(text === '' ? null : jsonOf(text));
  return parsed.success ? parsed.data : null;
}

export interface KnownBackup {
  /** Its folder's name, which is its time. */
  name: string;
  at: Date;
  /** As it stands there, its signature unproved; null where it cannot be read. */
  manifest: Manifest | null;
}

const named = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z$/;

export const nameOf = (at: Date): string =>
  at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');

/** The backups in a folder, the oldest first; none where there is no such folder. */
export async function backupsIn(folder: string): Promise<KnownBackup[]> {
  const names = (await namesIn(folder)).filter((name) => named.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name,
      at: new Date(name.replace(named, '$1T$2:$3:$4Z')),
      manifest: (await manifestIn(join(folder, name)))?.manifest ?? null,
    })),
  );
}

/** What stands in a folder; nothing where there is none. */
export async function namesIn(folder: string, recursive = false): Promise<string[]> {
  try {
    return await readdir(folder, { recursive });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export async function sumOf(path: string): Promise<Manifest['database']> {
  const sum = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    sum.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: sum.digest('hex') };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
