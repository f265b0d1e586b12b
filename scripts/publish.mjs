import { cpSync, renameSync, rmSync } from 'node:fs';

/** Puts a copy of a build at a fixed place, in one move. @param {string} build @param {string} place */
export function publish(build, place) {
  const [fresh, old] = [`${place}.new`, `${place}.old`];
  for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true });
  cpSync(build, fresh, { recursive: true });
  try {
    renameSync(place, old);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error; // the first build has no place yet
  }
  renameSync(fresh, place);
  rmSync(old, { recursive: true, force: true });
}
