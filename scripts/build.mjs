// npm run build: the mini-program, the browser app and the server, ready to be deployed.
import { bundleServer } from './bundle.mjs';
import { runCommand } from './command.mjs';
import { installPackages } from './install.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { progress } from './progress.mjs';
import { publish } from './publish.mjs';
import { inRepo } from './settings.mjs';

await runCommand(async () => {
  const step = progress(4);
  await step('安装依赖', installPackages);
  const weapp = await step('构建小程序 miniapp/dist/weapp', (say) => buildMiniapp('weapp', say));
  const h5 = await step('构建网页 miniapp/dist/h5', (say) => buildMiniapp('h5', say));
  const server = await step('打包服务端 server/dist/production', bundleServer);
  publish(weapp, inRepo('miniapp', 'dist', 'weapp'));
  publish(h5, inRepo('miniapp', 'dist', 'h5'));
  publish(server, inRepo('server', 'dist', 'production'));
  if (!process.env.SANDAN_ORIGIN) {
    console.log('\n小程序将访问 http://127.0.0.1:3000；发布前请设 SANDAN_ORIGIN / set SANDAN_ORIGIN before releasing');
  }
});
