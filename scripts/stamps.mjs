import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { repo } from './settings.mjs';

/** Tests change no build. @param {string} path */
const counts = (path) => !/\.test\.tsx?$/.test(path);

/**
 * A short hash of the contents and names of files and folders: same hash, nothing to build.
 * @param {string[]} paths absolute; what does not exist counts as nothing
 * @param {string[]} [also] settings that change the result
 */
export function hashOf(paths, also = []) {
  const hash = createHash('sha256').update(JSON.stringify(also));
  for (const file of paths.filter(existsSync).flatMap(filesUnder).filter(counts)) {
    const content = readFileSync(file);
    hash.update(`${relative(repo, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}

/** All files of a folder, sorted; a file is its own list. @param {string} path @returns {string[]} */
export function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/**
 * Builds of one kind, `<folder>/<kind>-<hash>`, newest first.
 * @param {string} folder
 * @param {string} kind
 */
export function buildsOf(folder, kind) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => new RegExp(`^${kind}-[0-9a-f]{12}$`).test(name))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

/** Removes all but the newest builds; a server that is still running may use one of the kept. @param {string} build */
export function removeOldBuilds(build, keep = 8) {
  const kind = basename(build).replace(/-[0-9a-f]{12}$/, '');
  for (const old of buildsOf(dirname(build), kind).slice(keep)) rmSync(old, { recursive: true });
}
