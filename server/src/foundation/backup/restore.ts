import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { PassThrough, Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { ConfigFault } from '../config';
import { connectionOf } from '../database/connect';
import type { KeyRing } from '../personal-data/key-ring';
import { typeOf } from '../photos/serve-stored';
import type { Files } from '../world/files';
import { loadDump } from './dump';
import { copyOf, databaseFile, readManifest, type Manifest } from './manifest';
import { DamagedBackup, opening } from './sealed-stream';

export interface Restoring {
  /** The account that owns the database, which must hold no tables. */
  ownerUrl: string;
  files: Files;
  ring: KeyRing;
  /** The folder of one backup; the files stand beside it. */
  path: string;
  say: (line: string) => void;
}

/**
 * Puts a backup back. All of it is opened and checked before the first row is written, so that a damaged one changes
 * nothing. Throws {@link DamagedBackup}, {@link ConfigFault}.
 */
export async function restoreBackup(restoring: Restoring): Promise<Manifest> {
  const { ownerUrl, ring, path, say } = restoring;
  const manifest = await readManifest(path, ring);
  await refuseUnlessEmpty(ownerUrl);
  await checkAll(restoring, manifest);
  say('备份完整，开始恢复');
  const sql = new PassThrough();
  const opened = pipeline(createReadStream(join(path, databaseFile)), opening(ring, databaseFile), createGunzip(), sql);
  await Promise.all([opened, loadDump(ownerUrl, sql, (statements) => say(`已执行 ${statements} 条语句`))]);
  await compareCounts(ownerUrl, manifest);
  await restoreFiles(restoring, manifest);
  return manifest;
}

async function checkAll({ ring, path }: Restoring, { files }: Manifest): Promise<void> {
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(
    ...[createReadStream(join(path, databaseFile)), opening(ring, databaseFile), createGunzip()],
    nowhere(),
  );
  for (const key of files) await pipeline(sealedCopy(path, key), opening(ring, key), nowhere());
}

const sealedCopy = (path: string, key: string) => createReadStream(copyOf(dirname(path), key));

async function restoreFiles({ files, ring, path, say }: Restoring, manifest: Manifest): Promise<void> {
  for (const key of manifest.files) {
    const stream = sealedCopy(path, key).compose(opening(ring, key));
    await files.put(key, await buffer(stream), typeOf(key));
  }
  say(`照片和录音：恢复 ${manifest.files.length} 个`);
}

async function refuseUnlessEmpty(url: string): Promise<void> {
  const [row] = await ask(url, 'SELECT COUNT(*) AS n FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()');
  if (Number(row?.['n']) > 0)
    throw new ConfigFault([
      '数据库里已经有表，没有恢复；请指定一个空库 / the database is not empty, nothing was restored',
    ]);
}

async function compareCounts(url: string, { tables }: Manifest): Promise<void> {
  for (const { name, rows } of tables) {
    const [row] = await ask(url, `SELECT COUNT(*) AS n FROM \`${name}\``);
    if (Number(row?.['n']) !== rows)
      throw new DamagedBackup(`${name}：应有 ${rows} 行，恢复出 ${String(row?.['n'])} 行`);
  }
}

async function ask(url: string, sql: string): Promise<RowDataPacket[]> {
  const { username, ...where } = connectionOf(url);
  const connection = await createConnection({ ...where, user: username });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally {
    await connection.end();
  }
}
