import { endOnFault, readConfig, type Config } from './foundation/config';
import { createApp } from './app';
import { refuseChangeableAudit } from './foundation/audit/append-only';
import { connectDatabase } from './foundation/database/connect';
import { countWechat, createMetrics, type Metrics } from './foundation/http/observe';
import { startWebServer, type WebServer } from './foundation/http/web-server';
import type { World } from './foundation/http/world';
import { createLog, type Log } from './foundation/log';
import { startDocuments } from './foundation/documents/documents';
import { startBackground } from './foundation/background/background';
import { startPhotoDecoder } from './foundation/photos/decoder';
import type { SigningKeys } from './foundation/access/signature';
import { createReferenceCache } from './foundation/reference/reference';
import { systemClock } from './foundation/world/clock';
import { openFiles } from './foundation/world/open-files';
import { createWechat } from './foundation/world/wechat/client';
import { tokensInDatabase } from './foundation/world/wechat/token-store';
import { startWechatStandIn, type WechatStandIn } from './foundation/world/wechat-stand-in/stand-in';
import { loadReference } from './reference';
import { openVault } from './foundation/personal-data/open-vault';
import { entities } from './rooms';
import { createWorker, type Worker } from './worker';

const wechatHost = 'https://api.weixin.qq.com';

/** One entry for web and worker (`ROLE=web|worker|all`). */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  endLoudly(log);
  if (config.mode === 'production') await refuseChangeableAudit(config.databaseUrl);
  const standIn = await standInFor(config);
  const metrics = createMetrics();
  const world = await openWorld({ config, log, standIn, metrics });
  const worker = config.role === 'web' ? null : createWorker(world, metrics);
  const web =
    config.role === 'worker'
      ? null
      : await startWebServer(createApp(world, { metrics }), { host: config.host, port: config.port, log });
  worker?.start();
  // Whoever reads "listening" may ask it to stop at once.
  stopOnSignal(log, () => stop({ world, standIn, worker, web }));
  log.info({ url: web?.url, mode: config.mode, role: config.role }, 'listening');
}

/** Demo and tests speak to the strict stand-in; production to WeChat's own host. */
const standInFor = (config: Config): Promise<WechatStandIn | null> =>
  config.mode === 'production' || config.wechat.origin
    ? Promise.resolve(null)
    : startWechatStandIn({
        ...config.wechat,
        landing: (scene) => `http://${config.host}:${config.port}/c/${scene}`,
      });

interface Ground {
  config: Config;
  log: Log;
  standIn: WechatStandIn | null;
  metrics: Metrics;
}

async function openWorld({ config, log, standIn, metrics }: Ground): Promise<World> {
  const database = await connectDatabase({ url: config.databaseUrl, entities, vault: openVault(config) });
  const [first, ...others] = config.signingSecrets;
  if (!first) throw new Error('There is no signing secret');
  const signing: SigningKeys = [first, ...others];
  return {
    config,
    clock: systemClock,
    log,
    database,
    references: createReferenceCache(database.reading, loadReference),
    wechat: createWechat({
      ...config.wechat,
      origin: standIn?.origin ?? config.wechat.origin ?? wechatHost,
      ...{ log, observe: countWechat(metrics) },
      tokens: tokensInDatabase(database, config.wechat.appid, systemClock),
    }),
    issueWechatCode: standIn?.issueCode ?? null,
    issuePhoneCode: standIn?.issuePhoneCode ?? null,
    files: await openFiles(config),
    decoder: startPhotoDecoder({ onIncident: (incident) => log.warn({ incident }, 'photo worker') }),
    documents: startDocuments({ onIncident: (incident) => log.warn({ incident }, 'document worker') }),
    signing,
    background: startBackground(log),
  };
}

interface Running {
  world: World;
  standIn: WechatStandIn | null;
  worker: Worker | null;
  web: WebServer | null;
}

/** Stop taking requests, finish those under way, then the worker, then what they stood on. */
async function stop({ world, standIn, worker, web }: Running): Promise<void> {
  await web?.close(10_000);
  await worker?.stop();
  await world.background.close();
  await Promise.all([world.decoder.close(), world.documents.close(), world.wechat.close(), standIn?.close()]);
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
