import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../database/connect';
import type { Files } from '../world/files';
import { thumbKeyOf } from './serve-stored';
import { dayFolder } from './take-upload';

/** What nobody needs any more: uploads that no thing took, stored files without a row, temporary files. */
const tables = ['photo', 'voice_note'] as const;
type Table = (typeof tables)[number];

const dayMs = 86_400_000;
/** A phone may be without network for long (decisions.md §4.2). */
const looseDays = 14;
const batch = 500;

/** Removes uploads that stayed loose for 14 days, at most 500 of each kind at a time. Returns how many went. */
export async function sweepLoose(database: Database, files: Files, now: Date): Promise<number> {
  const before = new Date(now.getTime() - looseDays * dayMs);
  let swept = 0;
  for (const table of tables) {
    const loose = await database.reading.query<{ id: string; storage_key: string }>(
      `SELECT id, storage_key FROM ${table} WHERE thing_id IS NULL AND created_at < ? ORDER BY created_at LIMIT ${batch}`,
      [before],
    );
    for (const { id, storage_key: storageKey } of loose) {
      if (!(await deleteLoose(database, table, id))) continue;
      swept += 1;
      const stillUsed = await keysInUse(database, table, [storageKey]);
      if (!stillUsed.has(storageKey)) await removeStored(files, storageKey);
    }
  }
  return swept;
}

/** Conditional, because a thing may have taken it since it was read. */
const deleteLoose = async (database: Database, table: Table, id: string): Promise<boolean> => {
  const sql = `DELETE FROM ${table} WHERE id = ? AND thing_id IS NULL`;
  return (await database.transaction((db) => db.write(sql, [id]))) === 1;
};

/** Files are stored just before their row is written: after a whole day there will be none. */
const youngestOrphanDays = 2;
const oldestOrphanDays = 30;

/**
 * Removes stored files that have no row: of uploads that were repeated, refused or cut off. Looks at the folders of the
 * last month but for yesterday and today, so that a run costs the same after ten years. Returns how many went.
 */
export async function sweepOrphans(database: Database, files: Files, now: Date): Promise<number> {
  let swept = 0;
  for (let age = youngestOrphanDays; age <= oldestOrphanDays; age += 1) {
    const day = dayFolder(new Date(now.getTime() - age * dayMs));
    swept += await sweepFolder(database, files, `photos/${day}`, 'photo');
    swept += await sweepFolder(database, files, `voices/${day}`, 'voice_note');
  }
  return swept;
}

async function sweepFolder(database: Database, files: Files, folder: string, table: Table): Promise<number> {
  const keys: string[] = [];
  for await (const key of files.list(folder)) keys.push(key);
  let swept = 0;
  for (let from = 0; from < keys.length; from += batch) {
    const some = keys.slice(from, from + batch);
    const inUse = await keysInUse(database, table, some.map(rowKeyOf));
    for (const key of some.filter((each) => !inUse.has(rowKeyOf(each)))) {
      await files.remove(key);
      swept += 1;
    }
  }
  return swept;
}

async function keysInUse(database: Database, table: Table, keys: readonly string[]): Promise<Set<string>> {
  const sql = `SELECT DISTINCT storage_key FROM ${table} WHERE storage_key IN (?)`;
  const rows = await database.reading.query<{ storage_key: string }>(sql, [keys]);
  return new Set(rows.map((row) => row.storage_key));
}

/** The key that stands in the row: a thumbnail belongs to its photo. */
const rowKeyOf = (key: string): string => key.replace('.thumb.', '.');

/** Files of the erased (注销): noted when their rows went, taken away here. Returns how many went. */
export async function sweepErased(database: Database, files: Files): Promise<number> {
  const rows = await database.reading.query<{ storage_key: string }>(
    `SELECT storage_key FROM erased_file ORDER BY at LIMIT ${batch}`,
  );
  for (const { storage_key: key } of rows) {
    const used = await Promise.all(tables.map((table) => keysInUse(database, table, [key])));
    if (used.every((keys) => keys.size === 0)) await removeStored(files, key);
    await database.transaction((db) => db.write('DELETE FROM erased_file WHERE storage_key = ?', [key]));
  }
  return rows.length;
}

async function removeStored(files: Files, storageKey: string): Promise<void> {
  for (const key of new Set([storageKey, thumbKeyOf(storageKey)])) await files.remove(key);
}

/**
 * Removes temporary files of uploads that a killed process left behind a day ago or earlier, by the machine's own clock
 * as in their dates. Returns how many went.
 */
export async function sweepUploads(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => name.endsWith('.upload'));
  let swept = 0;
  for (const path of names.map((name) => join(folder, name))) {
    const file = await stat(path).catch(ignoreMissing);
    if (file === undefined || Date.now() - file.mtimeMs < dayMs) continue;
    await rm(path, { force: true });
    swept += 1;
  }
  return swept;
}

/** An upload that ends just now takes its own file away. */
function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
