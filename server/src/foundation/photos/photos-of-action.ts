import { askChecks, type CheckRoot } from '../checks/ask-checks';
import type { CheckedName } from '../checks/checked-fields';
import type { Db } from '../database/connect';
import type { Reference } from '../reference/reference';
import { bindPhotos } from './photos.service';

interface OfAction {
  ids: readonly string[];
  ownerId: string;
  actionId: string;
  now: Date;
  reference: Reference;
  /** What others see of them waits for the content check; null: nobody else ever sees them. */
  checked: { field: CheckedName; of: CheckRoot } | null;
}

/** The photos sent with an action hang on its row of history. */
export const photosOfAction =
  ({ ids, ownerId, actionId, now, reference, checked }: OfAction) =>
  async (db: Db): Promise<void> => {
    if (ids.length === 0) return;
    await bindPhotos(db.manager, { ids, ownerId, thingKind: 'history', thingId: actionId, now });
    if (!checked) return;
    const asked = ids.map((thingId) => ({ field: checked.field, thingId, authorId: ownerId }));
    await askChecks(db, checked.of, { now, reference }, asked);
  };
