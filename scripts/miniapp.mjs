import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { completeH5 } from './h5.mjs';
import { inTurn } from './lock.mjs';
import { mustRun, nodeArgs } from './run.mjs';
import { inRepo } from './settings.mjs';
import { hashOf, removeOldBuilds } from './stamps.mjs';

/** @typedef {'h5' | 'weapp'} Platform */

/**
 * Builds the app with Taro into miniapp/dist/<platform>-<hash of all sources>, and returns that folder. Same sources,
 * nothing to do; a killed build leaves nothing half.
 * @param {Platform} platform
 * @param {(note: string) => void} [say]
 */
export async function buildMiniapp(platform, say) {
  const folder = inRepo('miniapp', 'dist', `${platform}-${hashOfApp()}`);
  if (existsSync(folder)) return folder;
  await inTurn('builds', (lock) => build(platform, folder, lock), say);
  return folder;
}

/** @param {Platform} platform @param {string} folder @param {import('./lock.mjs').Lock} lock */
async function build(platform, folder, lock) {
  if (existsSync(folder)) return;
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  await mustRun(process.execPath, nodeArgs('@tarojs/cli/bin/taro', 'build', '--type', platform), {
    cwd: inRepo('miniapp'),
    env: { ...process.env, TARO_OUT: fresh, NODE_ENV: 'production', npm_package_version: version() },
    lock,
  });
  if (platform === 'h5') await completeH5(fresh);
  renameSync(fresh, folder);
  removeOldBuilds(folder);
}

const version = () => JSON.parse(readFileSync(inRepo('package.json'), 'utf8')).version;

function hashOfApp() {
  const sources = ['src', 'config', 'types', 'babel.config.js', 'package.json', 'tsconfig.json'];
  const also = ['shared/src', 'package-lock.json', 'tsconfig.json', 'scripts/miniapp.mjs', 'scripts/h5.mjs'];
  const paths = [...sources.map((name) => inRepo('miniapp', name)), ...also.map((name) => inRepo(name))];
  return hashOf(paths, [version(), process.env.SANDAN_ORIGIN ?? '']);
}
