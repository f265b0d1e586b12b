import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accounts, bootstrap, databaseName, userFlag } from './bootstrap.mjs';
import { atEnd, Trouble } from './command.mjs';
import { openLog, tailOf } from './logs.mjs';
import { commandLine, processOf, stillRuns, stopProcess } from './processes.mjs';

/** @typedef {import('./bootstrap.mjs').Passwords} Passwords */
/** @typedef {import('./processes.mjs').Process} Process */
/**
 * A database server of our own: its data folder, its log, its accounts, which are made together with the data.
 * @typedef {object} Plan
 * @property {string} data
 * @property {string} log
 * @property {Passwords} passwords
 * @property {import('./mariadb.mjs').Mariadb} mariadb
 * @property {string[]} [flags]
 */
/**
 * A running server. `url` is the address for an account: `mysql://user:password@localhost/<database>?socketPath=<path>`.
 * @typedef {object} Database
 * @property {Process} server as it runs now
 * @property {() => Promise<void>} restart brings one back that has died
 * @property {(account: keyof Passwords, database?: string) => string} url
 * @property {() => Promise<void>} stop
 */

const patience = 30_000;

const serverFlags = [
  ...['--skip-networking', '--skip-name-resolve', '--skip-log-bin', '--max-connections=400'],
  ...['--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_520_ci', '--default-time-zone=+00:00'],
  ...['--transaction-isolation=READ-COMMITTED', '--innodb-buffer-pool-size=256M'],
  '--sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY',
];

/**
 * Starts the server, on a new data folder where there is none yet, listening on a socket that this user alone can reach.
 * One left over from a killed start is taken over as it runs; when it does not answer it is stopped first.
 * It is stopped when this process ends.
 * @param {Plan} plan
 * @returns {Promise<Database>}
 */
export async function startDatabase(plan) {
  if (!existsSync(plan.data)) await bootstrap(plan);
  const running = await findDatabase(plan.data, plan.passwords);
  let server = running?.server ?? (await launch(plan));
  const forget = atEnd(() => end(plan.data, server));
  return {
    get server() {
      return server;
    },
    restart: async () => {
      server = await launch(plan);
    },
    url: urlsOf(plan.data, plan.passwords),
    stop: async () => {
      forget();
      await end(plan.data, server);
    },
  };
}

/** Stops a server that a killed process left running on this data folder. @param {string} data */
export async function stopLeftOver(data) {
  const server = leftOver(data);
  if (server) await end(data, server);
}

/** @param {string} data @param {Process} server */
async function end(data, server) {
  await stopProcess(server, patience);
  rmSync(dirname(socketOf(data)), { recursive: true, force: true });
}

/**
 * The server that runs on this data folder already, and answers.
 * @param {string} data
 * @param {Passwords} passwords
 */
export async function findDatabase(data, passwords) {
  const server = leftOver(data);
  return server && (await answers(socketOf(data))) ? { server, url: urlsOf(data, passwords) } : undefined;
}

/** @param {string} data @param {Passwords} passwords @returns {Database['url']} */
const urlsOf =
  (data, passwords) =>
  (account, database = databaseName) => {
    const query = new URLSearchParams({ socketPath: socketOf(data) });
    return `mysql://${accounts[account]}:${passwords[account]}@localhost/${database}?${query}`;
  };

/** @param {Plan} plan @returns {Promise<Process>} */
async function launch({ data, log, mariadb, flags = [] }) {
  await stopLeftOver(data);
  const socket = socketOf(data);
  prepareSocketFolder(dirname(socket), statSync(data).uid);
  // A server that starts removes what it finds of temporary tables; in a folder of everybody's that would be another's.
  const own = [`--socket=${socket}`, `--tmpdir=${dirname(socket)}`];
  const places = [`--datadir=${data}`, ...own, `--pid-file=${pidFile(data)}`];
  const args = ['--no-defaults', ...places, ...userFlag(data), ...mariadb.flags, ...serverFlags, ...flags];
  const output = openLog(log);
  const child = spawn(mariadb.program, args, { env: mariadb.env, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  const server = child.pid && processOf(child.pid);
  if (!server) throw new Trouble(`${mariadb.program} 起不来 / does not start`);
  const forget = atEnd(() => end(data, server));
  while (!(await answers(socket))) {
    if (!stillRuns(server))
      throw new Trouble(`数据库起不来 / the database does not start (${log})\n${tailOf(log, 12)}`);
    await wait(30);
  }
  forget();
  return server;
}

/**
 * A socket's path has room for 107 characters (103 on macOS), fewer than a deep clone takes, so it lies in the folder
 * for temporary files.
 * @param {string} data
 */
function socketOf(data) {
  const name = join(`sandan-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`, 'mariadb.sock');
  const path = join(tmpdir(), name);
  return path.length <= 103 ? path : join('/tmp', name);
}

/**
 * The folder for temporary files is everybody's: a stranger may have put ours there first, and is refused.
 * @param {string} folder
 * @param {number} uid who runs the server
 */
function prepareSocketFolder(folder, uid) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const seen = lstatSync(folder);
  const isOurs = seen.isDirectory() && [process.getuid?.(), uid].includes(seen.uid);
  if (!isOurs) throw new Trouble(`${folder} 是别人的 / belongs to somebody else`);
  chmodSync(folder, 0o700);
  if (seen.uid !== uid) chownSync(folder, uid, -1);
}

/** @param {string} data */
const pidFile = (data) => join(data, 'mariadbd.pid');

/** The server whose number stands in the pid file, if it lives and works on this folder. @param {string} data */
function leftOver(data) {
  if (!existsSync(pidFile(data))) return undefined;
  const pid = Number(readFileSync(pidFile(data), 'utf8'));
  const found = processOf(pid);
  return found && commandLine(pid).includes(`--datadir=${data} `) ? found : undefined;
}

/** True when a server greets on the socket: MariaDB speaks first. @param {string} path @returns {Promise<boolean>} */
function answers(path) {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (/** @type {boolean} */ answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('data', () => settle(true));
  });
}
