// npm run wechat:check: which of the settings for WeChat is wrong, and whether WeChat can reach us.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('wechat-check');
