import type { Db } from '../database/connect';
import { dropPhotos } from '../photos/drop-files';

/** Pictures that are somebody's face here; takes the person. */
export const ofProfile = "thing_kind = 'profile' AND thing_id = ?";

/** 头像和昵称 go, as the person wishes: said here, or to WeChat (wechat.md §8). */
export async function clearProfile(db: Db, personId: string, now: Date): Promise<void> {
  await db.write('DELETE FROM profile WHERE person_id = ?', [personId]);
  await dropPhotos(db, ofProfile, [personId], now);
}
