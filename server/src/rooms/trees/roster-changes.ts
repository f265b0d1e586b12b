import type { PostTree } from '@sandan/shared/access/posts';
import { roleFor, type Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { MadeChange } from '../../foundation/reference/tree-writer';
import { slicesOf } from '../../foundation/rosters/job';
import { changeGrid } from './change-grid';
import { changeOrganization } from './change-organization';
import { TreeChangeRow } from './tree-change.entity';

/** What the history says about why; which file it was stands in the audit. */
const reason = '名册导入';

/** 撤销 by a roster, as by hand: what lies below first. The tree's row is locked already. Throws `tree.still-in-use`, `tree.top`. */
export async function closeNodes(db: Db, caller: Caller, tree: PostTree, nodeIds: readonly string[]): Promise<void> {
  const by = { personId: caller.personId, now: caller.now, townId: null };
  const change = tree === 'grid' ? changeGrid : changeOrganization;
  const closed: MadeChange[] = [];
  for (const nodeId of nodeIds) {
    const { before, after } = await change(db, nodeId, { kind: 'close', successorId: null }, by);
    closed.push({ nodeId, kind: 'close', before, after });
  }
  await noteChanges(db, caller, tree, closed);
}

/** Boundaries of a hundred kilobytes still fit into one statement. */
const slice = 20;

/** 变动 that a roster has made: they hold from now on. */
export async function noteChanges(
  db: Db,
  caller: Caller,
  tree: PostTree,
  changes: readonly MadeChange[],
): Promise<void> {
  const made = {
    ...{ tree, reason, state: 'applied' as const, sinceDay: null, effectiveAt: caller.now, at: caller.now },
    ...{ appliedAt: caller.now, movedAt: caller.now, byId: caller.personId, byName: caller.name },
    byRole: roleFor(caller, 'roster.import'),
  };
  for (const some of slicesOf(changes, slice)) {
    await db.insert(
      TreeChangeRow,
      some.map(({ nodeId, kind, before, after }) => ({
        ...{ ...made, id: newId(caller.now), nodeId, kind, before, after },
        // A boundary is long and stands in what it became.
        asked: kind === 'boundary' ? { kind } : { kind, ...after },
      })),
    );
  }
}
