import { existsSync, readFileSync } from 'node:fs';
import { inTurn } from './lock.mjs';
import { mustRun } from './run.mjs';
import { inRepo } from './settings.mjs';

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Entry
 */

/** Installs the packages of the lockfile where they are not there yet. @param {(note: string) => void} [say] */
export async function installPackages(say) {
  if (packagesAreInstalled()) return;
  await inTurn(
    'packages',
    async (lock) => {
      if (packagesAreInstalled()) return;
      // The development packages build the app; NODE_ENV=production alone would leave them out.
      await mustRun('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { lock });
    },
    say,
  );
}

/**
 * Compares the lockfile with npm's own record of what lies in node_modules, which npm writes last: an install that was
 * killed, or made for another machine, is not taken for a whole one.
 */
function packagesAreInstalled() {
  const record = inRepo('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const there = entriesOf(record);
  return Object.entries(entriesOf(inRepo('package-lock.json'))).every(
    ([path, entry]) => path === '' || !isNeededHere(entry) || there[path]?.version === entry.version,
  );
}

/** @param {string} file @returns {Record<string, Entry>} */
const entriesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** An optional package counts when it names exactly this machine. @param {Entry} entry */
function isNeededHere({ optional, os, cpu, libc }) {
  if (!optional) return true;
  return Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && !libc);
}
