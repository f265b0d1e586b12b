import type { PostTree } from '@sandan/shared/access/posts';
import { chinaDate } from '@sandan/shared/china-time';
import { Problem } from '@sandan/shared/problems';
import { treeLimits } from '@sandan/shared/trees/tree.words';
import { roleFor, type Caller } from '../../foundation/access/caller';
import { nodeReached, townOfNode, type NodeRef } from '../../foundation/access/nodes';
import type { Answerable } from '../../foundation/access/other-grants';
import { callerById } from '../../foundation/access/sessions';
import { recordAct } from '../../foundation/audit/record-act';
import { isDuplicate } from '../../foundation/database/conflicts';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import type { Reference } from '../../foundation/reference/reference';
import { changeGrid, type Asked, type Done } from './change-grid';
import { changeOrganization } from './change-organization';
import { TreeChangeRow } from './tree-change.entity';
import { changeById } from './trees.queries';

export interface Ordered {
  changeId: string;
  asked: Asked;
  reason: string;
  effectiveOn?: string | undefined;
}

/** What reshapes a node is decided above it; its name, telephone and boundary by whoever heads it. */
const fromAbove: readonly Asked['kind'][] = ['move', 'merge', 'close', 'recode'];

/** Both ends of a change lie within the caller's reach. Throws 404 for what is not there, 403 for what is not his. */
export function mustReach(caller: Caller, node: NodeRef, asked: Asked): void {
  const { tree } = node;
  const isNew = asked.kind === 'add';
  if (!isNew && !exists(caller, node)) throw new Problem('grid.not-found');
  const reached = (nodeId: string, strictly = false) => nodeReached(caller, 'tree.change', { tree, nodeId }, strictly);
  if (!isNew && !reached(node.nodeId, fromAbove.includes(asked.kind))) throw new Problem('access.forbidden');
  for (const target of targetsOf(asked)) {
    if (!exists(caller, { tree, nodeId: target })) throw new Problem('tree.no-such-target');
    if (!reached(target)) throw new Problem('access.forbidden');
  }
}

const exists = ({ reference: { tree } }: Caller, node: NodeRef): boolean =>
  (node.tree === 'grid' ? tree.grid(node.nodeId) : tree.organization(node.nodeId)) !== undefined;

function targetsOf(asked: Asked): string[] {
  if (asked.kind === 'add' || asked.kind === 'move') return [asked.parentId];
  if (asked.kind === 'merge') return [asked.intoId];
  return asked.kind === 'close' && asked.successorId !== null ? [asked.successorId] : [];
}

/** Writes the change down; applies it now, or leaves it to its day. A repeat gives the same answer. */
export async function orderChange(
  db: Db,
  caller: Caller,
  node: NodeRef,
  { changeId, asked, reason, effectiveOn }: Ordered,
): Promise<TreeChangeRow> {
  const known = await changeById(db, changeId);
  if (known) {
    if (known.byId === caller.personId && known.nodeId === node.nodeId && known.kind === asked.kind) return known;
    throw new Problem('action.repeated-differently');
  }
  mustReach(caller, node, asked);
  const { effectiveAt, sinceDay } = dayOf(effectiveOn, caller.now);
  const planned = effectiveAt > caller.now;
  const row: Partial<TreeChangeRow> = {
    ...{ id: changeId, tree: node.tree, nodeId: node.nodeId, kind: asked.kind, asked: { ...asked }, reason },
    ...{ sinceDay, effectiveAt, byId: caller.personId, byName: caller.name, at: caller.now, state: 'planned' },
    byRole: roleFor(caller, 'tree.change'),
  };
  const townId = townOf(caller, node, asked);
  const { personId, now } = caller;
  const done = planned ? null : await apply(db, node, asked, { personId, now, townId });
  await db.insert(TreeChangeRow, [done ? { ...row, ...appliedOf(done, caller.now) } : row]);
  if (planned) await schedule(db, changeId, townId, effectiveAt);
  else if (done?.follow) await schedule(db, changeId, townId, caller.now);
  const facts = { tree: node.tree, nodeId: node.nodeId, change: asked.kind, planned };
  await recordAct(db, caller, 'changeTree', { thingId: changeId, townId, facts });
  const written = await changeById(db, changeId);
  if (!written) throw new Error(`Change ${changeId} was not written`);
  return written;
}

const townOf = ({ reference: { tree } }: Caller, node: NodeRef, asked: Asked): string | null =>
  townOfNode(tree, asked.kind === 'add' ? { tree: node.tree, nodeId: asked.parentId } : node);

const appliedOf = ({ before, after, follow }: Done, now: Date): Partial<TreeChangeRow> => ({
  ...{ state: 'applied', before, after: { ...after, ...(follow ? { follow } : {}) }, appliedAt: now },
  movedAt: follow ? null : now,
});

