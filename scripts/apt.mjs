import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, run } from './run.mjs';
import { findProgram } from './programs.mjs';

/** @typedef {import('./lock.mjs').Lock} Lock */

export const isRoot = () => process.getuid?.() === 0;
export const hasApt = () => findProgram(['apt-get']) !== undefined && findProgram(['dpkg']) !== undefined;

const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
const patience = ['-o', 'DPkg::Lock::Timeout=120'];

/** Installs Debian packages on the machine; only root may. @param {string[]} packages @param {Lock} lock */
export async function aptInstall(packages, lock) {
  await run('apt-get', [...patience, 'update'], { env: quiet, lock }); // stale lists may still do; install says so if not
  const args = [...patience, 'install', '-y', '--no-install-recommends', ...packages];
  await mustRun('apt-get', args, { env: quiet, lock });
}

/**
 * Unpacks a Debian package, with everything it needs that the machine lacks, into a folder: nothing on the machine
 * changes, and no right is needed.
 * @param {string} name
 * @param {string} folder
 * @param {Lock} lock
 */
export async function aptUnpack(name, folder, lock) {
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const debs = join(fresh, 'debs');
  mkdirSync(join(debs, 'partial'), { recursive: true });
  const { packages, options } = await missingPackages(name, debs, lock);
  await mustRun('apt-get', [...options, 'download', ...packages], { cwd: debs, env: quiet, lock });
  for (const file of readdirSync(debs).filter((entry) => entry.endsWith('.deb'))) {
    await mustRun('dpkg', ['-x', join(debs, file), fresh], { lock });
  }
  rmSync(debs, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

/**
 * Which packages an install would bring. A machine whose lists were never fetched gets lists of its own in the folder.
 * @param {string} name
 * @param {string} folder
 * @param {Lock} lock
 */
async function missingPackages(name, folder, lock) {
  const plan = async (/** @type {string[]} */ options) => {
    const args = [...options, '-s', '-o', 'Debug::NoLocking=1', 'install', '--no-install-recommends', name];
    const { output } = await run('apt-get', args, { env: quiet, lock });
    return [...output.matchAll(/^Inst (\S+)/gm)].map((match) => String(match[1]));
  };
  const known = await plan([]);
  if (known.length > 0) return { packages: known, options: [] };
  const options = ['-o', `Dir::State::lists=${folder}`, '-o', `Dir::Cache=${folder}`];
  await mustRun('apt-get', [...options, 'update'], { env: quiet, lock });
  return { packages: await plan(options), options };
}
