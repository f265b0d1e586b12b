import { In, type EntityManager, type EntityTarget } from 'typeorm';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import { isDuplicate } from '../database/conflicts';
import type { Reading } from '../database/connect';
import { rowOf } from '../database/rows';
import { Photo } from './photo.entity';
import type { TakenPhoto, TakenVoice } from './take-upload';
import { VoiceNote } from './voice-note.entity';

interface NewUpload<Taken> {
  /** The caller's ULID. */
  readonly id: string;
  readonly ownerId: string;
  readonly taken: Taken;
  readonly now: Date;
}

interface Binding {
  readonly ids: readonly string[];
  readonly ownerId: string;
  /** What they become part of, e.g. 'order' and the order's id. */
  readonly thingKind: string;
  readonly thingId: string;
  readonly now: Date;
}

type Stored = Photo | VoiceNote;

/**
 * Writes the row of a decoded photo, loose. A repeat by the same owner with the same file gets the first row; any other
 * use of the id throws `photo.id-taken`.
 */
export const storeDecoded = (db: EntityManager, upload: NewUpload<TakenPhoto>): Promise<Photo> =>
  insertOnce(db, Photo, { ...looseRow(upload), ...upload.taken });

/** Writes the row of a checked voice note, loose; repeats as with photos. */
export const storeVoice = (db: EntityManager, upload: NewUpload<TakenVoice>): Promise<VoiceNote> =>
  insertOnce(db, VoiceNote, { ...looseRow(upload), ...upload.taken, words: null, hearAt: null, hearTries: 0 });

const maxPhotos = 9;

/**
 * Makes these photos part of a thing: the owner's own ones, loose or already in this very thing, so that a repeat changes
 * nothing; at most nine. Throws `photo.not-yours` unless every id matched; the transaction must then be rolled back.
 */
export async function bindPhotos(db: EntityManager, binding: Binding): Promise<void> {
  if (binding.ids.length > maxPhotos) throw new Problem('photo.not-yours');
  await bind(db, Photo, binding, 'photo.not-yours');
}

/** The same for a voice note. Throws `voice.not-found`. */
export const bindVoice = (
  db: EntityManager,
  { id, ...binding }: Omit<Binding, 'ids'> & { id: string },
): Promise<void> => bind(db, VoiceNote, { ...binding, ids: [id] }, 'voice.not-found');

/** The photos of several things of one kind, as they were made. */
export const photosOf = (db: Reading, thingKind: string, thingIds: readonly string[]): Promise<Photo[]> =>
  ofThings(db, 'photo', thingKind, thingIds);

/** The voice notes of several things of one kind, as they were made. */
export const voicesOf = (db: Reading, thingKind: string, thingIds: readonly string[]): Promise<VoiceNote[]> =>
  ofThings(db, 'voice_note', thingKind, thingIds);

export interface Twin {
  readonly photo: Photo;
  /** The same file, sent before for something else. */
  readonly earlier: Photo;
}

/** A hint needs no more; a favourite picture may have been sent a thousand times. */
const maxTwins = 100;

/**
 * Earlier photos that are the very same file as one of these and belong to another thing: the hint for the inspector's
 * fault reusedPhoto (照片重复使用). Photos of one thing may repeat each other.
 */
export async function sameLooking(db: Reading, photos: readonly Photo[]): Promise<Twin[]> {
  if (photos.length === 0) return [];
  const rows = await db.query<Record<string, unknown>>(
    `SELECT * FROM photo WHERE content_hash IN (?) AND thing_id IS NOT NULL ORDER BY created_at, id LIMIT ${maxTwins}`,
    [photos.map(({ contentHash }) => contentHash)],
  );
  const candidates = rows.map((row) => rowOf<Photo>(row));
  return photos.flatMap((photo) =>
    candidates.filter((candidate) => isEarlierTwin(candidate, photo)).map((earlier) => ({ photo, earlier })),
  );
}

const isEarlierTwin = (candidate: Photo, photo: Photo): boolean =>
  candidate.contentHash.equals(photo.contentHash) &&
  candidate.thingId !== photo.thingId &&
  candidate.createdAt < photo.createdAt;

const looseRow = ({ id, ownerId, now }: NewUpload<unknown>) => ({
  id,
  ownerId,
  thingKind: null,
  thingId: null,
  createdAt: now,
  boundAt: null,
  held: 0,
});

/**
 * Reading on in the transaction of a failed INSERT is right here alone (decisions.md §1.5): READ COMMITTED shows the
 * winner's row, and nothing in this transaction writes to it afterwards.
 */
async function insertOnce<T extends Stored>(db: EntityManager, entity: EntityTarget<T>, row: T): Promise<T> {
  try {
    await db.insert<Stored>(entity, row);
    return row;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const first = await db
    .getRepository<T & Stored>(entity)
    .createQueryBuilder('row')
    .where({ id: row.id })
    .getOneOrFail();
  const isRepeat = first.ownerId === row.ownerId && first.contentHash.equals(row.contentHash);
  if (!isRepeat) throw new Problem('photo.id-taken');
  return first;
}

async function bind(
  db: EntityManager,
  entity: EntityTarget<Stored>,
  { ids, ownerId, thingKind, thingId, now }: Binding,
  refusal: ProblemCode,
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const { affected } = await db
    .createQueryBuilder()
    .update(entity)
    .set({ thingKind, thingId, boundAt: () => 'COALESCE(bound_at, :now)' })
    .where({ id: In(wanted), ownerId })
    .andWhere('(thing_id IS NULL OR (thing_kind = :thingKind AND thing_id = :thingId))')
    .setParameters({ now, thingKind, thingId })
    .execute();
  if (affected !== wanted.length) throw new Problem(refusal);
}

async function ofThings<T extends Stored>(
  db: Reading,
  table: 'photo' | 'voice_note',
  thingKind: string,
  thingIds: readonly string[],
): Promise<T[]> {
  if (thingIds.length === 0) return [];
  const sql = `SELECT * FROM ${table} WHERE thing_kind = ? AND thing_id IN (?) ORDER BY id`;
  const rows = await db.query<Record<string, unknown>>(sql, [thingKind, thingIds]);
  return rows.map((row) => rowOf<T>(row));
}
