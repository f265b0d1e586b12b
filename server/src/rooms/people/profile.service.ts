import type { ReplyOf } from '@sandan/shared/endpoint';
import type { profileApi } from '@sandan/shared/people/profile.contract';
import type { Caller } from '../../foundation/access/caller';
import type { SigningKeys } from '../../foundation/access/signature';
import type { Db, Reading } from '../../foundation/database/connect';
import { clearProfile, ofProfile } from '../../foundation/personal-data/clear-profile';
import { dropPhotos } from '../../foundation/photos/drop-files';
import { photoLink } from '../../foundation/photos/links';
import { bindPhotos } from '../../foundation/photos/photos.service';
import { profileRow } from './profile.queries';
import { Profile } from './profile.entity';

type Reply = ReplyOf<typeof profileApi.read>;

/**
 * My own face and nickname. Whoever wants to show them to others lets them pass the content check first, and asks: other
 * people's names are not shown to users without need (wechat.md §6.3, §13).
 */
export async function profileOf(reading: Reading, { personId, now }: Caller, signing: SigningKeys): Promise<Reply> {
  const row = await profileRow(reading, personId);
  return { nickname: row?.nickname ?? null, picture: row?.picture ? photoLink(row.picture, signing, now) : null };
}

interface Wished {
  readonly nickname: string | null;
  readonly pictureId: string | null;
}

/** A picture that is no longer wanted is gone at once, its files with the next housekeeping. Throws `photo.not-yours`. */
export async function changeProfile(db: Db, caller: Caller, wished: Wished, signing: SigningKeys): Promise<Reply> {
  const { personId, now } = caller;
  const { nickname, pictureId } = wished;
  if (nickname === null && pictureId === null) {
    await clearProfile(db, personId, now);
    return { nickname, picture: null };
  }
  // The row first: of two changes at once the later one stands whole.
  await db.upsert(Profile, [{ personId, nickname, pictureId, changedAt: now }], ['nickname', 'pictureId', 'changedAt']);
  if (pictureId !== null) {
    await bindPhotos(db.manager, { ids: [pictureId], ownerId: personId, thingKind: 'profile', thingId: personId, now });
  }
  await dropPhotos(db, `${ofProfile} AND id <> ?`, [personId, pictureId ?? ''], now);
  return profileOf(db, caller, signing);
}

/** 绑定: what the newcomer has chosen goes on, unless the roster person has chosen for himself. */
export async function mergeProfile(db: Db, newcomerId: string, personId: string, now: Date): Promise<void> {
  if (await profileRow(db, personId)) return clearProfile(db, newcomerId, now);
  await db.write('UPDATE profile SET person_id = ? WHERE person_id = ?', [personId, newcomerId]);
  await db.write(`UPDATE photo SET thing_id = ? WHERE ${ofProfile}`, [personId, newcomerId]);
}
