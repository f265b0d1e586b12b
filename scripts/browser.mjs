import { aptInstall, hasApt, isRoot } from './apt.mjs';
import { inTurn } from './lock.mjs';
import { run } from './run.mjs';
import { findProgram } from './programs.mjs';

/** Without windows: it draws the same pages with a third of the processor (measured, sixteen pages: 3.2 s against 8.2 s). */
const headless = 'chromium-headless-shell';
const whole = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'google-chrome-for-testing'];
const onMac = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium or Chrome that runs, with fonts for Chinese; as root on Debian it is installed first. Otherwise the reason.
 * @returns {Promise<{ path: string } | { missing: string }>}
 */
export async function provideBrowser() {
  const canInstall = hasApt() && isRoot();
  const found = await findBrowser();
  if (found && (!canInstall || (await hasChineseFonts()))) return { path: found };
  if (!canInstall)
    return { missing: '没有 Chromium / Chrome，也装不了 / no Chromium or Chrome, and no right to install one' };
  await inTurn('tools', (lock) => install(found ? [] : [headless, 'chromium'], lock));
  const path = await findBrowser();
  return path ? { path } : { missing: 'apt 装的 chromium 起不来 / the chromium that apt installs does not run here' };
}

/** The first of some packages that there is (Ubuntu has no headless one), with the fonts. @param {string[]} browsers @param {import('./lock.mjs').Lock} lock */
async function install([browser, ...others], lock) {
  try {
    await aptInstall([...(browser ? [browser] : []), 'fonts-noto-cjk'], lock);
  } catch (error) {
    if (others.length === 0) throw error;
    await install(others, lock);
  }
}

/** Ubuntu's package of that name is an empty shell around snap, so only running it tells. */
async function findBrowser() {
  for (const name of [process.env.CHROMIUM_PATH ?? '', headless, ...whole, ...onMac].filter(Boolean)) {
    const path = findProgram([name]);
    if (path && (await run(path, ['--version'], { limit: 20_000 })).code === 0) return path;
  }
  return undefined;
}

async function hasChineseFonts() {
  if (!findProgram(['fc-list'])) return false;
  return (await run('fc-list', [':lang=zh'])).output.trim() !== '';
}
