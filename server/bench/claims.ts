import { ulid } from 'ulid';
import { openTasks } from './county';
import { closedLoop } from './load';
import { judgeShare, measured } from './report';
import { barePool, clients, type Bench } from './stage';

const claims = Number(process.env['BENCH_CLAIMS'] ?? 3000);

export async function measureClaims(bench: Bench): Promise<void> {
  const { town, database, references, api } = bench;
  // V8 goes on compiling for as long.
  const warmUp = 2000;
  const taskIds = await openTasks(database, await references.current(), town, claims * 2 + warmUp);
  const members = await town.moreMembers(Math.ceil((claims + warmUp) / 4) + clients);
  const promisedAt = new Date(Date.now() + 3_600_000).toISOString();
  const claimOne = async (piece: number) => {
    const member = members[piece % members.length];
    const path = `/api/tasks/${taskIds[piece]}/claim`;
    return (await api.call('POST', path, member?.token ?? '', { actionId: ulid(), promisedAt })) === 200;
  };
  await closedLoop(clients, warmUp, claimOne);
  const overHttp = await measured('claim over HTTP', bench.spenders, () =>
    closedLoop(clients, claims, (piece) => claimOne(piece + warmUp)),
  );
  const memberIds = members.map(({ id }) => id);
  const bareClaim = await openBareClaims(bench, taskIds.slice(claims + warmUp), memberIds);
  const bare = await measured('claim, the same writes by bare mysql2', bench.spenders, () =>
    closedLoop(clients, claims, bareClaim.claimOne),
  );
  await bareClaim.close();
  judgeShare('claim ÷ bare', overHttp, bare, { floor: 0.35, goal: 0.6 });
}

interface BareClaims {
  claimOne(piece: number): Promise<boolean>;
  close(): Promise<void>;
}

/** The five statements of a claim (order, task and claimant; seat; history; clocks; COMMIT), in one transaction. */
async function openBareClaims(
  { url, town, database }: Bench,
  taskIds: readonly string[],
  memberIds: readonly string[],
): Promise<BareClaims> {
  const tasks = await database.reading.query<{ id: string; order_id: string }>(
    'SELECT id, order_id FROM task WHERE id IN (?)',
    [taskIds],
  );
  const pool = barePool(url, false);
  const now = new Date();
  const claimOne = async (piece: number) => {
    const task = tasks[piece];
    const memberId = memberIds[piece % memberIds.length];
    if (!task || !memberId) return false;
    const connection = await pool.getConnection();
    for (const { sql, values } of statementsOf(task, memberId, town.townId, now)) await connection.query(sql, values);
    connection.release();
    return true;
  };
  return { claimOne, close: () => pool.end() };
}

function statementsOf(task: { id: string; order_id: string }, memberId: string, townId: string, now: Date) {
  const history = [task.order_id, 4, townId, memberId, '某某', 'helper', now, null, null];
  const facts = JSON.stringify({ promisedAt: now.toISOString() });
  const clock = (kind: string) => [
    ...[task.id, kind, task.order_id, townId, 'working', 390, 0, now, now, now, 0, null, 0, null],
  ];
  return [
    {
      sql: `UPDATE service_order o STRAIGHT_JOIN task t ON t.order_id = o.id STRAIGHT_JOIN person p ON p.id = ?
       SET p.created_at = p.created_at, o.state = ?, o.stage = ?, o.due_at = ?, o.version = o.version + 1,
           t.state = 'claimed', t.stage = 'working', t.taken = 1, t.lead_id = ?, t.claimed_at = ?, t.promised_at = ?, t.version = t.version + 1
       WHERE o.id = ? AND o.version = ? AND t.id = ? AND t.state = 'offered' AND t.taken = 0`,
      values: [memberId, 'handling', 'working', now, memberId, now, now, task.order_id, 3, task.id],
    },
    {
      sql: `INSERT INTO task_claim (task_id, person_id, order_id, state, promised_at, at, ended_at, tries, reason)
       SELECT ?, ?, ?, 'taken', ?, ?, NULL, 0, NULL
       FROM (SELECT COUNT(*) AS held FROM task_claim WHERE person_id = ? AND state = 'taken') mine WHERE mine.held < ?`,
      values: [task.id, memberId, task.order_id, now, now, memberId, 1000],
    },
    {
      sql: `INSERT INTO history (id, aggregate_id, seq, town_id, actor_id, actor_name, actor_role, at, on_behalf_id, fanned_out_at, thing, thing_id, action, from_state, to_state, words, facts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'task', ?, 'claim', 'offered', 'claimed', NULL, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'order', ?, 'derive', 'dispatched', 'handling', NULL, NULL)`,
      values: [ulid(), ...history, task.id, facts, ulid(), ...history, task.order_id],
    },
    {
      sql: `INSERT INTO due_work (thing_id, kind, aggregate_id, town_id, clock, limit_minutes, used_minutes, running_since, due_at, next_at, rung, leased_until, attempts, error)
       VALUES (?), (?), (?) ON DUPLICATE KEY UPDATE clock = VALUES(clock), limit_minutes = VALUES(limit_minutes), used_minutes = VALUES(used_minutes),
         running_since = VALUES(running_since), due_at = VALUES(due_at), next_at = VALUES(next_at), rung = VALUES(rung)`,
      values: [clock('claim'), clock('contact'), clock('handle')],
    },
    { sql: 'COMMIT', values: [] },
  ];
}
