import type { BodyOf } from '@sandan/shared/endpoint';
import { stageOf } from '@sandan/shared/lifecycle';
import type { tasksApi } from '@sandan/shared/orders/tasks.contract';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import { roleFor, type Caller } from '../../foundation/access/caller';
import { SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db } from '../../foundation/database/connect';
import { History } from '../../foundation/outbox/history.entity';
import type { Call } from '../../foundation/http/implement';
import { taskReply, taskSceneOf, type TaskScene } from './act-task';
import { actorOf, planned, writeClocks, type OrderStep } from './advance';
import { clocksOfClaim } from './clock-changes';
import { checkPromise } from './dates';
import { historyRows } from './history-rows';
import type { OrderRecord } from './order-record';
import type { Task } from './task.entity';
import { isLimited, maxClaimed } from './tasks.policy';

type Endpoint = (typeof tasksApi)['claim'];

/**
 * 接单. The hot path: one look without a lock answers 409 at once when it is taken (decisions.md §1.4); only plausible
 * winners queue on the row. Session included it takes seven round trips, counted by a test.
 */
export async function claim(call: Call<Endpoint> & { db: Db; caller: Caller }) {
  const { db, caller } = call;
  const { record, task, repeat } = await taskSceneOf(call, 'claim');
  if (repeat) return taskReply(record, task.id, caller);
  const body: BodyOf<Endpoint> = call.body();
  const promisedAt = new Date(body.promisedAt);
  checkPromise(promisedAt, call.now);

  const actor = actorOf(caller, roleFor(caller, 'task.claim', task.scopeGridId));
  const scene = { db, record, task, caller, actor, actionId: body.actionId };
  const after = task.places === 1 ? await takeOnly(scene, promisedAt) : await takeSeat(scene, promisedAt);
  return taskReply(after, task.id, caller);
}

/**
 * The seat, unless five are held by now: whoever taps on several tasks at once is counted here, his row in `person` being
 * locked before. The second reading says so.
 */
async function sitDown({ db, record, task, caller, actor }: TaskScene, promisedAt: Date): Promise<void> {
  const seated = await db.write(
    `INSERT INTO task_claim (task_id, person_id, order_id, state, promised_at, at, ended_at, tries, reason)
     SELECT ?, ?, ?, 'taken', ?, ?, NULL, 0, NULL
     FROM (SELECT COUNT(*) AS held FROM task_claim WHERE person_id = ? AND state = 'taken') mine WHERE mine.held < ?`,
    [
      ...[task.id, caller.personId, record.id, promisedAt, actor.now, caller.personId],
      isLimited(task, caller) ? maxClaimed : Number.MAX_SAFE_INTEGER,
    ],
    'prepared',
  );
  if (seated === 0) throw new SomebodyWasQuicker();
}

const seated = ({ record, task, caller, actor }: TaskScene, promisedAt: Date): OrderRecord => ({
  ...record,
  seats: [
    ...record.seats,
    {
      taskId: task.id,
      personId: caller.personId,
      state: 'taken',
      promisedAt,
      at: actor.now,
      tries: 0,
      reason: null,
      ...{ askedAt: null, askedIn: null },
      name: caller.name,
      kind: null,
    },
  ],
});

function stepOf(scene: TaskScene, promisedAt: Date, to: 'claimed' | 'offered', task: Task): OrderStep {
  const { record, actor, actionId } = scene;
  return {
    actionId,
    actor,
    action: null,
    tasks: [
      {
        task,
        action: 'claim',
        to,
        set: {
          taken: task.taken + 1,
          leadId: task.leadId ?? actor.id,
          claimedAt: task.claimedAt ?? actor.now,
          promisedAt: task.promisedAt ?? promisedAt,
        },
        facts: { promisedAt: promisedAt.toISOString() },
      },
    ],
    clocks: to === 'claimed' ? clocksOfClaim(record, actor, task) : [],
  };
}

