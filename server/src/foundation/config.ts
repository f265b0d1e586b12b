import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { speechSettings, type SpeechSettings } from './world/speech/settings';

export type Mode = 'production' | 'demo' | 'test';
export type ProcessRole = 'web' | 'worker' | 'all';

export interface Config {
  mode: Mode;
  role: ProcessRole;
  host: string;
  port: number;
  /** The address people open, without a slash at its end; null: whatever they opened. */
  origin: string | null;
  dataDir: string;
  /** Where backups stand (BACKUP_DIR), and the list of the erased, which outlives the database. */
  backupDir: string;
  /** Backups older than so many days go when a new one is there. */
  backupDays: number;
  /** The keys of what is encrypted (KEYS_FILE); outside production it is made where there is none. */
  keysFile: string;
  databaseUrl: string;
  wechat: {
    appid: string;
    secret: string;
    origin: string | null;
    /** Demo and tests: the control address of the stand-in (WECHAT_STAND_IN), by which they play WeChat's users. */
    standIn: string | null;
    /** Which build of the mini-program our codes open; a page must have been released for the first. */
    envVersion: 'release' | 'trial' | 'develop';
    /** 消息推送's Token and EncodingAESKey, as they stand in WeChat's console. */
    pushToken: string;
    pushKey: string;
  };
  /** Signs photo addresses; the first is used, the others are still believed (rotation). */
  signingSecrets: { id: string; secret: string }[];
  trustProxy: number;
  metricsToken: string | null;
  h5Dir: string | null;
  logLevel: string;
  /** Null: nobody turns recordings into text. */
  speech: SpeechSettings | null;
  storage:
    | { kind: 'local' }
    | {
        kind: 's3';
        bucket: string;
        region: string;
        endpoint: string | null;
        accessKeyId: string;
        secretAccessKey: string;
        pathStyle: boolean;
      };
}

