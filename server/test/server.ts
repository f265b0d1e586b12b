import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app';
import { startBackground } from '../src/foundation/background/background';
import type { Config } from '../src/foundation/config';
import { connectDatabase } from '../src/foundation/database/connect';
import { countPush, countSpeech, countWechat, createMetrics, type Metrics } from '../src/foundation/http/observe';
import { createRateLimits, type RateSettings } from '../src/foundation/http/rate-limits';
import { startWebServer } from '../src/foundation/http/web-server';
import type { World } from '../src/foundation/http/world';
import { writeKeyRing } from '../src/foundation/personal-data/key-ring';
import { createLive, type LiveOptions } from '../src/foundation/live/live';
import { createLog, type Log } from '../src/foundation/log';
import { startDocuments } from '../src/foundation/documents/documents';
import { startPhotoDecoder } from '../src/foundation/photos/decoder';
import { createReferenceCache } from '../src/foundation/reference/reference';
import type { MovableClock } from '../src/foundation/world/clock';
import { createFiles } from '../src/foundation/world/files';
import { createSpeech } from '../src/foundation/world/speech/speech';
import { createWechat } from '../src/foundation/world/wechat/client';
import { makeTally } from '../src/foundation/world/wechat/tally';
import { tokensInDatabase } from '../src/foundation/world/wechat/token-store';
import type { AppControl } from '../src/foundation/world/wechat-stand-in/control';
import { loadReference } from '../src/reference';
import { entities, liveStreams } from '../src/rooms';
import { createWorker } from '../src/worker';
import { testDatabaseUrl } from './database';
import { testRing, testVault } from './vault';
import { newAppid, sharedClock, testApp } from './wechat';

/** Tuesday, 15 September 2026, 09:00 in China: an ordinary working day. */
export const tuesdayMorning = Date.parse('2026-09-15T01:00:00Z');

export interface Statements {
  /** Runs `work` and returns the statements that the server sent to the database meanwhile, COMMIT included. */
  during(work: () => Promise<unknown>): Promise<string[]>;
}

export interface TestServer {
  url: string;
  clock: MovableClock;
  world: World;
  /** The app of this server in the stand-in of WeChat, which is a process of its own. */
  wechat: AppControl;
  statements: Statements;
  metrics: Metrics;
  /** Runs what is due in that town, under the test's clock, until nothing is left. */
  drain(townId: string): Promise<void>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** High by default: a test is one address and asks much. */
  rates?: RateSettings;
  config?: Partial<Config>;
  oldestApp?: string;
  now?: number;
  log?: Log;
  live?: LiveOptions;
}

const manyRequests: RateSettings = { personBurst: 1e6, personPerSecond: 1e6, strangerPerMinute: 1e6 };

/** The whole web side on a free port, on the database of this jest worker. One per test file, in `beforeAll`. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandan-test-'));
  // Programs that a test starts beside this server open what it sealed.
  writeKeyRing(join(dataDir, 'keys.json'), testRing);
  const clock = sharedClock(options.now ?? tuesdayMorning);
  const log = options.log ?? createLog(process.env['LOG_LEVEL'] ?? 'silent');
  const config = { ...testConfig(await testDatabaseUrl(), dataDir), ...options.config };
  const metrics = createMetrics();
  const record = recorder();
  const database = await connectDatabase({
    url: config.databaseUrl,
    entities,
    vault: testVault,
    onStatement: record.note,
  });
  const count = { call: countWechat(metrics), push: countPush(metrics) };
  const wechatTally = makeTally({ database, clock, log, count });
  const { appid, secret } = config.wechat;
  const wechat = await testApp({ appid, secret, clockFile: clock.file, landing: 'https://sandan.example/c/' });
  const world: World = {
    config,
    clock,
    log,
    database,
    references: createReferenceCache(database.reading, loadReference),
    wechat: createWechat({
      ...config.wechat,
      ...{ origin: wechat.origin, log, clock, backoffMs: 1, observe: wechatTally.call },
      tokens: tokensInDatabase({ database, appid: config.wechat.appid, clock, log }),
    }),
    wechatTally,
    issueWechatCode: wechat.issueCode,
    issuePhoneCode: wechat.issuePhoneCode,
    speech: config.speech && createSpeech({ ...config.speech, observe: countSpeech(metrics) }),
    files: await createFiles({ kind: 'local', folder: join(dataDir, 'photos') }),
    decoder: startPhotoDecoder(),
    documents: startDocuments(),
    signing: [{ id: 'a', secret: 'a secret of the tests' }],
    background: startBackground(log),
  };
  const { rates = manyRequests, oldestApp = null } = options;
  const live = createLive(world, liveStreams, { metrics, ...options.live });
  const app = createApp(world, { limits: createRateLimits(rates), metrics, oldestApp, onWritten: live.wake });
  const web = await startWebServer(app, { host: config.host, port: 0, log, live });
  const { pushToken: token, pushKey: encodingAesKey } = config.wechat;
  const form = { mode: 'safe', format: 'json' } as const;
  await wechat.setPush({ url: `${web.url}/api/wechat/push`, token, encodingAesKey, ...form });

  const worker = createWorker(world, metrics);
  const drain = async (townId: string) => void (await worker.drain({ townId }));

  const close = async () => {
    await web.close(1_000);
    await world.background.close();
    await Promise.all([world.decoder.close(), world.documents.close(), world.wechat.close(), world.speech?.close()]);
    await wechat.remove();
    await wechat.close();
    clock.remove();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: web.url, clock, world, wechat, statements: { during: record.during }, metrics, drain, close };
}

const testConfig = (databaseUrl: string, dataDir: string): Config => ({
  mode: 'test',
  role: 'web',
  host: '127.0.0.1',
  port: 0,
  origin: null,
  dataDir,
  backupDir: join(dataDir, 'backups'),
  backupDays: 30,
  keysFile: join(dataDir, 'keys.json'),
  databaseUrl,
  wechat: {
    ...{ appid: newAppid(), secret: 'the secret of the tests', origin: null, standIn: null, envVersion: 'release' },
    ...{ pushToken: 'pushTokenOfTheTests', pushKey: 'pushKeyOfTheTestsFortyThreeLettersAndDigits' },
  },
  signingSecrets: [],
  trustProxy: 0,
  metricsToken: null,
  h5Dir: null,
  logLevel: 'silent',
  speech: null,
  storage: { kind: 'local' },
});

function recorder() {
  let sent: string[] = [];
  return {
    note: (sql: string) => void sent.push(sql),
    during: async (work: () => Promise<unknown>): Promise<string[]> => {
      sent = [];
      await work();
      return sent;
    },
  };
}
