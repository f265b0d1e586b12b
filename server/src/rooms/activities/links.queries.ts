import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { seesActivity } from './activities.policy';
import { activityById } from './activities.queries';

/** Whether the caller may see the activity that a link is asked for. */
export async function activitySeen(db: Reading, caller: Caller, id: string): Promise<boolean> {
  const activity = await activityById(db, id, caller.personId);
  return activity !== null && seesActivity(caller, activity);
}
