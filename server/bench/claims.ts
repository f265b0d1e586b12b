import { ulid } from 'ulid';
import { openTasks } from './county';
import { closedLoop, type Load } from './load';
import { judge, note } from './report';
import { barePool, clients, type Bench } from './stage';

const claims = Number(process.env['BENCH_CLAIMS'] ?? 1500);

export async function measureClaims(bench: Bench): Promise<void> {
  const { town, database, references, api } = bench;
  const warmUp = 500;
  const taskIds = await openTasks(database, await references.current(), town, claims * 2 + warmUp);
  const members = await town.moreMembers(Math.ceil((claims + warmUp) / 4) + clients);
  const promisedAt = new Date(Date.now() + 3_600_000).toISOString();
  const claimOne = async (piece: number) => {
    const member = members[piece % members.length];
    const path = `/api/tasks/${taskIds[piece]}/claim`;
    return (await api.call('POST', path, member?.token ?? '', { actionId: ulid(), promisedAt })) === 200;
  };
  await closedLoop(clients, warmUp, claimOne);
  const overHttp = note('claim over HTTP', await closedLoop(clients, claims, (piece) => claimOne(piece + warmUp)));
  const bare = note(
    'claim, the same writes by bare mysql2',
    await bareClaims(
      bench,
      taskIds.slice(claims + warmUp),
      members.map(({ id }) => id),
    ),
  );
  judge(
    'claim ÷ bare',
    overHttp.perSecond / bare.perSecond,
    '≥ 0.35, goal 0.6',
    overHttp.perSecond / bare.perSecond >= 0.35,
  );
}

/** The five statements of a claim (order and task, seat, history, clocks, COMMIT), in one transaction. */
async function bareClaims(
  { url, town, database }: Bench,
  taskIds: readonly string[],
  memberIds: readonly string[],
): Promise<Load> {
  const tasks = await database.reading.query<{ id: string; order_id: string }>(
    'SELECT id, order_id FROM task WHERE id IN (?)',
    [taskIds],
  );
  const pool = barePool(url, false);
  const now = new Date();
  const load = await closedLoop(clients, tasks.length, async (piece) => {
    const task = tasks[piece];
    const memberId = memberIds[piece % memberIds.length];
    if (!task || !memberId) return false;
    const connection = await pool.getConnection();
    await connection.query(
      `UPDATE service_order o STRAIGHT_JOIN task t ON t.order_id = o.id
       SET o.state = ?, o.stage = ?, o.due_at = ?, o.version = o.version + 1,
           t.state = 'claimed', t.stage = 'working', t.taken = 1, t.lead_id = ?, t.claimed_at = ?, t.promised_at = ?, t.version = t.version + 1
       WHERE o.id = ? AND o.version = ? AND t.id = ? AND t.state = 'offered' AND t.taken = 0`,
      ['handling', 'working', now, memberId, now, now, task.order_id, 3, task.id],
    );
    await connection.query(
      'INSERT INTO task_claim (task_id, person_id, order_id, state, promised_at, at, ended_at, tries, reason) VALUES (?, ?, ?, ?, ?, ?, NULL, 0, NULL)',
      [task.id, memberId, task.order_id, 'taken', now, now],
    );
    const history = [task.order_id, 4, town.townId, memberId, '某某', 'helper', now, null, null];
    await connection.query(
      `INSERT INTO history (id, aggregate_id, seq, town_id, actor_id, actor_name, actor_role, at, on_behalf_id, fanned_out_at, thing, thing_id, action, from_state, to_state, words, facts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'task', ?, 'claim', 'offered', 'claimed', NULL, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'order', ?, 'derive', 'dispatched', 'handling', NULL, NULL)`,
      [
        ulid(),
        ...history,
        task.id,
        JSON.stringify({ promisedAt: now.toISOString() }),
        ulid(),
        ...history,
        task.order_id,
      ],
    );
    const clock = (kind: string) => [
      task.id,
      kind,
      task.order_id,
      town.townId,
      'working',
      390,
      0,
      now,
      now,
      now,
      0,
      null,
      0,
      null,
    ];
    await connection.query(
      `INSERT INTO due_work (thing_id, kind, aggregate_id, town_id, clock, limit_minutes, used_minutes, running_since, due_at, next_at, rung, leased_until, attempts, error)
       VALUES (?), (?), (?) ON DUPLICATE KEY UPDATE clock = VALUES(clock), limit_minutes = VALUES(limit_minutes), used_minutes = VALUES(used_minutes),
         running_since = VALUES(running_since), due_at = VALUES(due_at), next_at = VALUES(next_at), rung = VALUES(rung)`,
      [clock('claim'), clock('contact'), clock('handle')],
    );
    await connection.query('COMMIT');
    connection.release();
    return true;
  });
  await pool.end();
  return load;
}
