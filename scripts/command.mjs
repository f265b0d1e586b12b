import { commandLine, parentOf, stillRuns } from './processes.mjs';

/** Something that the person at the terminal can act on: printed without a stack. */
export class Trouble extends Error {}

/** @typedef {() => unknown} Closer */

/** What is open now; the last opened is closed first. @type {Closer[]} */
const open = [];
/** @type {Promise<void> | undefined} */
let closing;
let signalCode = 0;

/**
 * Registers what must happen before this process ends, whatever the reason. Returns a function that forgets it again.
 * @param {Closer} closer
 */
export function atEnd(closer) {
  open.push(closer);
  return () => {
    const index = open.indexOf(closer);
    if (index >= 0) open.splice(index, 1);
  };
}

/** True from the first Ctrl-C on: failures of what is being stopped are then no news. */
export const isEnding = () => closing !== undefined;

/** From now on Ctrl-C is the ordinary way to stop, not a failure. */
export function endsOnRequest() {
  signalCode = 0;
}

/**
 * Runs a script's main function and ends the process: 0 when it returns, 1 when it throws, 130 when it is interrupted.
 * A second Ctrl-C changes nothing: npm passes the signal on as well, so one key press arrives twice.
 * @param {() => Promise<number | void>} main returns the exit code
 */
export async function runCommand(main) {
  signalCode = 130;
  // The reader of our pipe may go first, with npm for example; that is no reason to leave things running.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end(signalCode));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(signalCode));
  try {
    refuseOldNode();
    watchNpm(() => void end(signalCode));
    await end((await main()) ?? 0);
  } catch (error) {
    if (!isEnding()) report(error);
    await end(1);
  }
}

/** @param {number} code */
async function end(code) {
  closing ??= closeAll(code);
  await closing;
}

/** @param {number} code */
async function closeAll(code) {
  let exitCode = code;
  for (let closer = open.pop(); closer; closer = open.pop()) {
    try {
      await closer();
    } catch (error) {
      report(error);
      exitCode = 1;
    }
  }
  process.exit(exitCode);
}

/** @param {unknown} error */
function report(error) {
  console.error(`\n✗ ${error instanceof Trouble ? error.message : (error instanceof Error && error.stack) || error}`);
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Trouble(`需要 Node 20.19 以上，现在是 ${process.versions.node} / Node 20.19 or newer is needed`);
  }
  if (process.platform === 'win32') {
    throw new Trouble('Windows 上请在 WSL 里运行 / on Windows run this inside WSL');
  }
}

/**
 * A signal sent to npm alone never comes here: npm passes it to its shell, and the shell just ends. So we look whether
 * both still live, and end with them.
 * @param {() => void} whenGone
 */
function watchNpm(whenGone) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = parentOf(process.pid);
  const npm = shell && parentOf(shell.pid);
  const watched = [shell, npm && /\bnpm\b/.test(commandLine(npm.pid)) ? npm : undefined];
  const someoneIsGone = () => watched.some((one) => one && !stillRuns(one));
  const timer = setInterval(() => someoneIsGone() && whenGone(), 500);
  timer.unref();
}
