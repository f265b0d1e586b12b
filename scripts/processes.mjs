import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A process and the moment it was started: numbers are used again, so the number alone may name a stranger.
 * @typedef {{ pid: number, started: string }} Process
 */

/**
 * The process with this number, or undefined when there is none (a zombie is none).
 * @param {number} pid
 * @returns {Process | undefined}
 */
export function processOf(pid) {
  const facts = factsOf(pid);
  return facts && !'ZX'.includes(facts.state) ? { pid, started: facts.started } : undefined;
}

/** @param {Process} one */
export const stillRuns = (one) => processOf(one.pid)?.started === one.started;

/** @param {number} pid @returns {Process | undefined} */
export function parentOf(pid) {
  const facts = factsOf(pid);
  return facts && processOf(facts.parent);
}

/** The command line; of a process that is gone, nothing. @param {number} pid */
export function commandLine(pid) {
  if (process.platform === 'linux') return readIfThere(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';
  return ps(pid, 'args=') ?? '';
}

/** @param {number} pid @returns {{ state: string, parent: number, started: string } | undefined} */
function factsOf(pid) {
  if (process.platform !== 'linux') return factsByPs(pid);
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (!stat) return undefined;
  // After the name, in parentheses, which may hold blanks: state, parent, … and as the 20th the start in ticks since boot.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = readIfThere('/proc/sys/kernel/random/boot_id')?.trim();
  return { state: String(fields[0]), parent: Number(fields[1]), started: `${boot}/${fields[19]}` };
}

/** @param {number} pid */
function factsByPs(pid) {
  const [state, parent, ...started] = ps(pid, 'state=,ppid=,lstart=')?.split(/\s+/) ?? [];
  return state ? { state: state.slice(0, 1), parent: Number(parent), started: started.join(' ') } : undefined;
}

/** @param {number} pid @param {string} columns */
function ps(pid, columns) {
  try {
    return execFileSync('ps', ['-ww', '-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined; // ps ends with 1 when there is no such process
  }
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // the process ended meanwhile
  }
}

/**
 * Resolves when the process has ended, true; or false after `patience` milliseconds. Looks each `every` milliseconds.
 * @param {Process} one
 */
export async function whenGone(one, patience = Infinity, every = 50) {
  for (const begun = performance.now(); stillRuns(one); await wait(every)) {
    if (performance.now() - begun > patience) return false;
  }
  return true;
}

/**
 * Asks a process to stop, waits, and after `patience` milliseconds kills it with all its group.
 * @param {Process} one
 * @param {number} patience
 */
export async function stopProcess(one, patience) {
  if (!stillRuns(one)) return;
  signal(one.pid, 'SIGTERM');
  if (await whenGone(one, patience)) return;
  endGroup(one.pid);
  await whenGone(one, 5_000);
}

/** Kills a process with all that it started, also when it has ended itself and left something behind. @param {number} pid */
export const endGroup = (pid) => signal(-pid, 'SIGKILL', ['ESRCH', 'EPERM']); // macOS: EPERM where only remains are left

/** @param {number} pid @param {NodeJS.Signals} name */
function signal(pid, name, harmless = ['ESRCH']) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!harmless.includes(String(/** @type {NodeJS.ErrnoException} */ (error).code))) throw error;
  }
}