/** The number of the trees first: changes come one after the other, and every process reads the trees anew. */
async function apply(db: Db, { tree, nodeId }: NodeRef, asked: Asked, by: Answerable): Promise<Done> {
  await makeReadAnew(db);
  return tree === 'grid' ? changeGrid(db, nodeId, asked, by) : changeOrganization(db, nodeId, asked, by);
}

/** A day to come is its midnight in China; one that is over is only noted. */
function dayOf(day: string | undefined, now: Date): { effectiveAt: Date; sinceDay: string | null } {
  if (day === undefined || day === chinaDate(now.getTime())) return { effectiveAt: now, sinceDay: null };
  const at = new Date(`${day}T00:00:00+08:00`);
  if (Number.isNaN(at.getTime())) throw new Problem('request.bad-input', { fields: { effectiveOn: '没有这一天' } });
  if (at <= now) return { effectiveAt: now, sinceDay: day };
  if (at.getTime() > now.getTime() + treeLimits.plannedDays * 24 * 60 * 60_000) throw new Problem('tree.day-too-far');
  return { effectiveAt: at, sinceDay: null };
}

const schedule = (db: Db, thingId: string, townId: string | null, nextAt: Date): Promise<void> =>
  db.insert(DueWork, [
    {
      ...{ thingId, kind: 'treeChange', aggregateId: thingId, townId, clock: 'always' },
      ...{ limitMinutes: 0, usedMinutes: 0, nextAt, rung: 0, attempts: 0 },
    },
  ]);

/** When a planned change is carried out, and the trees of that moment. */
interface Moment {
  now: Date;
  townId: string | null;
  reference: Reference;
}

/** Its day has come. What stands against it now is written down: nobody is there to be told. */
export async function applyPlanned(db: Db, change: TreeChangeRow, moment: Moment): Promise<Done | null> {
  const { now, townId } = moment;
  const node: NodeRef = { tree: change.tree as PostTree, nodeId: change.nodeId };
  const asked = change.asked as unknown as Asked;
  const by: Answerable = { personId: change.byId, now, townId };
  const applying = mustStillReach(db, change, asked, moment).then(() => apply(db, node, asked, by));
  const done = await applying.catch((error: unknown) => {
    if (error instanceof Problem) return error.code;
    if (isDuplicate(error)) return 'tree.code-taken';
    throw error;
  });
  if (typeof done === 'string') {
    await db.write("UPDATE tree_change SET state = 'failed', trouble = ? WHERE id = ?", [done, change.id]);
    return null;
  }
  const { before, after, movedAt } = appliedOf(done, now);
  await db.write(
    "UPDATE tree_change SET state = 'applied', `before` = ?, `after` = ?, applied_at = ?, moved_at = ? WHERE id = ?",
    [before ? JSON.stringify(before) : null, JSON.stringify(after), now, movedAt ?? null, change.id],
  );
  return done;
}

/** Whoever ordered it stands as he does now: a post that ended since changes nothing any more. Throws `tree.orderer-gone`. */
async function mustStillReach(db: Db, change: TreeChangeRow, asked: Asked, moment: Moment): Promise<void> {
  const reference = () => Promise.resolve(moment.reference);
  const orderer = await callerById(db, { at: reference, current: reference }, change.byId, moment.now);
  if (!orderer) throw new Problem('tree.orderer-gone');
  try {
    mustReach(orderer, { tree: change.tree as PostTree, nodeId: change.nodeId }, asked);
  } catch (error) {
    if (error instanceof Problem && error.code === 'access.forbidden') throw new Problem('tree.orderer-gone');
    throw error;
  }
}

/** 取消, before its day. Throws `tree.change-over`. */
export async function cancelChange(db: Db, caller: Caller, changeId: string): Promise<TreeChangeRow> {
  const change = await changeById(db, changeId);
  const parentId = change?.kind === 'add' ? String(change.asked['parentId']) : change?.nodeId;
  if (!change || !nodeReached(caller, 'tree.change', { tree: change.tree, nodeId: parentId ?? '' })) {
    throw new Problem('tree.change-not-found');
  }
  if (change.state === 'cancelled') return change;
  const cancelled = await db.write("UPDATE tree_change SET state = 'cancelled' WHERE id = ? AND state = 'planned'", [
    changeId,
  ]);
  if (cancelled === 0) throw new Problem('tree.change-over');
  await db.write("DELETE FROM due_work WHERE thing_id = ? AND kind = 'treeChange'", [changeId]);
  await recordAct(db, caller, 'cancelTreeChange', { thingId: changeId, facts: { change: change.kind } });
  return { ...change, state: 'cancelled' };
}
