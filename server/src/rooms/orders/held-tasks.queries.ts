import { callerUnder } from '../../foundation/access/sessions';
import type { Reading } from '../../foundation/database/connect';
import type { Reference } from '../../foundation/reference/reference';
import { maySee } from './act';
import { loadRecord } from './order-record';

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

/** A successor is often named on the day before. */
const overlapHours = 24;

/**
 * Whoever has come into the post that ended, or into one that this person lost at the same moment. Of helpers there are
 * many beside one another: nobody follows one of them.
 */
export async function successorsOf(reading: Reading, postId: string, at: Date): Promise<string[]> {
  const rows = await reading.query<{ id: string }>(
    `SELECT DISTINCT g.person_id AS id FROM role_grant ended
       JOIN role_grant was ON was.person_id = ended.person_id AND was.ends_at = ended.ends_at
         AND was.behalf_of_id IS NULL AND was.role <> 'helper'
       JOIN role_grant g ON g.node_id = was.node_id AND g.role = was.role AND g.kind <=> was.kind
         AND g.behalf_of_id IS NULL AND g.person_id <> was.person_id
       JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL
     WHERE ended.id = ? AND g.starts_at >= was.ends_at - INTERVAL ${overlapHours} HOUR AND g.starts_at <= ?
       AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY id`,
    [postId, at, at],
  );
  return rows.map(({ id }) => id);
}

/** Of these the ones who may read this order: nobody else hears what was handed over. 保密件: it is the desk's alone. */
export async function successorsWhoSee(
  reading: Reading,
  { postId, orderId, at }: { postId: string; orderId: string; at: Date },
  reference: Reference,
): Promise<string[]> {
  const record = await loadRecord(reading, orderId, null);
  if (!record || record.visibility === 'confidential') return [];
  const readers: string[] = [];
  for (const personId of await successorsOf(reading, postId, at)) {
    const successor = await callerUnder(reading, reference, personId, at);
    if (successor && maySee(record, successor)) readers.push(personId);
  }
  return readers;
}
