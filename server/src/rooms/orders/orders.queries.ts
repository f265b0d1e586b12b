import { fromJson, type Reading } from '../../foundation/database/connect';
import { holds, type Caller } from '../../foundation/access/caller';
import { whereOf, type Where } from '../../foundation/access/rule-where';
import { reachOf, waitsForCall } from './order-list.queries';
import { maySee, maySeePublicly } from './act';
import { loadRecord } from './order-record';
import { deskListRule, orderSource } from './orders.policy';

export interface Counts {
  mine: number;
  toStudy: number;
  toDispatch: number;
  toVerify: number;
  toCallBack: number;
  overdue: number;
  inReview: number;
}

const none: Counts = { mine: 0, toStudy: 0, toDispatch: 0, toVerify: 0, toCallBack: 0, overdue: 0, inReview: 0 };

const deskCounts = (caller: Caller): Record<Exclude<keyof Counts, 'mine'>, Where> => ({
  toStudy: { sql: "o.state = 'placed'", values: [] },
  toDispatch: { sql: "o.state = 'accepted'", values: [] },
  toVerify: { sql: "o.state = 'checking'", values: [] },
  toCallBack: waitsForCall(caller),
  overdue: { sql: "o.stage IN ('open', 'working') AND o.due_at < ?", values: [caller.now] },
  inReview: { sql: "o.state = 'inReview'", values: [] },
});

/** Badges, counted to 99: a count that stops early costs nothing (decisions.md §2.3). One statement. */
export async function countOrders(db: Reading, caller: Caller): Promise<Counts> {
  const mine =
    "(SELECT COUNT(*) FROM (SELECT 1 FROM service_order WHERE requester_id = ? AND stage IN ('open', 'working') LIMIT 99) m) AS mine";
  if (!holds(caller, 'order.desk') && !holds(caller, 'order.supervise')) {
    const [row] = await db.query<{ mine: number }>(`SELECT ${mine}`, [caller.personId]);
    return { ...none, mine: Number(row?.mine ?? 0) };
  }
  const rule = whereOf(deskListRule, caller, orderSource);
  const reach = reachOf(caller);
  // As the list reaches: who watches a group sees what lies in it, whichever desk has it.
  const columns = reach.flatMap(({ tier, ids }) =>
    [`desk_${tier}_id`, ...(tier === 'group' ? ['group_id'] : [])].map((column) => ({ column, ids })),
  );
  const within =
    columns.map(({ column, ids }) => `o.${column} IN (${ids.map(() => '?').join(', ')})`).join(' OR ') || 'FALSE';
  const reachValues = columns.flatMap(({ ids }) => ids);
  const entries = Object.entries(deskCounts(caller));
  const selects = entries.map(
    ([name, where]) =>
      `(SELECT COUNT(*) FROM (SELECT 1 FROM service_order o WHERE (${within}) AND ${where.sql} AND ${rule.sql} LIMIT 99) x) AS ${name}`,
  );
  const values = entries.flatMap(([, where]) => [...reachValues, ...where.values, ...rule.values]);
  const [row] = await db.query<Record<keyof Counts, number>>(`SELECT ${mine}, ${selects.join(', ')}`, [
    caller.personId,
    ...values,
  ]);
  return Object.fromEntries(
    Object.keys(none).map((name) => [name, Number(row?.[name as keyof Counts] ?? 0)]),
  ) as unknown as Counts;
}

/** Whom a message about an order may go to; ids only, the words are the messages room's. */
export interface People {
  title: string;
  categoryName: string;
  state: string;
  confidential: boolean;
  urgency: string;
  requesterIds: string[];
  /** Those of them who did not place it: merged into it, or caring for the household. */
  partyIds: string[];
  meTooIds: string[];
  /** Present handlers, and those a task is offered to by name. */
  holderIds: string[];
  assigneeIds: string[];
  /** Handlers of any round. */
  handlerIds: string[];
  deskIds: string[];
  parentDeskIds: string[];
}

/** 屏蔽: what a person has hidden stands in no message; then it says what kind it is. Of `service_order o JOIN category c`. */
export const titleForOthers = 'IF(o.summary_held = 2, c.name, o.title)';

const notSubject = (orderId: string, personId: string) =>
  `NOT EXISTS (SELECT 1 FROM order_subject u WHERE u.order_id = ${orderId} AND u.person_id = ${personId})`;