/** One seat: order and task move in one statement, the order locked first, the claimant's row last. All new values are constants. */
async function takeOnly(scene: TaskScene, promisedAt: Date): Promise<OrderRecord> {
  const { db, record, task, actor } = scene;
  const step = stepOf(scene, promisedAt, 'claimed', task);
  const { to, set, clocks } = planned(record, step);
  const moved = await db.write(
    `UPDATE service_order o STRAIGHT_JOIN task t ON t.order_id = o.id STRAIGHT_JOIN person p ON p.id = ?
     SET p.created_at = p.created_at, o.state = ?, o.stage = ?, o.due_at = ?, o.version = o.version + 1,
         t.state = 'claimed', t.stage = 'working', t.taken = 1, t.lead_id = ?, t.claimed_at = ?, t.promised_at = ?, t.version = t.version + 1
     WHERE o.id = ? AND o.version = ? AND t.id = ? AND t.state = 'offered' AND t.taken = 0`,
    [actor.id, to, set.stage, set.dueAt, actor.id, actor.now, promisedAt, record.id, record.version, task.id],
    'prepared',
  );
  if (moved === 0) throw new SomebodyWasQuicker();
  await sitDown(scene, promisedAt);
  await db.insert(History, historyRows(record, step, to));
  await writeClocks(db, clocks);
  const changed: Task = { ...task, ...step.tasks?.[0]?.set, state: 'claimed', stage: 'working' };
  return {
    ...seated(scene, promisedAt),
    ...set,
    tasks: record.tasks.map((each) => (each.id === task.id ? changed : each)),
  };
}

/**
 * A seat of a team: no version condition, or rightful winners would refuse each other (decisions.md §1.3). The order's row
 * is locked first, so what is read after the counter moved is what stands.
 */
async function takeSeat(scene: TaskScene, promisedAt: Date): Promise<OrderRecord> {
  const { db, record, task, actor } = scene;
  const locked = await db.write(
    "UPDATE service_order SET version = version + 1 WHERE id = ? AND round = ? AND state IN ('dispatched', 'handling')",
    [record.id, record.round],
  );
  const moved =
    locked &&
    (await db.write(
      `UPDATE task SET taken = taken + 1, state = IF(taken >= places, 'claimed', state), stage = IF(taken >= places, 'working', stage),
              lead_id = COALESCE(lead_id, ?), claimed_at = COALESCE(claimed_at, ?), promised_at = COALESCE(promised_at, ?), version = version + 1
       WHERE id = ? AND state = 'offered' AND taken < places`,
      [actor.id, actor.now, promisedAt, task.id],
    ));
  if (!moved) throw new SomebodyWasQuicker();
  const standing = await standingOf(db, record, task);
  const step = stepOf(scene, promisedAt, standing.task.state === 'claimed' ? 'claimed' : 'offered', standing.before);
  const { to, set, clocks } = planned(standing.record, step);
  if (to !== standing.record.state || clocks.length > 0) {
    await db.write('UPDATE service_order SET state = ?, stage = ?, due_at = ? WHERE id = ?', [
      to,
      stageOf(orderLifecycle, to),
      set.dueAt,
      record.id,
    ]);
  }
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [actor.id]);
  await sitDown(scene, promisedAt);
  await db.insert(History, historyRows(standing.record, step, to));
  await writeClocks(db, clocks);
  return {
    ...seated(scene, promisedAt),
    ...set,
    tasks: record.tasks.map((each) => (each.id === task.id ? standing.task : each)),
  };
}

/** Task and version as they stand under our lock, and the task as it stood a moment before our seat. */
async function standingOf(db: Db, record: OrderRecord, task: Task) {
  const [row] = await db.query<Pick<Task, 'version' | 'taken' | 'state' | 'stage'> & { order_state: OrderState }>(
    'SELECT o.version, o.state AS order_state, t.taken, t.state, t.stage FROM service_order o JOIN task t ON t.order_id = o.id WHERE o.id = ? AND t.id = ?',
    [record.id, task.id],
  );
  if (!row) throw new SomebodyWasQuicker();
  const before: Task = { ...task, state: 'offered', taken: row.taken - 1 };
  return {
    record: {
      ...record,
      state: row.order_state,
      version: row.version - 1,
      tasks: record.tasks.map((each) => (each.id === task.id ? before : each)),
    },
    before,
    task: { ...task, taken: row.taken, state: row.state, stage: row.stage },
  };
}
