import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { seesActivity } from './activities.policy';
import { activityById } from './activities.queries';

/**
 * Whether the caller may pass on a link to the activity: who sees it where he lives or serves, who goes there; and of one that
 * is open to everybody whoever knows of it, also he to whom it was sent.
 */
export async function activitySeen(db: Reading, caller: Caller, id: string): Promise<boolean> {
  const activity = await activityById(db, id, caller.personId);
  if (!activity) return false;
  return activity.audience === 'everyone' || activity.mine !== 'none' || seesActivity(caller, activity);
}
