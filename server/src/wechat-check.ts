import { endOnFault, readConfig } from './foundation/config';
import { createLog } from './foundation/log';
import { createWechat, wechatHost } from './foundation/world/wechat/client';
import { checkConnection } from './rooms/wechat/check-connection';

/** Entry of wechat-check.js: `npm run wechat:check`. Ends with 1 where something is wrong. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  // Its own lines say what went wrong.
  const log = createLog('silent');
  const wechat = createWechat({ ...config.wechat, origin: config.wechat.origin ?? wechatHost, log });
  const checked = await checkConnection(config, wechat).finally(() => wechat.close());
  for (const { isWell, what, words } of checked) console.log(`${isWell ? '✓' : '✗'} ${what}：${words}`);
  if (checked.some(({ isWell }) => !isWell)) process.exitCode = 1;
}

await main().catch(endOnFault);
