import type { BodyOf } from '@sandan/shared/endpoint';
import { permissionsOf, type Role } from '@sandan/shared/access/roles';
import type { OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import { Problem } from '@sandan/shared/problems';
import { grantsOf } from '../../foundation/access/sessions';
import type { Reading } from '../../foundation/database/connect';
import { outsideFirst } from '../../foundation/http/implement';
import type { HelperKind } from '@sandan/shared/access/roles';
import type { Tree } from '../../foundation/reference/tree';
import { act, wrongState, type Effect } from './act';
import { basisOf, derivedState, type Actor } from './advance';
import { checkNotPast } from './dates';
import { startClock } from './order-clocks';
import { stopAll } from './clock-changes';
import type { OrderRecord } from './order-record';
import type { Task } from './task.entity';
import { newTask } from './task-rows';
import { isConcerned } from './tasks.policy';

type Dispatch = (typeof ordersApi)['dispatch'];
type Wanted = BodyOf<Dispatch>['tasks'][number];

/** 下单: one or more tasks, open for claiming, assigned, a team of N seats, or to an outside unit. */
const dispatch: Effect<BodyOf<Dispatch>> = async ({ db, record, actor }, { tasks, words }) => {
  checkReplaced(record, tasks);
  for (const [index, { dueOn }] of tasks.entries()) checkNotPast(dueOn, actor.now, `tasks.${index}.dueOn`);
  const offered: Task[] = [];
  for (const wanted of tasks) offered.push(await offeredTask(db, record, actor, wanted));
  const named = new Set(tasks.map(({ replacesId }) => replacesId));
  const replaced = record.tasks
    // Where everything came back, a new dispatch stands in for all of it; else the desk says for which.
    .filter(
      ({ id, state, round, replaced: already }) =>
        (named.has(id) || record.state === 'accepted') &&
        already === 0 &&
        round === record.round &&
        (state === 'returned' || state === 'expired'),
    )
    .map((task) => {
      return { task, action: 'reassign' as const, to: task.state, set: { replaced: 1 }, told: false };
    });
  // Somebody has to do it before others can assist.
  if (derivedState(record, { offered, tasks: replaced, actor }) === 'accepted') {
    throw new Problem('request.bad-input', { fields: { tasks: '请至少派一个主办任务' } });
  }
  const ownClock = stopAll(record, actor).filter(({ thingId }) => thingId === record.id);
  return {
    offered,
    tasks: replaced,
    clocks: [...ownClock, ...offered.map((task) => startClock('claim', basisOf(record, actor, task.id)))],
    words: words ?? null,
    facts: { taskIds: offered.map(({ id }) => id), modes: offered.map(({ mode }) => mode) },
  };
};

/**
 * Two at the desk send the same order out at once: whoever decided on one that waited (待派单) and finds it sent is the loser
 * and reads so, or his would silently become a further task, which the table allows from 待接单 and 处置中. What he decided
 * on is what he says he saw (`from`), else what the first reading found before the door read anew.
 */
export const dispatchOnce = outsideFirst<Dispatch, { from?: OrderState }>({
  before: async () => ({}),
  write: (call) =>
    act(call, 'dispatch', call.body, async (scene, body) => {
      const { db, record } = scene;
      call.prepared.from ??= body.from ?? record.state;
      if (call.prepared.from === 'accepted' && record.state !== 'accepted') throw await wrongState(db, record);
      return dispatch(scene, body);
    }),
});

/** What a task stands in for has come back or was taken by nobody, in this round of this order. */
function checkReplaced(record: OrderRecord, tasks: readonly Wanted[]): void {
  for (const [index, { replacesId }] of tasks.entries()) {
    if (replacesId === undefined) continue;
    const task = record.tasks.find(({ id, round }) => id === replacesId && round === record.round);
    if (!task)
      throw new Problem('request.bad-input', { fields: { [`tasks.${index}.replacesId`]: '没有找到要接替的任务' } });
    if (task.state !== 'returned' && task.state !== 'expired') throw new Problem('task.wrong-state');
  }
}

async function offeredTask(db: Reading, record: OrderRecord, actor: Actor, wanted: Wanted): Promise<Task> {
  const { tree } = actor.reference;
  if (record.visibility === 'confidential' && wanted.mode !== 'assigned' && wanted.mode !== 'external') {
    throw new Problem('order.confidential-assigned');
  }
  const scopeGridId = wanted.scopeGridId ?? record.villageId ?? record.deskGridId;
  if (!tree.grid(scopeGridId) || !tree.isWithin(scopeGridId, record.deskGridId))
    throw new Problem('order.scope-outside');
  const holderId = wanted.mode === 'external' ? (wanted.assigneeId ?? actor.id) : (wanted.assigneeId ?? null);
  const named = wanted.mode === 'assigned' || wanted.mode === 'external';
  if (named && holderId !== null && holderId !== actor.id) {
    await checkAssignable(db, record, actor, holderId, scopeGridId);
  }
  return newTask(record, actor, {
    id: wanted.id,
    mode: wanted.mode,
    scopeGridId,
    required: wanted.required ? 1 : 0,
    assigneeId: named ? holderId : null,
    keeperId: wanted.mode === 'external' ? holderId : null,
    places: wanted.mode === 'team' ? wanted.seats : 1,
    minPlaces: wanted.mode === 'team' ? wanted.minSeats : 1,
    skill: wanted.skill ?? null,
    partyMembersOnly: wanted.partyMembersOnly ? 1 : 0,
    note: wanted.note ?? null,
    unit: wanted.unit ?? null,
    unitContact: wanted.unitContact ?? null,
    letterNumber: wanted.letterNumber ?? null,
    dueOn: wanted.dueOn ?? null,
  });
}

interface Assignee {
  householdId: string | null;
  grants: ReturnType<typeof grantsOf>;
}

async function assigneeOf(db: Reading, actor: Actor, personId: string): Promise<Assignee | null> {
  const rows = await db.query<{
    household_id: string | null;
    role: Role | null;
    kind: HelperKind | null;
    tree: 'grid' | 'party';
    node_id: string;
  }>(
    `SELECT p.household_id, g.role, g.kind, g.tree, g.node_id FROM person p
     LEFT JOIN role_grant g ON g.person_id = p.id AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
     WHERE p.id = ? AND p.disabled_at IS NULL`,
    [actor.now, actor.now, personId],
  );
  if (!rows[0]) return null;
  const held = rows.flatMap(({ role, kind, tree, node_id }): [Role, HelperKind | null, 'grid' | 'party', string][] =>
    role ? [[role, kind, tree, node_id]] : [],
  );
  return { householdId: rows[0].household_id, grants: grantsOf(held, actor.reference) };
}

/** Somebody who takes tasks, whose grid lies on one line with the scope, not concerned and not complained about. */
export async function checkAssignable(
  db: Reading,
  record: OrderRecord,
  actor: Actor,
  personId: string,
  scopeGridId: string,
) {
  const assignee = await assigneeOf(db, actor, personId);
  const { tree } = actor.reference;
  const reaches = assignee?.grants
    .filter(({ role }) =>
      permissionsOf(role).some((permission) => permission === 'task.claim' || permission === 'task.report'),
    )
    .some(({ grids }) => grids.some((grid) => onOneLine(tree, grid.id, scopeGridId)));
  const concerned = isConcerned(record, { personId, householdId: assignee?.householdId ?? null });
  if (!reaches || concerned) throw new Problem('task.not-assignable');
}

const onOneLine = (tree: Tree, one: string, other: string): boolean =>
  tree.isWithin(one, other) || tree.isWithin(other, one);
