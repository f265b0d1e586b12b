import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const tooLong = 10 * 1024 * 1024;

/** Opens a log for adding to it; one over 10 MB is put aside first as `.1`. Returns the file descriptor. @param {string} path */
export function openLog(path) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (existsSync(path) && statSync(path).size > tooLong) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** The last lines of a log. @param {string} path */
export function tailOf(path, lines = 20) {
  const file = openSync(path, 'r');
  const size = Math.min(statSync(path).size, 64 * 1024);
  const buffer = Buffer.alloc(size);
  readSync(file, buffer, 0, size, statSync(path).size - size);
  closeSync(file);
  return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
