import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRoot } from './apt.mjs';
import { Trouble } from './command.mjs';
import { mustRun } from './run.mjs';

/** @typedef {import('./mariadb.mjs').Mariadb} Mariadb */
/** @typedef {{ root: string, owner: string, app: string }} Passwords */

export const databaseName = 'sandan';
export const accounts = { root: 'root', owner: 'sandan_owner', app: 'sandan_app' };

/** @returns {Passwords} */
export const newPasswords = () => ({ root: newPassword(), owner: newPassword(), app: newPassword() });
const newPassword = () => randomBytes(24).toString('base64url');

/**
 * Makes a data folder beside its place and moves it there when it is whole. The passwords are part of it from the first
 * moment: there is no time at which root may come in without one.
 * @param {{ data: string, passwords: Passwords, mariadb: Mariadb }} plan
 */
export async function bootstrap({ data, passwords, mariadb }) {
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  if (isRoot() && isReachable(dirname(data))) chownSync(fresh, nobody(), -1);
  // Not the machine's folder for temporary files: another server that starts there removes its temporary tables.
  const own = [`--datadir=${fresh}`, `--tmpdir=${fresh}`];
  const args = ['--no-defaults', '--bootstrap', ...own, ...userFlag(fresh), ...mariadb.flags];
  const limits = ['--enforce-storage-engine=', '--max_allowed_packet=8M', '--net_buffer_length=16K'];
  const input = systemTables(mariadb.share) + accountsSql(passwords);
  await mustRun(mariadb.program, [...args, ...limits], { input, env: mariadb.env });
  renameSync(fresh, data);
}

/**
 * The server runs as whoever owns the data. Root makes that `nobody`, unless the folder lies where nobody else may go,
 * a clone below /root for example.
 * @param {string} data
 */
export const userFlag = (data) => (isRoot() ? [`--user=${statSync(data).uid}`] : []);

const nobody = () => Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }));

/** @param {string} folder @returns {boolean} */
const isReachable = (folder) =>
  (statSync(folder).mode & 0o001) !== 0 && (folder === dirname(folder) || isReachable(dirname(folder)));

/** The SQL that mariadb-install-db would feed; newer versions name the files after MariaDB. @param {string} share */
function systemTables(share) {
  const parts = ['system_tables', 'performance_tables', 'system_tables_data', 'add_gis_sp_bootstrap', 'sys_schema'];
  const texts = parts.map((part) => {
    const files = ['mysql', 'mariadb', 'maria'].map((brand) => join(share, `${brand}_${part}.sql`));
    const file = files.find((name) => existsSync(name));
    if (!file) throw new Trouble(`${share}: *_${part}.sql 不见了 / is missing`);
    return readFileSync(file, 'utf8');
  });
  const head = ['create database if not exists mysql;', 'use mysql;', 'SET @auth_root_socket=NULL;'];
  return [...head, ...texts].join('\n');
}

/**
 * Owner and application account reach our database alone. What the application may do in it is said per table by the
 * migrations (MySQL cannot take one table out of a wider right), so the owner may hand on what it has.
 * @param {Passwords} passwords
 */
const accountsSql = (passwords) => `
use mysql;
DELETE FROM global_priv WHERE User = '' OR Host <> 'localhost';
FLUSH PRIVILEGES;
ALTER USER root@localhost IDENTIFIED BY '${passwords.root}';
CREATE DATABASE ${databaseName} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
CREATE USER ${accounts.owner}@'%' IDENTIFIED BY '${passwords.owner}';
CREATE USER ${accounts.app}@'%' IDENTIFIED BY '${passwords.app}';
GRANT ALL PRIVILEGES ON ${databaseName}.* TO ${accounts.owner}@'%' WITH GRANT OPTION;
`;
