import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { ConfigFault } from '../config';
import { secretBytes, suiteNames, type SuiteName } from './suites';

/** A key as it stands in the file; ids are never used again, a sealed value names the key it needs. */
const Key = z.object({
  id: z.string().regex(/^[a-z0-9]{1,12}$/),
  suite: z.enum(suiteNames),
  secret: z.base64().refine((text) => Buffer.from(text, 'base64').length === secretBytes),
});
const Ring = z
  .object({
    current: z.string(),
    keys: z.array(Key).min(1),
    /** The key of a change that has begun and is not through yet: the next run goes on with it. */
    changingTo: z.string().optional(),
  })
  .refine(({ current, keys }) => keys.some(({ id }) => id === current))
  .refine(({ keys }) => new Set(keys.map(({ id }) => id)).size === keys.length);
/** Keys that seal and keys that index are two rings: they are changed at different times. */
const KeyRingFile = z.object({ seal: Ring, index: Ring });

export type KeyRing = z.output<typeof KeyRingFile>;
export type RingKey = z.output<typeof Key>;

export const newKey = (id: string, suite: SuiteName = 'aes'): RingKey => ({
  id,
  suite,
  secret: randomBytes(secretBytes).toString('base64'),
});

export const newKeyRing = (suite: SuiteName = 'aes'): KeyRing => ({
  seal: { current: 'k1', keys: [newKey('k1', suite)] },
  index: { current: 'i1', keys: [newKey('i1', suite)] },
});

/** Throws {@link ConfigFault} where the file is missing, open to others, or no ring; never repeats what is in it. */
export function readKeyRing(path: string): KeyRing {
  if (!existsSync(path))
    throw new ConfigFault([
      `密钥文件不在：${path}。新装的系统用 npm run keys -- create 新建；已有数据的，请从另存的那份恢复 / there is no key file; create one only for a new installation`,
    ]);
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new ConfigFault([
      `密钥文件别人也能读，请运行 chmod 600 ${path} / the key file may be read by others; chmod 600 it`,
    ]);
  const parsed = KeyRingFile.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (!parsed.success)
    throw new ConfigFault([
      `密钥文件坏了，请从另存的那份恢复：${path} / the key file is no key ring; restore it from its copy`,
    ]);
  return parsed.data;
}

/** Whole or not at all, and for its owner only. */
export function writeKeyRing(path: string, ring: KeyRing): void {
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.next`;
  writeFileSync(next, `${JSON.stringify(KeyRingFile.parse(ring), null, 2)}\n`, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, path);
}

const lookAgainAfter = 2_000;

/** The ring of a file, read again when the file has changed: keys are rotated while the server runs. */
export function watchKeyRing(path: string, now: () => number = Date.now): () => KeyRing {
  let ring = readKeyRing(path);
  let stamp = stampOf(path);
  let looked = now();
  return () => {
    if (now() - looked < lookAgainAfter) return ring;
    looked = now();
    const stampNow = stampOf(path);
    if (stampNow === stamp) return ring;
    ring = readKeyRing(path);
    stamp = stampNow;
    return ring;
  };
}

const stampOf = (path: string): string => {
  const { mtimeMs, ino, size } = statSync(path);
  return `${mtimeMs}/${ino}/${size}`;
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
