import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { activityById } from './activities.queries';
import { holdsActivity, seesActivity } from './activities.policy';
import { activityRoot } from './activity-checks';

/** Whether the caller reads it where it is announced. */
export async function activityRead(reading: Reading, caller: Caller, id: string): Promise<boolean> {
  const activity = await activityById(reading, id, caller.personId);
  return (
    activity !== null && (activity.mine !== 'none' || seesActivity(caller, activity) || holdsActivity(caller, activity))
  );
}

/** An activity that the caller complains of, where he reads it now: the word of an office. */
export async function activityTarget(reading: Reading, caller: Caller, { thingId }: { thingId: string }) {
  const activity = await activityById(reading, thingId, caller.personId);
  if (!activity || !seesActivity(caller, activity)) return null;
  if (activity.held !== 0 && !holdsActivity(caller, activity)) return null;
  return { authorId: activity.setById, isOfficial: true, root: activityRoot(activity, caller.reference.tree) };
}
