import { endOnFault, readConfig } from './foundation/config';
import { connectDatabase } from './foundation/database/connect';
import { createLog } from './foundation/log';
import { openVault } from './foundation/personal-data/open-vault';
import { createWechat, wechatHost } from './foundation/world/wechat/client';
import { loadReference } from './reference';
import { entities } from './rooms';
import { checkConnection, type OpenInstallation } from './rooms/wechat/check-connection';

/** Entry of wechat-check.js: `npm run wechat:check`. Ends with 1 where something is wrong. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  // Its own lines say what went wrong.
  const log = createLog('silent');
  const wechat = createWechat({ ...config.wechat, origin: config.wechat.origin ?? wechatHost, log });
  const open: OpenInstallation = async () => {
    const database = await connectDatabase({ url: config.databaseUrl, entities, vault: openVault(config) });
    const { reading } = database;
    try {
      return { reading, tree: (await loadReference(reading, 0)).tree, close: () => database.close() };
    } catch (error) {
      await database.close();
      throw error;
    }
  };
  const now = () => new Date();
  const checked = await checkConnection({ config, wechat, open, now }).finally(() => wechat.close());
  for (const { isWell, what, words } of checked) console.log(`${isWell ? '✓' : '✗'} ${what}：${words}`);
  if (checked.some(({ isWell }) => !isWell)) process.exitCode = 1;
}

await main().catch(endOnFault);
