import { looks } from '@sandan/shared/privacy/look.words';
import { fromJson, type Reading } from '../../foundation/database/connect';

export interface LookRow {
  id: string;
  at: Date;
  act: string;
  facts: { purpose?: unknown } | null;
  byId: string | null;
  byName: string | null;
  /** Role and place of the day, as the grants tell it. */
  role: string | null;
  nodeId: string | null;
  orderId: string | null;
}

const acts = Object.keys(looks);

/**
 * Whoever saw this person's data in the clear, newest first: numbers on own orders, the person's own record, their
 * household, lists that left the house with them in it. Of a confidential order only whoever asked for it hears.
 */
export async function looksAt(
  reading: Reading,
  { personId, readerId, householdId }: { personId: string; readerId: string; householdId: string | null },
  after: readonly [at: Date, id: string] | undefined,
  limit: number,
): Promise<LookRow[]> {
  const page = after ? 'AND a.at <= ? AND (a.at < ? OR a.id < ?)' : '';
  const paging = after ? [after[0], after[0], after[1]] : [];
  const columns = 'a.id, a.at, a.act, a.facts, a.person_id';
  const sources = [
    {
      sql: `SELECT ${columns}, o.id AS order_id FROM service_order o JOIN audit_entry a ON a.thing_id = o.id
            WHERE (o.requester_id = ? OR o.beneficiary_id = ?)
              AND (o.visibility <> 'confidential' OR o.requester_id = ?) AND a.act IN (?) ${page}`,
      values: [personId, personId, readerId, acts],
    },
    {
      sql: `SELECT ${columns}, NULL AS order_id FROM audit_entry a WHERE a.thing_id IN (?) AND a.act IN (?) ${page}`,
      values: [[personId, ...(householdId ? [householdId] : [])], acts],
    },
    {
      sql: `SELECT ${columns}, NULL AS order_id FROM export_subject e JOIN audit_entry a ON a.id = e.audit_id
            WHERE e.person_id = ? AND a.act IN (?) ${page}`,
      values: [personId, acts],
    },
    // 排查 that the household was chosen for, and lists of it that left the house: with its row, not with numbers alone.
    {
      sql: `SELECT ${columns}, NULL AS order_id FROM sweep_target t JOIN audit_entry a ON a.thing_id = t.sweep_id
            WHERE t.household_id = ? AND COALESCE(JSON_VALUE(a.facts, '$.rows'), 1) > 0 AND a.act IN (?) ${page}`,
      values: [householdId, acts],
    },
  ];
  const rows = await reading.query<Omit<LookRow, 'facts'> & { facts: unknown }>(
    `SELECT l.id, l.at, l.act, l.facts, l.person_id AS byId, p.name AS byName, g.role, g.node_id AS nodeId, l.order_id AS orderId
     FROM (${sources.map(({ sql }) => sql).join(' UNION ')}) l
       LEFT JOIN person p ON p.id = l.person_id
       LEFT JOIN role_grant g ON g.id = (SELECT MIN(x.id) FROM role_grant x
         WHERE x.person_id = l.person_id AND x.starts_at <= l.at AND (x.ends_at IS NULL OR x.ends_at > l.at))
     ORDER BY l.at DESC, l.id DESC LIMIT ?`,
    [...sources.flatMap(({ values }) => [...values, ...paging]), limit],
  );
  return rows.map((row) => ({ ...row, facts: fromJson<LookRow['facts']>(row.facts) }));
}
