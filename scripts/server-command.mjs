import { bundleServer, nodeOn } from './bundle.mjs';
import { runCommand } from './command.mjs';
import { installPackages } from './install.mjs';
import { reachDatabase } from './private-database.mjs';
import { run } from './run.mjs';
import { readSettings, serverEnvironment } from './settings.mjs';

/**
 * Runs short programs of the server, one after the other, on the given or the private database; the last one gets this
 * command's own arguments. Ends with the first code that is not 0.
 * @param {...('migrate' | 'seed' | 'keys' | 'backup' | 'restore' | 'audit-verify' | 'audit-trim' | 'admin-create' | 'import' | 'wechat-check')} names
 */
export const runServerCommand = (...names) =>
  runCommand(async () => {
    const settings = readSettings();
    await installPackages();
    const { appUrl, ownerUrl } = await reachDatabase(settings, names.join(' + '));
    const bundle = await bundleServer();
    const env = { ...serverEnvironment(settings, appUrl), DATABASE_OWNER_URL: ownerUrl };
    for (const name of names) {
      const args = name === names.at(-1) ? process.argv.slice(2) : [];
      const { code } = await run(process.execPath, nodeOn(bundle, name, ...args), { env, live: true });
      if (code !== 0) return code;
    }
    return 0;
  });
