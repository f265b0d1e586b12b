// npm run start:production: the server of `npm run build` (built first where it is missing) with production's settings.
// No demo sign-in; main.js refuses a missing or default secret and says which. The tables come from `npm run db:migrate`;
// only who hands over DATABASE_OWNER_URL here too has them brought to the present by this command.
import { existsSync } from 'node:fs';
import { bundleServer, nodeOn } from './bundle.mjs';
import { endsOnRequest, runCommand } from './command.mjs';
import { installPackages } from './install.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { mustRun, run } from './run.mjs';
import { progress } from './progress.mjs';
import { inRepo, readSettings, serverEnvironment } from './settings.mjs';

await runCommand(async () => {
  const settings = readSettings();
  const { bundle, h5 } = builtBefore() ?? (await buildNow());
  const env = { ...serverEnvironment(settings, settings.databaseUrl ?? ''), SANDAN_MODE: 'production', H5_DIR: h5 };
  if (process.env.DATABASE_OWNER_URL) {
    const asOwner = { ...env, DATABASE_OWNER_URL: process.env.DATABASE_OWNER_URL };
    await mustRun(process.execPath, nodeOn(bundle, 'migrate'), { env: asOwner });
  }
  endsOnRequest();
  const { code } = await run(process.execPath, nodeOn(bundle, 'main'), { env, live: true, patience: 15_000 });
  return code;
});

function builtBefore() {
  const [bundle, h5] = [inRepo('server', 'dist', 'production'), inRepo('miniapp', 'dist', 'h5')];
  return existsSync(bundle) && existsSync(h5) ? { bundle, h5 } : undefined;
}

async function buildNow() {
  const step = progress(3);
  await step('安装依赖', installPackages);
  const bundle = await step('打包服务端', bundleServer);
  return { bundle, h5: await step('打包网页', (say) => buildMiniapp('h5', say)) };
}
