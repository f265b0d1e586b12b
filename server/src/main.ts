import { join } from 'node:path';
import { ConfigFault, endOnFault, readConfig, type Config } from './foundation/config';
import { createApp } from './app';
import { demoTemplates } from './demo/message-templates';
import { refuseChangeableAudit } from './foundation/audit/append-only';
import { connectDatabase } from './foundation/database/connect';
import { countPush, countSpeech, countWechat, createMetrics, type Metrics } from './foundation/http/observe';
import { startWebServer, type WebServer } from './foundation/http/web-server';
import type { World } from './foundation/http/world';
import { createLive } from './foundation/live/live';
import { createLog, type Log } from './foundation/log';
import { startDocuments } from './foundation/documents/documents';
import { startBackground } from './foundation/background/background';
import { startPhotoDecoder } from './foundation/photos/decoder';
import type { SigningKeys } from './foundation/access/signature';
import { createReferenceCache } from './foundation/reference/reference';
import { systemClock } from './foundation/world/clock';
import { openFiles } from './foundation/world/open-files';
import { createSpeech } from './foundation/world/speech/speech';
import { createWechat, wechatHost } from './foundation/world/wechat/client';
import { makeTally } from './foundation/world/wechat/tally';
import { tokensInDatabase } from './foundation/world/wechat/token-store';
import { registerApp, type AppControl } from './foundation/world/wechat-stand-in/control';
import { loadReference } from './reference';
import { openVault } from './foundation/personal-data/open-vault';
import { entities, liveStreams } from './rooms';
import { createWorker, type Worker } from './worker';

/** One entry for web and worker (`ROLE=web|worker|all`). */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  endLoudly(log);
  refuseInventedApp(config);
  if (config.mode === 'production') await refuseChangeableAudit(config.databaseUrl);
  const standIn = await standInFor(config);
  const metrics = createMetrics();
  const world = await openWorld({ config, log, standIn, metrics });
  const worker = config.role === 'web' ? null : createWorker(world, metrics);
  const web = config.role === 'worker' ? null : await openWeb(world, metrics, worker);
  worker?.start();
  // Whoever reads "listening" may ask it to stop at once.
  stopOnSignal(log, () => stop({ world, standIn, worker, web }));
  log.info({ url: web?.url, mode: config.mode, role: config.role }, 'listening');
}

function openWeb(world: World, metrics: Metrics, worker: Worker | null): Promise<WebServer> {
  const { host, port } = world.config;
  const live = createLive(world, liveStreams, { metrics });
  const onWritten = () => {
    worker?.wake();
    live.wake();
  };
  return startWebServer(createApp(world, { metrics, onWritten }), { host, port, log: world.log, live });
}

/** WeChat itself must not be asked with the appid and the secret of an example. */
function refuseInventedApp({ mode, wechat }: Config): void {
  if (mode === 'production' || wechat.origin) return;
  throw new ConfigFault([
    'WECHAT_ORIGIN 没有设置：演示和测试要有微信替身（npm start 会启动它）/ WECHAT_ORIGIN is missing: demo and tests need the stand-in of WeChat, which npm start starts',
  ]);
}

/** Demo and tests have their app at the stand-in, a process beside this one; production speaks to WeChat's own host. */
async function standInFor({ mode, dataDir, wechat, host, port, role }: Config): Promise<AppControl | null> {
  if (!wechat.standIn) return null;
  const { appid, secret, pushToken: token, pushKey: encodingAesKey } = wechat;
  const here = `http://${host}:${port}`;
  const form = { mode: 'safe', format: 'json', byItself: true } as const;
  const push = { url: `${here}/api/wechat/push`, token, encodingAesKey, ...form };
  // A worker has no door at which a push could knock.
  const door = role === 'worker' ? {} : { push };
  const demo = { templates: demoTemplates, memoryFile: join(dataDir, 'wechat-stand-in.json') };
  const app = { appid, secret, landing: `${here}/c/`, ...(mode === 'demo' ? demo : {}), ...door };
  return registerApp(wechat.standIn, app);
}

interface Ground {
  config: Config;
  log: Log;
  standIn: AppControl | null;
  metrics: Metrics;
}

async function openWorld({ config, log, standIn, metrics }: Ground): Promise<World> {
  const database = await connectDatabase({ url: config.databaseUrl, entities, vault: openVault(config) });
  const [first, ...others] = config.signingSecrets;
  if (!first) throw new Error('There is no signing secret');
  const signing: SigningKeys = [first, ...others];
  const count = { call: countWechat(metrics), push: countPush(metrics) };
  const wechatTally = makeTally({ database, clock: systemClock, log, count });
  wechatTally.start();
  return {
    config,
    clock: systemClock,
    log,
    database,
    references: createReferenceCache(database.reading, loadReference),
    wechat: createWechat({
      ...config.wechat,
      origin: standIn?.origin ?? config.wechat.origin ?? wechatHost,
      ...{ log, observe: wechatTally.call },
      tokens: tokensInDatabase({ database, appid: config.wechat.appid, clock: systemClock, log }),
    }),
    wechatTally,
    issueWechatCode: standIn?.issueCode ?? null,
    issuePhoneCode: standIn?.issuePhoneCode ?? null,
    speech: config.speech && createSpeech({ ...config.speech, observe: countSpeech(metrics) }),
    files: await openFiles(config),
    decoder: startPhotoDecoder({ onIncident: (incident) => log.warn({ incident }, 'photo worker') }),
    documents: startDocuments({ onIncident: (incident) => log.warn({ incident }, 'document worker') }),
    signing,
    background: startBackground(log),
  };
}

interface Running {
  world: World;
  standIn: AppControl | null;
  worker: Worker | null;
  web: WebServer | null;
}

/** Stop taking requests, finish those under way, then the worker, then what they stood on. */
async function stop({ world, standIn, worker, web }: Running): Promise<void> {
  await web?.close(10_000);
  await worker?.stop();
  await world.background.close();
  await Promise.all([
    world.decoder.close(),
    world.documents.close(),
    world.wechat.close(),
    world.speech?.close(),
    standIn?.close(),
  ]);
  await world.wechatTally.close();
  await world.database.close();
}

/** Node would print the error itself, with the values it happened on. */
function endLoudly(log: Log): void {
  process.on('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'ends because of an error nobody caught');
    process.exit(1);
  });
}

function stopOnSignal(log: Log, end: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

await main().catch(endOnFault);
