import type { Reading } from '../../foundation/database/connect';

/** 换届: what has become of the tasks in hand of somebody whose post ended. */
export interface HeldTasks {
  personId: string;
  name: string;
  /** Asked, no answer yet. */
  open: number;
  kept: number;
  /** Given back by him, or taken back by the system. */
  passedOn: number;
}

/** By the posts that ended; whoever had no task in hand is not among them. */
export const heldTasksOf = async (reading: Reading, postIds: readonly string[]): Promise<HeldTasks[]> => {
  if (postIds.length === 0) return [];
  const rows = await reading.query<HeldTasks>(
    `SELECT s.person_id AS personId, p.name, SUM(s.asked_at IS NOT NULL) AS open,
            SUM(s.asked_at IS NULL AND s.state NOT IN ('givenBack', 'released')) AS kept,
            SUM(s.state IN ('givenBack', 'released')) AS passedOn
     FROM task_claim s JOIN person p ON p.id = s.person_id WHERE s.asked_in IN (?)
     GROUP BY s.person_id, p.name ORDER BY s.person_id`,
    [postIds],
  );
  return rows.map((row) => ({
    ...row,
    ...{ open: Number(row.open), kept: Number(row.kept), passedOn: Number(row.passedOn) },
  }));
};

/** Tasks for whose fate he is asked, counted to 99. */
export async function countAsked(reading: Reading, personId: string): Promise<number> {
  const [row] = await reading.query<{ count: number }>(
    `SELECT COUNT(*) AS count FROM (SELECT 1 FROM task_claim
       WHERE person_id = ? AND state = 'taken' AND asked_at IS NOT NULL LIMIT 99) some`,
    [personId],
  );
  return Number(row?.count ?? 0);
}

/** Whoever now has the post that ended, in the same place. */
export async function successorsOf(reading: Reading, postId: string, at: Date): Promise<string[]> {
  const rows = await reading.query<{ id: string }>(
    `SELECT DISTINCT g.person_id AS id FROM role_grant was
       JOIN role_grant g ON g.node_id = was.node_id AND g.role = was.role AND g.person_id <> was.person_id
       JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL
     WHERE was.id = ? AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY id`,
    [postId, at, at],
  );
  return rows.map(({ id }) => id);
}
