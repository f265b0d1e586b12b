import { spawn } from 'node:child_process';
import { atEnd, Trouble } from './command.mjs';
import { endGroup, processOf, stopProcess } from './processes.mjs';
import { repo } from './settings.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [input] written to its standard input
 * @property {boolean} [live] its output goes to the terminal as it comes
 * @property {number} [limit] milliseconds after which it is stopped
 * @property {number} [patience] milliseconds it may take to stop, 5,000 by default
 * @property {{ adopt(pid: number): void }} [lock] whoever takes the lock over from a killed process stops this one
 */

/**
 * Runs a command to its end. It gets a process group of its own, so that Ctrl-C reaches this process alone, which then
 * stops everything in order.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function run(command, args, options = {}) {
  const { cwd = repo, env = process.env, input, live, limit, patience = 5_000, lock } = options;
  const out = live ? 'inherit' : 'pipe';
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', out, out] });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => child.pid && endGroup(child.pid)); // what it leaves behind would keep our pipes open
    child.on('close', (code, name) => resolve(code ?? (name ? 1 : 0)));
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  }
  child.stdin?.on('error', () => {}); // it ended before it had read everything: its exit code says why
  child.stdin?.end(input);
  const one = child.pid === undefined ? undefined : processOf(child.pid);
  if (one) lock?.adopt(one.pid);
  const stop = async () => one && stopProcess(one, patience);
  const forget = atEnd(stop);
  const timer = setTimeout(stop, limit ?? 2 ** 31 - 1);
  try {
    return { code: Number(await ended), output };
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/**
 * Like `run`, but a failure is trouble that shows what it printed. Returns the output.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export async function mustRun(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  throw new Trouble(`${[command, ...args].join(' ')} 失败 / failed (${code})\n${excerpt(output)}`);
}

/** Beginning and end of a long text: npm says the reason first, compilers last. @param {string} text */
function excerpt(text) {
  const lines = text.trimEnd().split('\n');
  return (lines.length <= 60 ? lines : [...lines.slice(0, 20), '…', ...lines.slice(-40)]).join('\n');
}

/** Runs a program of node_modules, by its file, so that no shell and no npx stands between. @param {string} file */
export const nodeArgs = (file, /** @type {string[]} */ ...args) => [`${repo}/node_modules/${file}`, ...args];
