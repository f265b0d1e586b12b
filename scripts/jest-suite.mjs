import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeArgs, run } from './run.mjs';
import { inRepo } from './settings.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, output: string }} Result */
/**
 * jest's own summary, as far as it is counted here.
 * @typedef {object} Summary
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites files that could not even be loaded
 * @property {{ name: string, message: string }[]} testResults a file each; `message` is empty when nothing in it failed
 */

/**
 * @typedef {object} JestOptions
 * @property {number} workers
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [except] pattern of paths that are left out
 * @property {string} [only] pattern of paths that alone are run
 * @property {string} [config] jest's own, a file or JSON; of the sources by default
 */

const minute = 60_000;

/**
 * Runs the tests below some folders.
 * @param {string[]} roots
 * @param {JestOptions} options
 * @returns {Promise<Result>}
 */
export async function runJest(roots, { workers, env, except, only, config }) {
  const folder = mkdtempSync(join(tmpdir(), 'sandan-jest-'));
  const file = join(folder, 'result.json');
  try {
    const args = [...jestArgs(roots, config), '--ci', '--json', `--outputFile=${file}`];
    const how = workers === 1 ? ['--runInBand'] : [`--maxWorkers=${workers}`];
    const which = [
      ...(except ? [`--testPathIgnorePatterns=${except}`] : []),
      ...(only ? [`--testPathPatterns=${only}`] : []),
    ];
    const options = { env: jestEnvironment(env), limit: 20 * minute };
    const { code, output } = await run(process.execPath, [...args, ...how, ...which], options);
    return count(code, output, readSummary(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The test files below some folders.
 * @param {string[]} roots
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [only] pattern of paths
 */
export async function listTests(roots, env, only) {
  const which = ['--listTests', ...(only ? [`--testPathPatterns=${only}`] : [])];
  const { output } = await run(process.execPath, [...jestArgs(roots), ...which], { env: jestEnvironment(env) });
  return output.split('\n').filter((line) => /\.test\.\w+$/.test(line));
}

/** @param {string[]} roots @param {string} [config] */
const jestArgs = (roots, config = inRepo('server', 'jest.config.mjs')) => [
  ...nodeArgs('jest/bin/jest.js', '--config', config),
  ...roots.flatMap((root) => ['--roots', inRepo(root)]),
];

/** @param {NodeJS.ProcessEnv} env */
const jestEnvironment = (env) => ({
  ...env,
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
});

/** @param {string} file @returns {Summary | undefined} */
function readSummary(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // jest ended before it had anything to sum up
  }
}

/**
 * A file that does not load is a failure, and so is an end with an error that no test explains, or no test at all.
 * Failures that are explained are shown without the files that passed: a log is often cut.
 * @param {number} code
 * @param {string} output
 * @param {Summary | undefined} summary
 * @returns {Result}
 */
export function count(code, output, summary) {
  if (!summary) return { passed: 0, failed: 1, skipped: 0, output };
  const passed = summary.numPassedTests;
  const skipped = summary.numPendingTests + summary.numTodoTests;
  const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
  const unexplained = failed === 0 && (code !== 0 || passed + skipped === 0);
  return {
    passed,
    failed: failed + (unexplained ? 1 : 0),
    skipped,
    output: unexplained ? output : failuresOf(summary),
  };
}

/** @param {Summary} summary */
const failuresOf = ({ testResults }) =>
  testResults
    .filter(({ message }) => message)
    .map(({ name, message }) => `${name}\n${message}`)
    .join('\n');
