import { In, QueryFailedError, type EntityManager, type EntityTarget } from 'typeorm';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import { Photo } from './photo.entity';
import type { TakenPhoto, TakenVoice } from './take-upload';
import { VoiceNote } from './voice-note.entity';

/** The thing that a photo or a voice note belongs to, e.g. `{ thingKind: 'order', thingId }`. */
export interface Thing {
  readonly thingKind: string;
  readonly thingId: string;
}

interface NewUpload<Taken> {
  /** The caller's ULID. */
  readonly id: string;
  readonly ownerId: string;
  readonly taken: Taken;
  readonly now: Date;
}

interface Binding extends Thing {
  readonly ids: readonly string[];
  readonly ownerId: string;
  readonly now: Date;
}

const maxPhotos = 9;

/** Writes the row of a decoded photo, loose. A repeat by the same owner with the same file gets the first row. */
export const storeDecoded = (db: EntityManager, upload: NewUpload<TakenPhoto>): Promise<Photo> =>
  insertOnce(db, Photo, { ...looseRow(upload), ...upload.taken });

/** Writes the row of a checked voice note, loose; repeats as with photos. */
export const storeVoice = (db: EntityManager, upload: NewUpload<TakenVoice>): Promise<VoiceNote> =>
  insertOnce(db, VoiceNote, { ...looseRow(upload), ...upload.taken });

/**
 * Makes these photos part of the thing. Only the owner's own photos, loose or already in this very thing, so that a
 * repeat changes nothing; at most nine. Throws `photo.not-yours` and leaves the roll-back to the transaction.
 */
export async function bindPhotos(db: EntityManager, binding: Binding): Promise<void> {
  if (binding.ids.length > maxPhotos) throw new Problem('photo.not-yours');
  await bind(db, Photo, binding, 'photo.not-yours');
}

/** The same for the one voice note of a thing. Throws `voice.not-found`. */
export async function bindVoice(
  db: EntityManager,
  { voiceId, ...binding }: Omit<Binding, 'ids'> & { voiceId: string },
) {
  await bind(db, VoiceNote, { ...binding, ids: [voiceId] }, 'voice.not-found');
}

/** The photos of several things of one kind, in the order in which they were made. */
export const photosOf = (db: EntityManager, thingKind: string, thingIds: readonly string[]): Promise<Photo[]> =>
  thingsOwn(db, Photo, thingKind, thingIds);

/** The voice notes of several things of one kind, in the order in which they were made. */
export const voicesOf = (db: EntityManager, thingKind: string, thingIds: readonly string[]): Promise<VoiceNote[]> =>
  thingsOwn(db, VoiceNote, thingKind, thingIds);

/**
 * Earlier photos that are the very same file as one of these and belong to another thing: the hint for the
 * inspector's fault 照片重复使用 (reusedPhoto). Photos of the same thing may repeat each other.
 */
export async function sameLooking(
  db: EntityManager,
  photos: readonly Photo[],
): Promise<{ photo: Photo; earlier: Photo }[]> {
  if (photos.length === 0) return [];
  const twins = await db
    .createQueryBuilder(Photo, 'photo')
    .where('photo.contentHash IN (:...hashes)', { hashes: photos.map(({ contentHash }) => contentHash) })
    .andWhere('photo.thingId IS NOT NULL')
    .orderBy('photo.createdAt', 'ASC')
    .limit(maxTwins)
    .getMany();
  return photos.flatMap((photo) =>
    twins.filter((twin) => isEarlierTwin(twin, photo)).map((earlier) => ({ photo, earlier })),
  );
}

/** A hint needs no more; a favourite picture may have been sent a thousand times. */
const maxTwins = 100;

const isEarlierTwin = (twin: Photo, photo: Photo): boolean =>
  twin.contentHash.equals(photo.contentHash) && twin.thingId !== photo.thingId && twin.createdAt < photo.createdAt;

type Stored = Photo | VoiceNote;

const looseRow = ({ id, ownerId, now }: NewUpload<unknown>) => ({
  id,
  ownerId,
  thingKind: null,
  thingId: null,
  createdAt: now,
  boundAt: null,
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
  const first = await db.getRepository<Stored>(entity).findOneByOrFail({ id: row.id });
  const isRepeat = first.ownerId === row.ownerId && first.contentHash.equals(row.contentHash);
  if (!isRepeat) throw new Problem('photo.id-taken');
  return first as T;
}

const duplicateEntry = 1062;
const isDuplicate = (error: unknown): boolean =>
  error instanceof QueryFailedError && 'errno' in error.driverError && error.driverError.errno === duplicateEntry;

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

async function thingsOwn<T extends Stored>(
  db: EntityManager,
  entity: EntityTarget<T>,
  thingKind: string,
  thingIds: readonly string[],
): Promise<T[]> {
  if (thingIds.length === 0) return [];
  const rows = await db
    .getRepository<Stored>(entity)
    .find({ where: { thingKind, thingId: In(thingIds) }, order: { id: 'ASC' } });
  return rows as T[];
}
