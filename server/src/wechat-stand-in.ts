/**
 * The stand-in of WeChat's server as a process. It says where it listens in one line of JSON on its standard output, and
 * ends when its standard input does: whoever started it has gone.
 */
import { startStandIn } from './foundation/world/wechat-stand-in/stand-in';

if (process.env['SANDAN_MODE'] === 'production') {
  console.error('正式环境不用微信替身 / the stand-in of WeChat is not for production');
  process.exit(1);
}

const portOf = (name: string): number => Number(process.env[name] || 0);

const standIn = await startStandIn({
  port: portOf('WECHAT_STAND_IN_PORT'),
  controlPort: portOf('WECHAT_STAND_IN_CONTROL_PORT'),
});
console.log(JSON.stringify({ origin: standIn.origin, control: standIn.control }));

const end = (): void => void standIn.close().then(() => process.exit(0));
process.stdin.on('end', end).on('close', end).resume();
process.on('SIGTERM', end);
process.on('SIGINT', end);
