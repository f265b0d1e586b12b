import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newPasswords } from './bootstrap.mjs';
import { atEnd } from './command.mjs';
import { startDatabase, stopLeftOver } from './database.mjs';
import { takeLock } from './lock.mjs';
import { provideMariadb } from './mariadb.mjs';

/**
 * Nobody misses this data after a power cut, so writing need not wait for the disk. Making all tables takes half as long
 * without it, and a run of all tests makes them a dozen times.
 */
const careless = [
  ...['--innodb-flush-log-at-trx-commit=0', '--skip-innodb-doublewrite'],
  ...['--innodb-flush-method=nosync', '--loose-debug-no-sync'],
];
const prefix = 'sandan-temporary-';

/**
 * A database server that lives as long as this process, in the folder for temporary files.
 * @param {{ durable: boolean }} options durable: writes reach the disk as in earnest, for measuring
 */
export async function startTemporaryDatabase({ durable }) {
  await removeLeftOvers();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711); // the server may run as another user; its data folder is closed
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  await takeLock(lockOf(folder));
  const plan = { data: dataOf(folder), log: join(folder, 'database.log'), passwords: newPasswords() };
  const mariadb = await provideMariadb();
  return startDatabase({ ...plan, mariadb, flags: durable ? [] : careless });
}

/** @param {string} folder */
const lockOf = (folder) => join(folder, 'lock.json');
/** @param {string} folder */
const dataOf = (folder) => join(folder, 'data');

/** A run that was killed leaves its folder, and its server running. */
async function removeLeftOvers() {
  const folders = readdirSync(tmpdir())
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(tmpdir(), name));
  for (const folder of folders.filter(isOurs)) {
    const taken = await takeLock(lockOf(folder));
    if ('heldBy' in taken) continue;
    await stopLeftOver(dataOf(folder));
    taken.lock.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without a lock in it, a folder is only just being made. @param {string} folder */
const isOurs = (folder) => existsSync(lockOf(folder)) && statSync(folder).uid === process.getuid?.();
