import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { nodeOn } from './bundle.mjs';
import { atEnd, Trouble } from './command.mjs';
import { openLog, tailOf } from './logs.mjs';
import { processOf, stillRuns, stopProcess, whenGone } from './processes.mjs';
import { addressOf } from './settings.mjs';

/** @typedef {import('./lock.mjs').Lock} Lock */
/** @typedef {import('./processes.mjs').Process} Process */
/** @typedef {import('./settings.mjs').Settings} Settings */

/** The server drains 10 s (decisions.md §6.6); a little more, and it is killed. */
const patience = 15_000;

/** @typedef {{ bundle: string, env: NodeJS.ProcessEnv, log: string, settings: Settings, lock: Lock }} Plan */
/**
 * Starts main.js with its output in a log, and waits until it says that it is ready. It stops when this process ends.
 * @param {Plan} plan
 * @returns {Promise<Process>}
 */
export async function startServer({ bundle, env, log, settings, lock }) {
  const output = openLog(log);
  const child = spawn(process.execPath, nodeOn(bundle, 'main'), {
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const server = child.pid && processOf(child.pid);
  if (!server) throw new Trouble('服务起不来 / the server does not start');
  lock.adopt(server.pid);
  atEnd(() => stopProcess(server, patience));
  for (const begun = performance.now(); !(await isReady(addressOf(settings))); await wait(50)) {
    if (!stillRuns(server)) throw stopped(log);
    if (performance.now() - begun > 60_000)
      throw new Trouble(`服务一分钟还没就绪 / not ready after a minute\n${tailOf(log)}`);
  }
  return server;
}

/** Fails when the server ends, with the last it said. @param {Process} server @param {string} log @returns {Promise<never>} */
export async function untilStopped(server, log) {
  await whenGone(server, Infinity, 500);
  throw stopped(log);
}

/** @param {string} log */
const stopped = (log) => new Trouble(`服务停了 / the server has stopped (${log})\n${tailOf(log)}`);

/** @param {string} address */
async function isReady(address) {
  try {
    const reply = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await reply.arrayBuffer();
    return reply.ok;
  } catch {
    return false; // it does not listen yet
  }
}
