import type { Caller } from '../../foundation/access/caller';
import { askChecks, type CheckRoot } from '../../foundation/checks/ask-checks';
import { forAPerson } from '../../foundation/checks/verdict';
import type { Db } from '../../foundation/database/connect';
import type { Tree } from '../../foundation/reference/tree';
import type { Showcase } from './showcase.entity';

export const showcaseRoot = ({ id, townId }: Pick<Showcase, 'id' | 'townId'>, tree: Tree): CheckRoot => ({
  ...{ root: 'showcase', rootId: id, ...tree.columns(townId) },
});

/** What is checked of it. */
export const wordsOf = ({ title, criteria }: Pick<Showcase, 'title' | 'criteria'>): string =>
  [title, ...criteria.map(({ name }) => name)].join('\n');

/** The word of an office, read at once; found doubtful it is hidden. What was hidden and is worded anew waits for the desk. */
export const askAboutShowcase = (
  db: Db,
  caller: Caller,
  showcase: Pick<Showcase, 'id' | 'townId' | 'setById' | 'held'>,
): Promise<void> =>
  askChecks(db, showcaseRoot(showcase, caller.reference.tree), caller, [
    {
      ...{ field: 'showcase.notice', thingId: showcase.id, authorId: showcase.setById },
      ...(showcase.held === 0 ? {} : { judged: forAPerson }),
    },
  ]);
