import { looks } from '@sandan/shared/privacy/look.words';
import type { Reading, SqlValue } from '../../foundation/database/connect';

export interface LookRow {
  id: string;
  at: Date;
  act: string;
  purpose: string | null;
  /** How often that day. */
  times: number;
  byId: string | null;
  byName: string | null;
  /** Role and place of the day, as the grants tell it. */
  role: string | null;
  nodeId: string | null;
  orderId: string | null;
}

interface Looked {
  personId: string;
  readerId: string;
  householdId: string | null;
}

interface Sql {
  sql: string;
  values: readonly SqlValue[];
}

const acts = Object.keys(looks);

/**
 * Whoever saw this person's data in the clear: numbers on own orders, the person's own record, their household, lists that
 * left the house with them in it. Of a confidential order only whoever asked for it hears.
 */
function looksOf({ personId, readerId, householdId }: Looked): Sql {
  const columns = `a.id, a.at, a.act, JSON_UNQUOTE(JSON_EXTRACT(a.facts, '$.purpose')) AS purpose, a.person_id`;
  const sources: Sql[] = [
    {
      sql: `SELECT ${columns}, o.id AS order_id FROM service_order o JOIN audit_entry a ON a.thing_id = o.id
            WHERE (o.requester_id = ? OR o.beneficiary_id = ?)
              AND (o.visibility <> 'confidential' OR o.requester_id = ?) AND a.act IN (?)`,
      values: [personId, personId, readerId, acts],
    },
    {
      sql: `SELECT ${columns}, NULL AS order_id FROM audit_entry a WHERE a.thing_id IN (?) AND a.act IN (?)`,
      values: [[personId, ...(householdId ? [householdId] : [])], acts],
    },
    {
      sql: `SELECT ${columns}, NULL AS order_id FROM export_subject e JOIN audit_entry a ON a.id = e.audit_id
            WHERE e.person_id = ? AND a.act IN (?)`,
      values: [personId, acts],
    },
    // 排查 that the household was chosen for, and lists of it that left the house: with its row, not with numbers alone.
    {
      sql: `SELECT ${columns}, NULL AS order_id FROM sweep_target t JOIN audit_entry a ON a.thing_id = t.sweep_id
            WHERE t.household_id = ? AND COALESCE(JSON_VALUE(a.facts, '$.rows'), 1) > 0 AND a.act IN (?)`,
      values: [householdId, acts],
    },
  ];
  return {
    sql: sources.map(({ sql }) => sql).join(' UNION '),
    values: sources.flatMap(({ values }) => values),
  };
}

/** Each by itself, newest first. */
export function looksAt(reading: Reading, looked: Looked, limit: number): Promise<LookRow[]> {
  const { sql, values } = looksOf(looked);
  const each = `SELECT a.*, 1 AS times FROM (${sql}) a ORDER BY a.at DESC, a.id DESC LIMIT ?`;
  return withPosts(reading, { sql: each, values: [...values, limit] });
}

/** A page of them, newest first; what one person did again and again on a day of China for the same reason is one. */
export function looksByDay(
  reading: Reading,
  looked: Looked,
  after: readonly [at: Date, id: string] | undefined,
  limit: number,
): Promise<LookRow[]> {
  const { sql, values } = looksOf(looked);
  const days = `SELECT MAX(a.id) AS id, MAX(a.at) AS at, a.act, a.purpose, a.person_id, a.order_id, COUNT(*) AS times
    FROM (${sql}) a GROUP BY DATE(a.at + INTERVAL 8 HOUR), a.act, a.purpose, a.person_id, a.order_id`;
  const page = after ? 'WHERE d.at < ? OR (d.at = ? AND d.id < ?)' : '';
  const paging = after ? [after[0], after[0], after[1]] : [];
  const paged = `SELECT d.* FROM (${days}) d ${page} ORDER BY d.at DESC, d.id DESC LIMIT ?`;
  return withPosts(reading, { sql: paged, values: [...values, ...paging, limit] });
}

async function withPosts(reading: Reading, { sql, values }: Sql): Promise<LookRow[]> {
  const rows = await reading.query<Omit<LookRow, 'times'> & { times: number | string }>(
    `SELECT l.id, l.at, l.act, l.purpose, l.times, l.person_id AS byId, p.name AS byName, g.role, g.node_id AS nodeId,
       l.order_id AS orderId
     FROM (${sql}) l
       LEFT JOIN person p ON p.id = l.person_id
       LEFT JOIN role_grant g ON g.id = (SELECT MIN(x.id) FROM role_grant x
         WHERE x.person_id = l.person_id AND x.starts_at <= l.at AND (x.ends_at IS NULL OR x.ends_at > l.at))
     ORDER BY l.at DESC, l.id DESC`,
    [...values],
  );
  return rows.map((row) => ({ ...row, times: Number(row.times) }));
}
