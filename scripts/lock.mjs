import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { atEnd } from './command.mjs';
import { processOf, stillRuns, stopProcess } from './processes.mjs';
import { inRepo } from './settings.mjs';

/** @typedef {import('./processes.mjs').Process} Process */
/**
 * What stands in a lock file: who holds it, what he told about himself, and the processes he started.
 * @typedef {{ holder: Process, about: string, children: Process[] }} Note
 * @typedef {{ adopt(pid: number): void, release(): void }} Lock
 */

/**
 * Takes the lock, or answers with the note of the living process that holds it. A lock whose holder was killed is taken
 * over, and what he left running is stopped first, the last started first.
 * @param {string} path
 * @param {string} [about] a word for others, for example the port
 * @returns {Promise<{ lock: Lock } | { heldBy: Note }>}
 */
export async function takeLock(path, about = '') {
  mkdirSync(dirname(path), { recursive: true, mode: 0o711 });
  const self = /** @type {Process} */ (processOf(process.pid));
  /** @type {Process[]} */
  let orphans = [];
  /** @param {Process[]} children @returns {Note} */
  const noteWith = (children) => ({ holder: self, about, children });
  while (!place(path, noteWith(orphans))) {
    const seen = readNote(path);
    if (!seen) continue; // released meanwhile
    if (stillRuns(seen.note.holder)) return { heldBy: seen.note };
    if (clearAway(path, seen.text)) orphans = seen.note.children.filter(stillRuns);
  }
  for (const orphan of orphans.toReversed()) await stopProcess(orphan, 15_000);
  return { lock: heldLock(path, noteWith) };
}

/**
 * @param {string} path
 * @param {(children: Process[]) => Note} noteWith
 * @returns {Lock}
 */
function heldLock(path, noteWith) {
  /** @type {Process[]} */
  let children = [];
  const write = () => {
    writeFileSync(aside(path), JSON.stringify(noteWith(children)));
    renameSync(aside(path), path);
  };
  write();
  const release = () => {
    forget();
    rmSync(path, { force: true });
  };
  const forget = atEnd(release);
  return {
    release,
    adopt(pid) {
      const child = processOf(pid);
      if (!child) return;
      children = [...children.filter(stillRuns), child];
      write();
    },
  };
}

/**
 * Holds a lock of this working copy while packages, tools or builds are made in it: two `npm start` with different ports
 * share them, and whoever comes second waits.
 * @template T
 * @param {'packages' | 'tools' | 'builds'} name
 * @param {(lock: Lock) => Promise<T>} work
 * @param {(note: string) => void} [say]
 * @returns {Promise<T>}
 */
export async function inTurn(name, work, say) {
  const path = inRepo('.data', 'locks', `${name}.json`);
  for (let told = false; ; told = true) {
    const taken = await takeLock(path);
    if ('lock' in taken) {
      try {
        return await work(taken.lock);
      } finally {
        taken.lock.release();
      }
    }
    if (!told) say?.('等另一个命令 / waiting for another command');
    await wait(200);
  }
}

/** @param {string} path */
const aside = (path) => `${path}.${process.pid}`;

/** Puts the whole note in place at once, or returns false where one lies already. @param {string} path @param {Note} note */
function place(path, note) {
  writeFileSync(aside(path), JSON.stringify(note));
  try {
    linkSync(aside(path), path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(aside(path), { force: true });
  }
}

/** @param {string} path @returns {{ text: string, note: Note } | undefined} */
function readNote(path) {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, note: JSON.parse(text) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Removes the note of a dead holder, exactly the one that was read: when somebody was quicker and holds the lock by now,
 * his note goes back and the answer is false.
 * @param {string} path
 * @param {string} text
 */
function clearAway(path, text) {
  try {
    renameSync(path, aside(path));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  const theirs = readFileSync(aside(path), 'utf8') !== text;
  if (theirs) renameSync(aside(path), path);
  else rmSync(aside(path));
  return !theirs;
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;
