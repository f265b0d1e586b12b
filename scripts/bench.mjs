// npm run bench: measures the server on a database of its own that writes to the disk as in earnest. Arguments go to the bench.
import { bundleBench, bundleServer, nodeOn, smallHeap } from './bundle.mjs';
import { runCommand } from './command.mjs';
import { installPackages } from './install.mjs';
import { run } from './run.mjs';
import { testEnvironment } from './settings.mjs';
import { startStandIn } from './stand-in.mjs';
import { startTemporaryDatabase } from './temporary-database.mjs';

await runCommand(async () => {
  await installPackages();
  const database = await startTemporaryDatabase({ durable: true });
  const bundle = await bundleServer();
  const env = {
    ...testEnvironment(),
    ...(await startStandIn(bundle)).env,
    NODE_ENV: 'production',
    BENCH_DATABASE_URL: database.url('root', ''),
    SERVER_BUNDLE_DIR: bundle,
    SERVER_NODE_FLAGS: smallHeap.join(' '),
  };
  const { code } = await run(process.execPath, nodeOn(await bundleBench(), 'bench', ...process.argv.slice(2)), {
    env,
    live: true,
  });
  return code;
});
