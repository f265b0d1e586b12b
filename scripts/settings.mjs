import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Trouble } from './command.mjs';

/** Absolute path of the repository. */
export const repo = resolve(fileURLToPath(new URL('..', import.meta.url)));

/** @param {string[]} parts */
export const inRepo = (...parts) => join(repo, ...parts);

/** Every variable that a person may set; `.env.example` describes them (a test compares the two). */
export const settingNames = [
  ...['PORT', 'HOST', 'DATA_DIR', 'DATABASE_URL', 'DATABASE_OWNER_URL', 'ROLE', 'LOG_LEVEL', 'DEMO_OPEN'],
  ...[
    'WECHAT_APPID',
    'WECHAT_SECRET',
    'WECHAT_PUSH_TOKEN',
    'WECHAT_PUSH_KEY',
    'WECHAT_ORIGIN',
    'WECHAT_ENV_VERSION',
    'SANDAN_ORIGIN',
    'SIGNING_SECRET',
    'SIGNING_SECRET_OLD',
    'KEYS_FILE',
    'BACKUP_DIR',
    'BACKUP_DAYS',
  ],
  ...['SPEECH_URL', 'SPEECH_KEY', 'SPEECH_MODEL'],
  ...['TRUST_PROXY', 'METRICS_TOKEN', 'STORAGE', 'S3_BUCKET', 'S3_REGION', 'S3_ENDPOINT'],
  ...['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'S3_PATH_STYLE'],
];

/** A path as a person wants to read it: short inside the repository. @param {string} path */
export function shown(path) {
  const short = relative(repo, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

/**
 * @typedef {object} Settings
 * @property {number} port
 * @property {string} host
 * @property {string} dataDir absolute
 * @property {string} [databaseUrl] application account; absent: the private database
 * @property {string} [ownerUrl] account for migrations
 */

/**
 * Reads `.env` (what the environment already says wins) and the settings that the scripts themselves need.
 * @returns {Settings}
 */
export function readSettings() {
  if (existsSync(inRepo('.env'))) process.loadEnvFile(inRepo('.env'));
  const { PORT, HOST, DATA_DIR, DATABASE_URL, DATABASE_OWNER_URL } = process.env;
  return {
    port: portFrom(PORT || '3000'),
    host: HOST || '127.0.0.1',
    dataDir: resolve(repo, DATA_DIR || '.data'),
    databaseUrl: DATABASE_URL || undefined,
    ownerUrl: DATABASE_OWNER_URL || DATABASE_URL || undefined,
  };
}

/** @param {string} text */
function portFrom(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Trouble(`PORT=${text} 不是端口号 / is not a port number`);
}

/** The address that this machine itself uses to reach a server listening on `host`. @param {Settings} settings */
export function addressOf({ host, port }) {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** @param {string} host */
export const isLoopback = (host) => host === 'localhost' || host === '::1' || host.startsWith('127.');

/**
 * The environment of a server process. The owner's account stays out of it.
 * @param {Settings} settings
 * @param {string} appUrl
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnvironment({ host, port, dataDir }, appUrl) {
  const { DATABASE_OWNER_URL: _, ...rest } = process.env;
  const own = { PORT: String(port), HOST: host, DATA_DIR: dataDir, DATABASE_URL: appUrl };
  return { NODE_ENV: 'production', SANDAN_MODE: 'demo', ...rest, ...own };
}

/** Our environment without a person's settings: tests and bench must never meet his database. @returns {NodeJS.ProcessEnv} */
export function testEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !settingNames.includes(name));
  return { ...Object.fromEntries(kept), SANDAN_MODE: 'test' };
}