/** Says which settings are wrong, all at once; the entries print it and end. */
export class ConfigFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`不能运行，请改好下面的设置 / cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** What a person set wrongly is said in plain words and ends the process; anything else is our own fault and thrown on. */
export function endOnFault(error: unknown): never {
  if (!(error instanceof ConfigFault)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** Values that stand in examples and must never guard a real county. */
const exampleSecrets = new Set(['', 'change-me', 'changeme', 'secret', 'demo', 'demo-secret', 'touristappid']);

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings; every one has a working default outside production. Throws {@link ConfigFault}. */
export function readConfig(env: Environment): Config {
  const faults: string[] = [];
  const mode = oneOf(env, 'SANDAN_MODE', ['production', 'demo', 'test'], 'production', faults);
  const production = mode === 'production';

  const secret = (name: string, fallback: string): string => {
    const value = env[name] ?? '';
    if (production && exampleSecrets.has(value.toLowerCase())) {
      const [how, inEnglish] = value === '' ? ['没有设置', 'missing'] : ['还是示例里的值', 'a default value'];
      faults.push(`${name} ${how}，正式环境要有自己的 / ${name} is ${inEnglish}; production needs one of its own`);
    }
    return value === '' ? fallback : value;
  };

  const host = env['HOST'] || '127.0.0.1';
  if (mode === 'demo' && !isLoopback(host) && env['DEMO_OPEN'] !== '1') {
    faults.push(
      `HOST=${host}：演示模式下谁都能当管理员，真要让别人访问，请设 DEMO_OPEN=1 / the demo lets anybody be administrator; set DEMO_OPEN=1 if others really may reach it`,
    );
  }
  const databaseUrl = env['DATABASE_URL'] ?? '';
  if (databaseUrl === '') faults.push('DATABASE_URL 没有设置 / DATABASE_URL is missing');
  const signing = secret('SIGNING_SECRET', randomBytes(32).toString('base64url'));
  if (production && signing.length < 32 && !exampleSecrets.has((env['SIGNING_SECRET'] ?? '').toLowerCase())) {
    faults.push('SIGNING_SECRET 不到 32 个字符 / SIGNING_SECRET is shorter than 32 characters');
  }

  const config: Config = {
    mode,
    role: oneOf(env, 'ROLE', ['web', 'worker', 'all'], 'all', faults),
    host,
    port: wholeNumber(env, 'PORT', 3000, faults),
    origin: publicOriginOf(env, production, faults),
    dataDir: resolve(env['DATA_DIR'] || '.data'),
    backupDir: backupDirOf(env),
    backupDays: backupDaysOf(env, faults),
    keysFile: keysFileOf(env),
    databaseUrl,
    wechat: {
      appid: secret('WECHAT_APPID', 'wxdemo0000000000'),
      secret: secret('WECHAT_SECRET', 'stand-in-secret'),
      origin: wechatOrigin(env['WECHAT_ORIGIN'] || null, production, faults),
      standIn: standInOf(env['WECHAT_STAND_IN'] || null, production, faults),
      envVersion: oneOf(env, 'WECHAT_ENV_VERSION', ['release', 'trial', 'develop'], 'release', faults),
      pushToken: secret('WECHAT_PUSH_TOKEN', 'standInPushToken'),
      pushKey: pushKeyOf(secret('WECHAT_PUSH_KEY', 'standInPushKeyOfFortyThreeLettersAndDigits0'), faults),
    },
    signingSecrets: signingKeys(signing, env['SIGNING_SECRET_OLD']),
    trustProxy: wholeNumber(env, 'TRUST_PROXY', 0, faults),
    metricsToken: env['METRICS_TOKEN'] || null,
    h5Dir: env['H5_DIR'] ? resolve(env['H5_DIR']) : null,
    logLevel: env['LOG_LEVEL'] || 'info',
    speech: speechSettings(env, production, faults),
    storage: storageOf(env, faults),
  };
  if (faults.length > 0) throw new ConfigFault(faults);
  return config;
}

/** Without it WeChat finds neither its door nor the pictures that it is to judge, and codes lead to wherever they were asked for. */
function publicOriginOf(env: Environment, production: boolean, faults: string[]): string | null {
  const origin = env['SANDAN_ORIGIN']?.replace(/\/+$/, '') || null;
  if (production && origin === null)
    faults.push(
      'SANDAN_ORIGIN 没有设置：填对外的网址，如 https://sandan.example.cn；微信的推送、图片检查和印的码都靠它 / SANDAN_ORIGIN is missing: the public address, such as https://sandan.example.cn',
    );
  return origin;
}

function pushKeyOf(key: string, faults: string[]): string {
  if (!/^[A-Za-z0-9]{43}$/.test(key))
    faults.push(
      'WECHAT_PUSH_KEY 要填微信后台“消息推送”里的 EncodingAESKey，43 个字母和数字 / WECHAT_PUSH_KEY is the EncodingAESKey of 43 letters and digits',
    );
  return key;
}

/** 异地容灾 and near entrances of WeChat's own; anything else would be told the secret and every resident's number. */
const wechatHosts = /^https:\/\/((sh|sz|hk)\.)?api2?\.weixin\.qq\.com$/;

function wechatOrigin(origin: string | null, production: boolean, faults: string[]): string | null {
  if (production && origin !== null && !wechatHosts.test(origin))
    faults.push(
      `WECHAT_ORIGIN=${origin}：正式环境只能是微信自己的地址，如 https://api.weixin.qq.com / in production only an address of WeChat's own, over TLS`,
    );
  else if (origin !== null && !/^https?:\/\/[^/?#@]+$/.test(origin))
    faults.push(
      `WECHAT_ORIGIN=${origin}：要写成 http://127.0.0.1:3999 这样，后面不带路径 / must be an origin such as http://127.0.0.1:3999, without a path`,
    );
  return origin;
}

function standInOf(control: string | null, production: boolean, faults: string[]): string | null {
  if (production && control !== null)
    faults.push(
      'WECHAT_STAND_IN：正式环境不用微信替身，请去掉这一项 / the stand-in of WeChat is not for production; remove this setting',
    );
  return control;
}

/** Beside the data it stays when the data are copied: production should name a place of its own. */
export const keysFileOf = (env: Environment): string =>
  resolve(env['KEYS_FILE'] || join(env['DATA_DIR'] || '.data', 'keys.json'));

export const backupDirOf = (env: Environment): string =>
  resolve(env['BACKUP_DIR'] || join(env['DATA_DIR'] || '.data', 'backups'));

function backupDaysOf(env: Environment, faults: string[]): number {
  const days = wholeNumber(env, 'BACKUP_DAYS', 30, faults);
  if (days === 0) faults.push('BACKUP_DAYS=0：至少要留 1 天 / backups are kept for a day at least');
  return days;
}

/** Photos and voice notes, where they are kept on disk. */
export const filesFolder = (config: Config): string => join(config.dataDir, 'files');

function signingKeys(current: string, old: string | undefined): Config['signingSecrets'] {
  const keys = [{ id: 'a', secret: current }];
  return old ? [...keys, { id: 'b', secret: old }] : keys;
}

function storageOf(env: Environment, faults: string[]): Config['storage'] {
  if (oneOf(env, 'STORAGE', ['local', 's3'], 'local', faults) === 'local') return { kind: 'local' };
  const need = (name: string): string => {
    if (!env[name]) faults.push(`${name} 没有设置（STORAGE=s3）/ ${name} is missing`);
    return env[name] ?? '';
  };
  return {
    kind: 's3',
    bucket: need('S3_BUCKET'),
    region: env['S3_REGION'] || 'us-east-1',
    endpoint: env['S3_ENDPOINT'] || null,
    accessKeyId: need('S3_ACCESS_KEY_ID'),
    secretAccessKey: need('S3_SECRET_ACCESS_KEY'),
    // MinIO wants the bucket in the path; Aliyun OSS and Tencent COS refuse that.
    pathStyle: env['S3_PATH_STYLE'] === '1',
  };
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function oneOf<const T extends string>(env: Environment, name: string, values: T[], fallback: T, faults: string[]): T {
  const value = env[name];
  if (value === undefined || value === '') return fallback;
  const known = values.find((each) => each === value);
  if (known === undefined) faults.push(`${name}=${value}：只能是 ${values.join('、')} / must be one of these`);
  return known ?? fallback;
}

function wholeNumber(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,5}$/.test(text)) faults.push(`${name}=${text}：要填整数 / must be a whole number`);
  return Number(text);
}