/** Everybody concerned with an order as it is now, but for whom it complains about. One statement. */
export async function peopleConcerned(db: Reading, orderId: string, at: Date): Promise<People | null> {
  const holdersOf = (
    grid: string,
  ) => `(SELECT JSON_ARRAYAGG(g.person_id) FROM role_grant g JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL
      WHERE g.node_id = ${grid} AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
      AND g.role = IF(o.desk_kind = 'discipline', 'disciplineDesk', IF(${grid} = o.desk_town_id, 'townDispatcher', 'deskLead'))
      AND ${notSubject('o.id', 'g.person_id')})`;
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT ${titleForOthers} AS title, c.name AS category_name, o.state, o.visibility, o.urgency, o.requester_id, o.desk_person_id,
       (SELECT JSON_ARRAYAGG(y.person_id) FROM order_party y WHERE y.order_id = o.id AND y.kind = 'merged') AS merged,
       (SELECT JSON_ARRAYAGG(y.person_id) FROM order_party y WHERE y.order_id = o.id AND y.kind = 'meToo') AS me_toos,
       (SELECT JSON_ARRAYAGG(c.carer_id) FROM care_relation c WHERE c.household_id = o.household_id AND c.state = 'agreed') AS carers,
       (SELECT JSON_ARRAYAGG(s.person_id) FROM task_claim s JOIN task t ON t.id = s.task_id
          WHERE s.order_id = o.id AND t.round = o.round AND s.state IN ('taken', 'reported')) AS holders,
       (SELECT JSON_ARRAYAGG(t.assignee_id) FROM task t WHERE t.order_id = o.id AND t.state = 'offered' AND t.assignee_id IS NOT NULL) AS assignees,
       (SELECT JSON_ARRAYAGG(s.person_id) FROM task_claim s WHERE s.order_id = o.id AND s.state IN ('taken', 'reported')) AS handlers,
       ${holdersOf('o.desk_grid_id')} AS desk, ${holdersOf('o.desk_town_id')} AS parent_desk
     FROM service_order o JOIN category c ON c.id = o.category_id WHERE o.id = ?`,
    [at, at, at, at, orderId],
  );
  if (!row) return null;
  const ids = (name: string): string[] => [...new Set(fromJson<string[] | null>(row[name]) ?? [])];
  const confidential = row['visibility'] === 'confidential';
  const named = row['desk_person_id'] as string | null;
  const requester = row['requester_id'] as string | null;
  // 代管: nobody is at the desk, so the town hears of it.
  const deskIds = ids('desk').length > 0 ? ids('desk') : ids('parent_desk');
  return {
    title: row['title'] as string,
    categoryName: row['category_name'] as string,
    state: row['state'] as string,
    confidential,
    urgency: row['urgency'] as string,
    // 照看: whoever cares for the household hears what it hears.
    // 保密件: neighbours who once joined it, and the desk above, hear no more of it (domain.md §3.5).
    requesterIds: [...(requester ? [requester] : []), ...(confidential ? [] : [...ids('merged'), ...ids('carers')])],
    partyIds: confidential ? [] : [...ids('merged'), ...ids('carers')].filter((id) => id !== requester),
    meTooIds: confidential ? [] : ids('me_toos'),
    holderIds: ids('holders'),
    assigneeIds: ids('assignees'),
    handlerIds: ids('handlers'),
    deskIds: confidential && named ? [named] : deskIds,
    parentDeskIds: confidential ? [] : ids('parent_desk'),
  };
}

/** Who had a task in hand, or was to sign for it, when it ended at that moment. */
export async function releasedFrom(db: Reading, taskId: string, at: Date): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT person_id AS id FROM task_claim WHERE task_id = ? AND state = 'released' AND ended_at = ?
     UNION SELECT assignee_id FROM task WHERE id = ? AND state = 'cancelled' AND assignee_id IS NOT NULL`,
    [taskId, at, taskId],
  );
  return rows.map(({ id }) => id);
}

/** The ≤ 20 best placed to claim a task: whose grid lies on one line with its scope, smallest load first. */
export async function bestPlaced(db: Reading, taskId: string, now: Date): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT p.id FROM task t
       JOIN role_grant g ON g.role = 'helper' AND g.tree = 'grid' AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
         AND g.node_id IN (t.scope_group_id, t.scope_village_id, (SELECT o.group_id FROM service_order o WHERE o.id = t.order_id))
       JOIN person p ON p.id = g.person_id
     WHERE t.id = ? AND t.mode IN ('open', 'team') AND t.confidential = 0 AND p.disabled_at IS NULL
       AND (p.away_until IS NULL OR p.away_until <= ?) AND ${notSubject('t.order_id', 'p.id')}
       AND NOT EXISTS (SELECT 1 FROM service_order w WHERE w.id = t.order_id AND w.household_id = p.household_id)
       AND (t.skill IS NULL OR EXISTS (SELECT 1 FROM person_skill k WHERE k.person_id = p.id AND k.skill = t.skill))
     GROUP BY p.id ORDER BY (SELECT COUNT(*) FROM task_claim c WHERE c.person_id = p.id AND c.state = 'taken'), p.id LIMIT 20`,
    [now, now, taskId, now],
  );
  return rows.map(({ id }) => id);
}

/** The order as this person sees it, for a room that hangs something on it; null when he sees none. */
export async function orderSeenBy(
  db: Reading,
  caller: Caller,
  orderId: string,
): Promise<{ townId: string | null; confidential: boolean } | null> {
  const record = await loadRecord(db, orderId, null);
  if (!record || !(maySee(record, caller) || maySeePublicly(record, caller))) return null;
  return { townId: record.townId, confidential: record.visibility === 'confidential' };
}

/** Those of these orders that wait for the desk to study them. */
export async function stillToStudy(db: Reading, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: string }>("SELECT id FROM service_order WHERE id IN (?) AND state = 'placed'", [
    ids,
  ]);
  return new Set(rows.map(({ id }) => id));
}

/** Those of these orders that are overdue now. */
export async function stillOverdue(db: Reading, ids: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: string }>(
    "SELECT id FROM service_order WHERE id IN (?) AND stage IN ('open', 'working') AND due_at < ?",
    [ids, now],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Who of these people is away at that moment. */
export async function awayAmong(db: Reading, ids: readonly string[], at: Date): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: string }>('SELECT id FROM person WHERE id IN (?) AND away_until > ?', [ids, at]);
  return new Set(rows.map(({ id }) => id));
}

/** 回避, as SQL with the person twice: whom the order complains about, and who had a task of it in hand. */
export const concernsOrder = (orderId: string): string =>
  `(EXISTS (SELECT 1 FROM order_subject s WHERE s.order_id = ${orderId} AND s.person_id = ?)
    OR EXISTS (SELECT 1 FROM task_claim k WHERE k.order_id = ${orderId} AND k.person_id = ?))`;
