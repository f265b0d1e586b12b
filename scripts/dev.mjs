// npm run dev: like npm start, but server and app follow every change, and logs come to the terminal.
import { watch } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { bundleServer, nodeOn } from './bundle.mjs';
import { endsOnRequest, runCommand, Trouble } from './command.mjs';
import { refuseTakenPort, takeDataDir } from './data-dir.mjs';
import { installPackages } from './install.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { openDatabase } from './private-database.mjs';
import { progress, secondsSince } from './progress.mjs';
import { publish } from './publish.mjs';
import { mustRun, nodeArgs, run } from './run.mjs';
import { startStandIn } from './stand-in.mjs';
import { addressOf, inRepo, readSettings, serverEnvironment } from './settings.mjs';

const h5 = inRepo('miniapp', 'dist', 'h5-dev');

await runCommand(async () => {
  const settings = readSettings();
  const lock = await takeDataDir(settings, `port ${settings.port} (dev)`);
  await refuseTakenPort(settings);
  const step = progress(4);
  await step('安装依赖', installPackages);
  const { appUrl, ownerUrl } = await step('启动数据库', (say) => openDatabase(settings, say));
  const env = { ...serverEnvironment(settings, appUrl), SANDAN_MODE: 'demo', NODE_ENV: 'development', H5_DIR: h5 };
  const bundle = await bundleServer();
  await step('建表、填演示数据', async () => {
    const asOwner = { ...env, DATABASE_OWNER_URL: ownerUrl };
    await mustRun(process.execPath, nodeOn(bundle, 'migrate'), { env: asOwner, lock });
    await mustRun(process.execPath, nodeOn(bundle, 'seed'), { env: asOwner, lock });
  });
  await step('打包网页', async () => publish(await buildMiniapp('h5'), h5));

  console.log(`\n${addressOf(settings)}\n`);
  endsOnRequest();
  // tsx takes the decorators' flavour only from a tsconfig that is named (decisions.md §6.3).
  const tsx = nodeArgs('tsx/dist/cli.mjs', 'watch', '--tsconfig', 'server/tsconfig.json', 'server/src/main.ts');
  const standIn = process.env.WECHAT_ORIGIN ? undefined : await startStandIn(bundle);
  const server = run(process.execPath, tsx, { env: { ...env, ...standIn?.env }, live: true, lock });
  const { code } = await Promise.race([server, keepBuilding()]);
  return code;
});

/** Builds the app anew after each change. Taro's own watch keeps its files in memory, on a port of its own. @returns {Promise<never>} */
async function keepBuilding() {
  let changed = false;
  for (const folder of ['miniapp/src', 'miniapp/config', 'shared/src']) {
    watch(inRepo(folder), { recursive: true }, () => (changed = true));
  }
  for (;;) {
    await wait(300);
    if (!changed) continue;
    changed = false;
    await rebuild();
  }
}

/** A build that fails says why; the last good one stays. */
async function rebuild() {
  const begun = performance.now();
  try {
    publish(await buildMiniapp('h5'), h5);
    console.log(`网页已更新 app rebuilt (${secondsSince(begun)})`);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    console.error(error.message);
  }
}
