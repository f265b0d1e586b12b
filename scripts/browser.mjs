import { aptInstall, hasApt, isRoot } from './apt.mjs';
import { inTurn } from './lock.mjs';
import { run } from './run.mjs';
import { findProgram } from './programs.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'google-chrome-for-testing'];
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
  await inTurn('tools', (lock) => aptInstall([...(found ? [] : ['chromium']), 'fonts-noto-cjk'], lock));
  const path = await findBrowser();
  return path ? { path } : { missing: 'apt 装的 chromium 起不来 / the chromium that apt installs does not run here' };
}

/** Ubuntu's package of that name is an empty shell around snap, so only running it tells. */
async function findBrowser() {
  for (const name of [process.env.CHROMIUM_PATH ?? '', ...names, ...onMac].filter(Boolean)) {
    const path = findProgram([name]);
    if (path && (await run(path, ['--version'], { limit: 20_000 })).code === 0) return path;
  }
  return undefined;
}

async function hasChineseFonts() {
  if (!findProgram(['fc-list'])) return false;
  return (await run('fc-list', [':lang=zh'])).output.trim() !== '';
}
