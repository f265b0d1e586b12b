import { provideBrowser } from './browser.mjs';
import { bundleServer } from './bundle.mjs';
import { listTests, runJest } from './jest-suite.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { nodeArgs, run } from './run.mjs';
import { inRepo, testEnvironment } from './settings.mjs';
import { startStandIn } from './stand-in.mjs';
import { startTemporaryDatabase } from './temporary-database.mjs';
import { bundleTests, configOfBundle } from './test-bundle.mjs';

/** @typedef {import('./jest-suite.mjs').Result} Result */
/** @typedef {{ name: string, run: () => Promise<Result> }} Suite */

/**
 * All suites: one stage after the other; in a stage always two at once, since each keeps a core busy (the API tests, and
 * those in the browser, keep both). What stands in one list waits for each other; the longest begin, so that both cores
 * end together.
 * @param {string} [only] pattern of the test files to run, for developers
 * @returns {Suite[][][]}
 */
export function stages(only) {
  const env = testEnvironment();
  const database = once(() => startTemporaryDatabase({ durable: false }));
  const standIn = once(async () => startStandIn(await bundleServer()));
  const weapp = once(() => buildMiniapp('weapp'));
  const h5 = once(() => buildMiniapp('h5'));

  /** The root account, and no database yet: each jest worker makes its own. One stand-in of WeChat for all. */
  const withDatabase = async () => ({
    ...env,
    TEST_DATABASE_URL: (await database()).url('root', ''),
    SERVER_BUNDLE_DIR: await bundleServer(),
    WECHAT_STAND_IN: (await standIn()).env.WECHAT_STAND_IN,
  });
  const endToEnd = async () => {
    const browser = await provideBrowser();
    if ('missing' in browser) return skipAll(await listTests(['scripts/end-to-end'], env), browser.missing);
    const places = { WEAPP_DIR: await weapp(), H5_DIR: await h5(), ARTEFACTS_DIR: inRepo('.data', 'artefacts') };
    const all = { ...(await withDatabase()), ...places, CHROMIUM_PATH: browser.path };
    return runJest(['scripts/end-to-end'], { workers: 2, env: all, only });
  };
  const overHttp = async () => {
    const folder = await bundleTests(await listTests(['server'], env, only));
    return runJest([folder], { workers: 2, env: await withDatabase(), config: configOfBundle });
  };
  /** Of the scripts one starts a server, on a database of its own. */
  const tables = async () => {
    const withStandIn = { ...env, WECHAT_STAND_IN: (await standIn()).env.WECHAT_STAND_IN };
    const floors = ['shared', 'miniapp/src', 'scripts'];
    return runJest(floors, { workers: 1, env: withStandIn, except: '/scripts/end-to-end/', only });
  };

  const builds = [
    { name: 'build:weapp', run: () => asTest(weapp) },
    { name: 'build:h5', run: () => asTest(h5) },
  ];
  return [
    [builds, ...checks(env).map((suite) => [suite]), [{ name: 'shared', run: tables }]],
    [[{ name: 'api', run: overHttp }]],
    [[{ name: 'end-to-end', run: endToEnd }]],
  ];
}

/** Each of these counts as one test. @param {NodeJS.ProcessEnv} env @returns {Suite[]} */
function checks(env) {
  const floors = ['server', 'scripts', 'miniapp', 'shared'];
  /** @type {[name: string, args: string[]][]} */
  const all = [
    ['lint', nodeArgs('eslint/bin/eslint.js', '-c', 'scripts/eslint.config.mjs', ...floors)],
    ...floors.map((floor) => /** @type {[string, string[]]} */ ([`types:${floor}`, typesArgs(floor)])),
    ['format', nodeArgs('prettier/bin/prettier.cjs', '--check', '.', '--log-level=warn')],
    ['walls', nodeArgs('dependency-cruiser/bin/dependency-cruise.mjs', ...wallsArgs)],
  ];
  return all.map(([name, args]) => ({ name, run: () => check(args, env) }));
}

const wallsArgs = ['--config', '.dependency-cruiser.cjs', 'shared/src', 'server/src', 'miniapp/src'];

/** @param {string} floor */
function typesArgs(floor) {
  const kept = inRepo('.data', 'types', `${floor}.tsbuildinfo`);
  return nodeArgs('typescript/bin/tsc', '-p', floor, '--incremental', '--tsBuildInfoFile', kept);
}

/** @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<Result>} */
async function check(args, env) {
  const { code, output } = await run(process.execPath, args, { env, limit: 600_000 });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
}

/** @param {() => Promise<unknown>} work @returns {Promise<Result>} */
async function asTest(work) {
  await work();
  return { passed: 1, failed: 0, skipped: 0, output: '' };
}

/** @param {string[]} files @param {string} reason @returns {Result} */
const skipAll = (files, reason) => ({ passed: 0, failed: 0, skipped: files.length, output: `跳过 skipped: ${reason}` });

/**
 * @template T
 * @param {() => Promise<T>} make
 */
function once(make) {
  /** @type {Promise<T> | undefined} */
  let made;
  return () => (made ??= make());
}
