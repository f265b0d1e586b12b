import type { CallReason } from '@sandan/shared/calls/call.words';
import type { Caller } from '../../foundation/access/caller';
import { gridsWith, tierLists } from '../../foundation/access/reach';
import { whereOf, type Where } from '../../foundation/access/rule-where';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import { deskListRule, orderSource } from './orders.policy';

export interface CallRow {
  id: string;
  orderId: string;
  version: number;
  townId: string | null;
  title: string;
  visibility: string;
  question: string | null;
  groupId: string | null;
  villageId: string | null;
  deskGridId: string;
  requesterId: string | null;
  contactName: string | null;
  contactPhone: Sealed | null;
  bestTime: string | null;
  holder: string | null;
  promisedAt: Date | null;
  reason: CallReason;
  state: 'waiting' | 'visit';
  since: Date;
  nextAt: Date;
  tries: number;
}

/** Whether the order `o` still stands where the call `c` is about it; 并单: what it was merged into is done for it too. */
export const stands = `((c.reason = 'asking' AND o.state = 'asking') OR (c.reason = 'declined' AND o.state = 'declined')
    OR (c.reason = 'claimed' AND o.state IN ('dispatched', 'handling')) OR (c.reason = 'reported'
      AND (o.state = 'reported' OR (o.state = 'merged' AND EXISTS
        (SELECT 1 FROM service_order m WHERE m.id = o.primary_id AND m.state = 'reported')))))`;
/** While the order stands where it stood, and he has not looked into the app since. */
const stillToBeMade = `${stands}
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.person_id = o.requester_id AND s.last_seen_at > c.since)`;

/** Of the desks where the caller notes calls; never of what he may not see. Null: of none. */
function mine(caller: Caller): Where | null {
  const lists = tierLists(gridsWith(caller, 'order.noteCall'), caller.reference.tree);
  if (lists.length === 0) return null;
  const rule = whereOf(deskListRule, caller, orderSource);
  const within = lists.map(({ tier, ids }) => `o.desk_${tier}_id IN (${ids.map(() => '?').join(', ')})`).join(' OR ');
  return {
    sql: `c.state IN ('waiting', 'visit') AND c.next_at <= ? AND ${stillToBeMade} AND (${within}) AND ${rule.sql}`,
    values: [caller.now, ...lists.flatMap(({ ids }) => ids), ...rule.values],
  };
}

interface Wanted {
  readonly id?: string;
  readonly deskGridId?: string;
  /** A village with all desks in it, or the town itself without its villages. */
  readonly villageId?: string | undefined;
  readonly after?: readonly [since: Date, id: string] | undefined;
  readonly limit: number;
}

/** The village whose desk has the order, or the town itself. */
const village = 'COALESCE(o.desk_village_id, o.desk_grid_id)';

/** 要打的电话, who has waited longest first. */
export async function callsFor(
  reading: Reading,
  caller: Caller,
  { id, deskGridId, villageId, after, limit }: Wanted,
): Promise<CallRow[]> {
  const where = mine(caller);
  if (!where) return [];
  const narrowed: readonly (readonly [string, SqlValue[]])[] = [
    ...(id ? [['AND c.id = ?', [id]] as const] : []),
    ...(deskGridId ? [['AND o.desk_grid_id = ?', [deskGridId]] as const] : []),
    ...(villageId ? [[`AND ${village} = ?`, [villageId]] as const] : []),
    ...(after ? [['AND c.since >= ? AND (c.since > ? OR c.id > ?)', [after[0], after[0], after[1]]] as const] : []),
  ].map(([sql, values]) => [sql, [...values]] as const);
  return reading.query<CallRow>(
    `SELECT c.id, c.order_id AS orderId, o.version, o.town_id AS townId, o.title, o.visibility, o.question,
       o.group_id AS groupId, o.village_id AS villageId, o.desk_grid_id AS deskGridId,
       o.requester_id AS requesterId, o.contact_name AS contactName,
       o.contact_phone_sealed AS contactPhone, o.best_time AS bestTime, p.name AS holder, t.promised_at AS promisedAt,
       c.reason, c.state, c.since, c.next_at AS nextAt, c.tries
     FROM call_note c JOIN service_order o ON o.id = c.order_id
       LEFT JOIN task t ON t.id = (SELECT x.id FROM task x WHERE x.order_id = o.id AND x.round = o.round
         AND x.lead_id IS NOT NULL AND x.state IN ('offered', 'claimed') ORDER BY x.claimed_at, x.id LIMIT 1)
       LEFT JOIN person p ON p.id = t.lead_id
     WHERE ${where.sql} ${narrowed.map(([sql]) => sql).join(' ')} ORDER BY c.since, c.id LIMIT ?`,
    [...where.values, ...narrowed.flatMap(([, values]) => values), limit],
  );
}

/** How many are to be made in each village, for whoever looks over several; those without any are left out. */
export async function callsByVillage(
  reading: Reading,
  caller: Caller,
): Promise<readonly { gridId: string; calls: number }[]> {
  const where = mine(caller);
  if (!where) return [];
  const rows = await reading.query<{ gridId: string; calls: number }>(
    `SELECT ${village} AS gridId, COUNT(*) AS calls FROM call_note c JOIN service_order o ON o.id = c.order_id
     WHERE ${where.sql} GROUP BY ${village}`,
    where.values,
  );
  const { grids } = caller.reference.tree;
  const placeOf = ({ gridId }: { gridId: string }): number => grids.findIndex(({ id }) => id === gridId);
  // As the tree has them, so that a village stands where it stood yesterday.
  return rows
    .map(({ gridId, calls }) => ({ gridId, calls: Number(calls) }))
    .sort((one, other) => placeOf(one) - placeOf(other));
}

/** Counted to 99, for the badge. */
export async function countCalls(reading: Reading, caller: Caller): Promise<number> {
  const where = mine(caller);
  if (!where) return 0;
  const [row] = await reading.query<{ count: number }>(
    `SELECT COUNT(*) AS count FROM
       (SELECT 1 FROM call_note c JOIN service_order o ON o.id = c.order_id WHERE ${where.sql} LIMIT 99) few`,
    where.values,
  );
  return Number(row?.count ?? 0);
}

/** Somebody has to ring about this order now: then he may see the number. */
export async function isToBeCalled(reading: Reading, caller: Caller, orderId: string): Promise<boolean> {
  const where = mine(caller);
  if (!where) return false;
  const [row] = await reading.query(
    `SELECT 1 FROM call_note c JOIN service_order o ON o.id = c.order_id WHERE ${where.sql} AND o.id = ? LIMIT 1`,
    [...where.values, orderId],
  );
  return row !== undefined;
}
