import { open } from 'node:fs/promises';
import { Transform, type TransformCallback } from 'node:stream';
import type { KeyRing } from '../personal-data/key-ring';
import { suites, type Suite } from '../personal-data/suites';

/**
 * A file of any length under encryption: one line that names the key, then frames of at most 64 KiB, each sealed with its
 * number, the file's name and whether it is the last. So nothing can be cut off, exchanged, left out or put elsewhere.
 */
const frameBytes = 64 * 1024;
/** What a frame may grow to: nonce and tag of either suite. */
const frameLimit = frameBytes + 256;
const magic = 'sandan-backup-1';

const aboutFrame = (name: string, number: number, isLast: boolean): string =>
  `backup\n${name}\n${number}${isLast ? '\nlast' : ''}`;

/** Seals what flows through, with the key in use now. */
export function sealing({ seal }: KeyRing, name: string): Transform {
  const key = seal.keys.find(({ id }) => id === seal.current);
  if (!key) throw new Error('The ring has no current key');
  const [suite, secret] = [suites[key.suite], Buffer.from(key.secret, 'base64')];
  const frame = (bytes: Buffer, number: number, isLast: boolean): Buffer => {
    const sealed = suite.seal(secret, bytes, aboutFrame(name, number, isLast));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    return Buffer.concat([length, sealed]);
  };
  let waiting = Buffer.alloc(0);
  let number = 0;
  return new Transform({
    construct(ready) {
      this.push(`${magic} ${key.id} ${key.suite}\n`);
      ready();
    },
    transform(chunk: Buffer, _encoding, done) {
      waiting = Buffer.concat([waiting, chunk]);
      // One byte is kept back, so that the last frame is known as such when the end comes.
      while (waiting.length > frameBytes) {
        this.push(frame(waiting.subarray(0, frameBytes), number, false));
        waiting = waiting.subarray(frameBytes);
        number += 1;
      }
      done();
    },
    flush(done) {
      this.push(frame(waiting, number, true));
      done();
    },
  });
}

/** Which key a sealed file needs, by its first line; null where there is no such file, or one that is not ours. */
export async function keyOfSealed(path: string): Promise<string | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0);
    const [line = ''] = buffer.toString('latin1', 0, bytesRead).split('\n');
    const [found, id] = line.split(' ');
    return found === magic && id ? id : null;
  } finally {
    await file.close();
  }
}

/** Whoever gave us this file, it is not what was written: the message says where, in plain words. */
export class DamagedBackup extends Error {}

/** Opens what {@link sealing} made under this name. Fails with {@link DamagedBackup} at the first byte that is not ours. */
export function opening(ring: KeyRing, name: string): Transform {
  let waiting = Buffer.alloc(0);
  let key: { suite: Suite; secret: Buffer } | null = null;
  let number = 0;
  let held: Buffer | null = null;

  const openFrame = (sealed: Buffer, isLast: boolean): Buffer => {
    if (!key) throw new DamagedBackup(`${name}：不是三单的备份文件`);
    try {
      return key.suite.open(key.secret, sealed, aboutFrame(name, number, isLast));
    } catch {
      throw new DamagedBackup(`${name}：第 ${number + 1} 段损坏、被改动，或者密钥不对`);
    }
  };
  /** Every frame but the one that may be the last. */
  function* opened(): Generator<Buffer> {
    for (;;) {
      if (waiting.length < 4) return;
      const length = waiting.readUInt32BE(0);
      if (length > frameLimit) throw new DamagedBackup(`${name}：第 ${number + 1} 段损坏`);
      if (waiting.length < 4 + length) return;
      if (held) {
        yield openFrame(held, false);
        number += 1;
      }
      held = Buffer.from(waiting.subarray(4, 4 + length));
      waiting = waiting.subarray(4 + length);
    }
  }
  const readKey = (): boolean => {
    const end = waiting.indexOf(10);
    if (end < 0 && waiting.length < 100) return false;
    const [found, id, suite] = waiting.subarray(0, Math.max(end, 0)).toString().split(' ');
    if (found !== magic) throw new DamagedBackup(`${name}：不是三单的备份文件`);
    const known = ring.seal.keys.find((each) => each.id === id);
    if (!known || known.suite !== suite) throw new DamagedBackup(`${name}：密钥文件里没有备份所用的密钥 ${id}`);
    key = { suite: suites[known.suite], secret: Buffer.from(known.secret, 'base64') };
    waiting = waiting.subarray(end + 1);
    return true;
  };
  const attempt = (work: () => void, done: TransformCallback): void => {
    try {
      work();
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      attempt(() => {
        waiting = Buffer.concat([waiting, chunk]);
        if (!key && !readKey()) return;
        for (const bytes of opened()) this.push(bytes);
      }, done);
    },
    flush(done) {
      attempt(() => {
        if (!held || waiting.length > 0) throw new DamagedBackup(`${name}：文件不完整`);
        this.push(openFrame(held, true));
      }, done);
    },
  });
}
