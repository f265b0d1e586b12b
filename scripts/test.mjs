// npm test: sets up what is missing, then runs every suite. For developers: `npm test -- types api` runs those whose name
// begins so, `npm test -- api --only=orders` of these the files whose path matches.
import { provideBrowser } from './browser.mjs';
import { isEnding, runCommand, Trouble } from './command.mjs';
import { installPackages } from './install.mjs';
import { provideMariadb } from './mariadb.mjs';
import { progress, secondsSince } from './progress.mjs';
import { stages } from './suites.mjs';

/** @typedef {import('./suites.mjs').Suite} Suite */
/** @typedef {import('./jest-suite.mjs').Result} Result */

const onlyFlag = '--only=';
const sum = { passed: 0, failed: 0, skipped: 0 };

await runCommand(async () => {
  const words = process.argv.slice(2);
  const only = words.find((word) => word.startsWith(onlyFlag))?.slice(onlyFlag.length);
  const wanted = words.filter((word) => !word.startsWith(onlyFlag));
  const chosen = choose(stages(only), wanted);
  try {
    const needsBrowser = chosen.flat(2).some(({ name }) => name === 'end-to-end');
    await progress(1)('准备依赖、数据库、浏览器 Preparing', () => prepare(needsBrowser));
    for (const stage of chosen) await twoAtOnce(stage);
  } catch (error) {
    sum.failed += 1;
    console.error(error instanceof Trouble ? error.message : error);
  }
  if (isEnding()) return 1;
  console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return sum.failed === 0 ? 0 : 1;
});

/** Fetching waits for the network more than for the processor, so all at once. A suite whose tool is missing says so itself. @param {boolean} needsBrowser */
async function prepare(needsBrowser) {
  const tools = [provideMariadb(), ...(needsBrowser ? [provideBrowser()] : [])];
  const [packages] = await Promise.allSettled([installPackages(), ...tools]);
  if (packages.status === 'rejected') throw packages.reason;
}

/** @param {Suite[][][]} all @param {string[]} wanted beginnings of names; none: everything */
function choose(all, wanted) {
  const isWanted = (/** @type {Suite} */ { name }) =>
    wanted.length === 0 || wanted.some((word) => name.startsWith(word));
  const names = all.flat(2).map(({ name }) => name);
  const unknown = wanted.find((word) => !names.some((name) => name.startsWith(word)));
  if (unknown) throw new Trouble(`没有这组测试 / no such suite: ${unknown} (${names.join(' ')})`);
  return all.map((stage) => stage.map((suites) => suites.filter(isWanted)));
}

/** Whoever is done takes the next list. @param {Suite[][]} stage */
async function twoAtOnce(stage) {
  const waiting = stage.values();
  const work = async () => {
    for (const suites of waiting) await runInOrder(suites);
  };
  await Promise.all([work(), work()]);
}

/** @param {Suite[]} suites */
async function runInOrder(suites) {
  for (const { name, run } of suites) {
    const begun = performance.now();
    const result = await run().catch(failure);
    if (isEnding()) return; // interrupted: that is no result
    show(name, result, secondsSince(begun));
  }
}

/** @param {unknown} error @returns {Result} */
function failure(error) {
  const output = error instanceof Trouble ? error.message : String((error instanceof Error && error.stack) || error);
  return { passed: 0, failed: 1, skipped: 0, output };
}

/** @param {string} name @param {Result} result @param {string} seconds */
function show(name, { passed, failed, skipped, output }, seconds) {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
  const counts = [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`].filter(Boolean);
  console.log(`${failed ? '✗' : '✓'} ${name.padEnd(14)} ${counts.join(', ').padEnd(24)} ${seconds}`);
  if (failed || (skipped && !passed)) console.log(output);
}
