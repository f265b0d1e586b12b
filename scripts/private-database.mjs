import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPasswords } from './bootstrap.mjs';
import { Trouble } from './command.mjs';
import { lockDataDir } from './data-dir.mjs';
import { findDatabase, startDatabase } from './database.mjs';
import { provideMariadb } from './mariadb.mjs';

/** @typedef {import('./bootstrap.mjs').Passwords} Passwords */
/** @typedef {import('./settings.mjs').Settings} Settings */
/**
 * Addresses of the application's and the owner's account; `own` where the server is ours to watch.
 * @typedef {{ appUrl: string, ownerUrl: string, own?: import('./database.mjs').Database }} OpenDatabase
 */

/**
 * The given database, or the private one below DATA_DIR, started where it does not run yet.
 * @param {Settings} settings
 * @param {(note: string) => void} [say]
 * @returns {Promise<OpenDatabase>}
 */
export async function openDatabase(settings, say) {
  if (settings.databaseUrl)
    return { appUrl: settings.databaseUrl, ownerUrl: settings.ownerUrl ?? settings.databaseUrl };
  const { dataDir } = settings;
  const data = dataFolder(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const plan = { data, log: join(dataDir, 'logs', 'database.log'), passwords: passwordsOf(dataDir) };
  const own = await startDatabase({ ...plan, mariadb: await provideMariadb(say) });
  return { own, appUrl: own.url('app'), ownerUrl: own.url('owner') };
}

/**
 * The same for a short command: where an instance runs at this moment, its database is used and left running.
 * @param {Settings} settings
 * @param {string} about what this command does, told to others that want DATA_DIR meanwhile
 * @returns {Promise<OpenDatabase>}
 */
export async function reachDatabase(settings, about) {
  if (settings.databaseUrl || 'lock' in (await lockDataDir(settings, about))) return openDatabase(settings);
  const data = dataFolder(settings.dataDir);
  const found = existsSync(data) && (await findDatabase(data, passwordsOf(settings.dataDir)));
  if (!found)
    throw new Trouble('另一个命令正在用这个 DATA_DIR，请稍后再试 / another command is busy with this DATA_DIR');
  return { appUrl: found.url('app'), ownerUrl: found.url('owner') };
}

/** @param {string} dataDir */
const dataFolder = (dataDir) => join(dataDir, 'mariadb');

/** Made and written down before the data: the data is made with them. @param {string} dataDir @returns {Passwords} */
function passwordsOf(dataDir) {
  const file = join(dataDir, 'database.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).passwords;
  if (existsSync(dataFolder(dataDir)))
    throw new Trouble(`${file} 不见了，数据打不开 / is missing: it holds the passwords`);
  const passwords = newPasswords();
  writeFileSync(file, `${JSON.stringify({ passwords }, null, 2)}\n`, { mode: 0o600 });
  return passwords;
}
