// npm start: sets up what is missing, then runs the demo town until Ctrl-C. A second start takes seconds.
import { join } from 'node:path';
import { bundleServer, nodeOn } from './bundle.mjs';
import { endsOnRequest, runCommand, Trouble } from './command.mjs';
import { refuseTakenPort, takeDataDir } from './data-dir.mjs';
import { installPackages } from './install.mjs';
import { keepAlive } from './keep-alive.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { openDatabase } from './private-database.mjs';
import { mustRun } from './run.mjs';
import { progress, secondsSince } from './progress.mjs';
import { startServer, untilStopped } from './server-process.mjs';
import { startStandIn, untilStandInStopped } from './stand-in.mjs';
import { addressOf, isLoopback, readSettings, serverEnvironment, shown } from './settings.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

await runCommand(async () => {
  const begun = performance.now();
  const settings = readSettings();
  refuseOpenDemo(settings.host);
  const lock = await takeDataDir(settings, `port ${settings.port}`);
  await refuseTakenPort(settings);

  const step = progress(6);
  await step('安装依赖', installPackages);
  const database = await step('启动数据库', (say) => openDatabase(settings, say));
  const bundle = await step('打包服务端', bundleServer);
  const env = { ...serverEnvironment(settings, database.appUrl), SANDAN_MODE: 'demo', ROLE: 'all' };
  const asOwner = { ...env, DATABASE_OWNER_URL: database.ownerUrl };
  await step('建表、填演示数据', async () => {
    await mustRun(process.execPath, nodeOn(bundle, 'migrate'), { env: asOwner, lock });
    await mustRun(process.execPath, nodeOn(bundle, 'seed'), { env: asOwner, lock });
  });
  const h5 = await step('打包网页', (say) => buildMiniapp('h5', say));
  const log = join(settings.dataDir, 'logs', 'server.log');
  // Whoever has an appid of his own may name WeChat's address; else the demo has its stand-in.
  const standIn = process.env.WECHAT_ORIGIN ? undefined : await startStandIn(bundle);
  const plan = { bundle, log, settings, lock, env: { ...env, ...standIn?.env, H5_DIR: h5 } };
  const server = await step('启动服务', () => startServer(plan));

  welcome(settings, log, secondsSince(begun), standIn?.env.WECHAT_STAND_IN);
  endsOnRequest();
  const wechatGone = standIn ? [untilStandInStopped(standIn)] : [];
  await Promise.race([untilStopped(server, log), keepAlive(database.own), ...wechatGone]);
});

/** The demo lets anybody be administrator. The server says so too, but only after minutes of building. @param {string} host */
function refuseOpenDemo(host) {
  if (isLoopback(host) || process.env.DEMO_OPEN === '1') return;
  throw new Trouble(
    `HOST=${host}：演示环境里谁都能当管理员；确实要开放请设 DEMO_OPEN=1` +
      '\nThe demo lets anybody be administrator; set DEMO_OPEN=1 if others really may reach it',
  );
}

/** @param {Settings} settings @param {string} log @param {string} seconds @param {string} [standIn] */
function welcome(settings, log, seconds, standIn) {
  const address = addressOf(settings);
  console.log(`
三单已就绪 Sandan is ready  ${address}  (${seconds})

  试一试 Try it    打开网址，从 15 位准备好的人里选一位登录：居民、党员、网格员、督查员……
                   Open the address and sign in as any of 15 prepared people: resident, party member, desk, inspector …
${standIn ? wechatPage(standIn) : ''}  接口说明 API     ${address}/api/docs
  日志 Log         ${shown(log)}
  停止 Stop        Ctrl-C（数据留在 ${shown(settings.dataDir)}，下次几秒启动）
`);
}

/** @param {string} address */
function wechatPage(address) {
  return `  微信替身 WeChat  ${address}  看手机会收到什么消息，也可以让微信断线
                   See which messages a phone would get, or let WeChat fail
`;
}
