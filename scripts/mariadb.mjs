import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { aptInstall, aptUnpack, hasApt, isRoot } from './apt.mjs';
import { Trouble } from './command.mjs';
import { inTurn } from './lock.mjs';
import { mustRun, run } from './run.mjs';
import { findProgram } from './programs.mjs';
import { inRepo } from './settings.mjs';

/** @typedef {import('./lock.mjs').Lock} Lock */
/**
 * An installed MariaDB server: the program, its folder of messages and system tables, what it needs to run.
 * @typedef {{ program: string, share: string, flags: string[], env: NodeJS.ProcessEnv }} Mariadb
 */

const unpacked = inRepo('.data', 'tools', 'mariadb');

/**
 * The MariaDB server of this machine, fetched first where there is none. An installed MySQL is left alone and not used:
 * it is set up in another way, and Debian's two packages exclude each other, so beside it MariaDB is only unpacked.
 * @param {(note: string) => void} [say]
 * @returns {Promise<Mariadb>}
 */
export async function provideMariadb(say) {
  const found = await findMariadb();
  if (found) return found;
  return inTurn('tools', async (lock) => (await findMariadb()) ?? fetchMariadb(lock, say), say);
}

/** @returns {Promise<Mariadb | undefined>} */
async function findMariadb() {
  const names = ['mariadbd', 'mysqld', '/opt/homebrew/opt/mariadb/bin/mariadbd', '/usr/local/opt/mariadb/bin/mariadbd'];
  for (const name of [...names, join(unpacked, 'usr', 'sbin', 'mariadbd')]) {
    const program = findProgram([name]);
    const mariadb = program && describe(program);
    if (mariadb && (await isMariadb(mariadb))) return mariadb;
  }
  return undefined;
}

/** @param {string} program @returns {Mariadb | undefined} */
function describe(program) {
  const prefix = resolve(dirname(program), '..');
  const share = ['mysql', 'mariadb', '.'].map((name) => join(prefix, 'share', name)).find(holdsSystemTables);
  if (!share) return undefined;
  const flags = [`--lc-messages-dir=${share}`, `--character-sets-dir=${join(share, 'charsets')}`];
  if (!program.startsWith(unpacked)) return { program, share, flags, env: process.env };
  const libraries = [join(prefix, 'lib'), join(unpacked, 'lib')].flatMap(architectureFolders);
  return {
    program,
    share,
    flags: [...flags, `--plugin-dir=${join(prefix, 'lib', 'mysql', 'plugin')}`],
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') },
  };
}

/** @param {string} folder */
const holdsSystemTables = (folder) =>
  existsSync(join(folder, 'mysql_system_tables.sql')) || existsSync(join(folder, 'mariadb_system_tables.sql'));

/** Debian keeps libraries in lib/x86_64-linux-gnu and the like. @param {string} lib */
function architectureFolders(lib) {
  const names = existsSync(lib) ? readdirSync(lib) : [];
  return names.filter((name) => name.includes('-linux-')).map((name) => join(lib, name));
}

/** @param {Mariadb} mariadb */
async function isMariadb({ program, flags, env }) {
  const { code, output } = await run(program, ['--no-defaults', ...flags, '--version'], { env });
  const [, major, minor] = /(\d+)\.(\d+)\.\d+-MariaDB/.exec(output) ?? [];
  return code === 0 && major !== undefined && Number(major) * 100 + Number(minor) >= 1006;
}

/** @param {Lock} lock @param {(note: string) => void} [say] */
async function fetchMariadb(lock, say) {
  say?.('下载 MariaDB / fetching MariaDB');
  const brew = process.platform === 'darwin' ? findProgram(['brew']) : undefined;
  const mysqlIsThere = findProgram(['mysqld']) !== undefined;
  if (brew) await mustRun(brew, ['install', 'mariadb'], { lock });
  else if (!hasApt()) noMariadb();
  else if (isRoot() && !mysqlIsThere) await aptInstall(['mariadb-server-core'], lock);
  else await aptUnpack('mariadb-server-core', unpacked, lock);
  return (await findMariadb()) ?? noMariadb('装好了却找不到 MariaDB / MariaDB was installed but is not found');
}

/** @param {string} [reason] @returns {never} */
function noMariadb(reason = '本机没有 MariaDB / there is no MariaDB on this machine') {
  throw new Trouble(
    `${reason}\n请装 mariadb-server（10.6 以上），或设 DATABASE_URL=mysql://…` +
      '\nInstall mariadb-server (10.6 or newer), or set DATABASE_URL to a MySQL 8 / MariaDB database',
  );
}
