import type { Caller } from '../../foundation/access/caller';
import { askChecks, type CheckRoot } from '../../foundation/checks/ask-checks';
import { forAPerson } from '../../foundation/checks/verdict';
import type { Db } from '../../foundation/database/connect';
import type { Tree } from '../../foundation/reference/tree';
import type { Activity } from './activity.entity';

export const activityRoot = ({ id, gridId }: Pick<Activity, 'id' | 'gridId'>, tree: Tree): CheckRoot => ({
  ...{ root: 'activity', rootId: id, ...tree.columns(gridId) },
});

/** The word of an office, read at once; found doubtful it is hidden. What was hidden and is worded anew waits for the desk. */
export const askAboutActivity = (
  db: Db,
  caller: Caller,
  activity: Pick<Activity, 'id' | 'gridId' | 'setById' | 'held'>,
): Promise<void> =>
  askChecks(db, activityRoot(activity, caller.reference.tree), caller, [
    {
      ...{ field: 'activity.notice', thingId: activity.id, authorId: activity.setById },
      ...(activity.held === 0 ? {} : { judged: forAPerson }),
    },
  ]);
