import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { In, IsNull, LessThan, type EntityManager, type EntityTarget } from 'typeorm';
import type { Files } from '../world/files';
import { Photo } from './photo.entity';
import { thumbKeyOf } from './serve-stored';
import { dayFolder } from './take-upload';
import { VoiceNote } from './voice-note.entity';

/** What nobody needs any more: uploads that no thing took, stored files without a row, temporary files. */
type Stored = Photo | VoiceNote;

const entities: readonly EntityTarget<Stored>[] = [Photo, VoiceNote];
const dayMs = 86_400_000;
/** A phone may be without network for long (decisions.md §4.2). */
const looseDays = 14;
const batch = 500;

/** Removes uploads that stayed loose for 14 days, at most 500 of each kind at a time. Returns how many went. */
export async function sweepLoose(db: EntityManager, files: Files, now: Date): Promise<number> {
  const before = new Date(now.getTime() - looseDays * dayMs);
  let swept = 0;
  for (const entity of entities) {
    const rows = await db
      .getRepository(entity)
      .find({ where: { thingId: IsNull(), createdAt: LessThan(before) }, order: { createdAt: 'ASC' }, take: batch });
    for (const { id, storageKey } of rows) {
      // Conditional, because a thing may have taken it since it was read.
      const { affected } = await db.delete(entity, { id, thingId: IsNull() });
      if (affected !== 1) continue;
      swept += 1;
      const isShared = await db.getRepository(entity).existsBy({ storageKey });
      if (!isShared) await removeStored(files, storageKey);
    }
  }
  return swept;
}

/** Files are stored before their row is written; after a day there will be none. */
const youngestOrphanDays = 2;
const oldestOrphanDays = 30;

/**
 * Removes stored files that have no row: of uploads that were repeated, refused or cut off. Looks at the folders of
 * the last month but for yesterday and today, so that a run costs the same after ten years. Returns how many went.
 */
export async function sweepOrphans(db: EntityManager, files: Files, now: Date): Promise<number> {
  let swept = 0;
  for (let age = youngestOrphanDays; age <= oldestOrphanDays; age += 1) {
    const day = dayFolder(new Date(now.getTime() - age * dayMs));
    swept += await sweepFolder(db, files, `photos/${day}`, Photo);
    swept += await sweepFolder(db, files, `voices/${day}`, VoiceNote);
  }
  return swept;
}

async function sweepFolder(
  db: EntityManager,
  files: Files,
  folder: string,
  entity: EntityTarget<Stored>,
): Promise<number> {
  const keys: string[] = [];
  for await (const key of files.list(folder)) keys.push(key);
  let swept = 0;
  for (let from = 0; from < keys.length; from += batch) {
    const some = keys.slice(from, from + batch);
    const rows = await db
      .getRepository(entity)
      .find({ select: { storageKey: true }, where: { storageKey: In(some.map(rowKeyOf)) } });
    const known = new Set(rows.map(({ storageKey }) => storageKey));
    for (const key of some.filter((one) => !known.has(rowKeyOf(one)))) {
      await files.remove(key);
      swept += 1;
    }
  }
  return swept;
}

/** The key that stands in the row: a thumbnail belongs to its photo. */
const rowKeyOf = (key: string): string => key.replace('.thumb.', '.');

async function removeStored(files: Files, storageKey: string): Promise<void> {
  for (const key of new Set([storageKey, thumbKeyOf(storageKey)])) await files.remove(key);
}

/**
 * Removes temporary files of uploads that a killed process left behind a day ago or earlier, by the machine's own
 * clock as in their dates. Returns how many went.
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
