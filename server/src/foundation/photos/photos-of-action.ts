import type { Db } from '../database/connect';
import { bindPhotos } from './photos.service';

/** The photos sent with an action hang on its row of history. */
export const photosOfAction =
  (ids: readonly string[], ownerId: string, actionId: string, now: Date) =>
  async (db: Db): Promise<void> => {
    if (ids.length === 0) return;
    await bindPhotos(db.manager, { ids, ownerId, thingKind: 'history', thingId: actionId, now });
  };
