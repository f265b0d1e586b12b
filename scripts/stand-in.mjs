import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { nodeOn } from './bundle.mjs';
import { atEnd, Trouble } from './command.mjs';
import { processOf, stopProcess, whenGone } from './processes.mjs';

/** @typedef {import('./processes.mjs').Process} Process */
/**
 * @typedef {object} StandIn
 * @property {Process} process
 * @property {NodeJS.ProcessEnv} env what a server needs to take it for WeChat
 */

/**
 * The stand-in of WeChat's server, on free ports of this machine. It ends when its standard input does, so it never
 * outlives this process, however that ends.
 * @param {string} bundle
 * @returns {Promise<StandIn>}
 */
export async function startStandIn(bundle) {
  const env = { PATH: process.env.PATH, SANDAN_MODE: 'test' };
  const args = nodeOn(bundle, 'wechat-stand-in');
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => {}); // it has ended first
  const one = child.pid && processOf(child.pid);
  if (!one) throw new Trouble('微信替身起不来 / the stand-in of WeChat does not start');
  atEnd(() => stopProcess(one, 5_000));
  const said = createInterface(child.stdout);
  const [line] = await Promise.race([once(said, 'line'), once(child, 'exit').then(() => [undefined])]);
  if (line === undefined) throw new Trouble('微信替身停了 / the stand-in of WeChat has stopped');
  const { origin, control } = JSON.parse(line);
  return { process: one, env: { WECHAT_ORIGIN: origin, WECHAT_STAND_IN: control } };
}

/** Fails when it ends. @param {StandIn} standIn @returns {Promise<never>} */
export async function untilStandInStopped({ process }) {
  await whenGone(process, Infinity, 500);
  throw new Trouble('微信替身停了 / the stand-in of WeChat has stopped');
}
