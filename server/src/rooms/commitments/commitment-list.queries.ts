import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { QueryOf } from '@sandan/shared/endpoint';
import { chinaDate } from '@sandan/shared/china-time';
import type { Caller } from '../../foundation/access/caller';
import { whereOf, type Where } from '../../foundation/access/rule-where';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import { decodeCursor, encodeCursor } from '../../foundation/database/cursor';
import { likeOf } from '../../foundation/database/like';
import { loadCommitments, type CommitmentRecord } from './commitment-record';
import { commitmentSource, hereRule, mineRule, wallRule } from './commitments.policy';
import { reviewQueues, waitingIn } from './review-queues';

export type ListQuery = QueryOf<(typeof commitmentsApi)['list']>;

export interface Listed {
  records: CommitmentRecord[];
  nextCursor: string | null;
}

const part = (sql: string, ...values: SqlValue[]): Where => ({ sql, values });

/** The wall shows the newest publication first; the other lists what was drafted last. */
const sortColumn = { wall: 'published_at', mine: 'drafted_at', review: 'drafted_at' } as const;

export async function listCommitments(db: Reading, caller: Caller, query: ListQuery): Promise<Listed> {
  const { cursor, limit, ...identity } = query;
  const column = sortColumn[query.scope];
  const key = decodeCursor(cursor, identity, ['time', 'id']);
  // 待我审 asks for a queue by the state most of it is in; the queue itself knows which deeds wait there.
  const { status, ...others } = query;
  const filters = query.scope === 'review' ? others : { ...others, status };
  const conditions = [scopeOf(query, caller), ...filtersOf(filters, caller)];
  if (key) {
    const [at, id] = key;
    conditions.push(part(`c.${column} <= ? AND (c.${column} < ? OR c.id < ?)`, at, at, id));
  }
  const rows = await db.query<{ id: string }>(
    `SELECT c.id FROM commitment c WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}
     ORDER BY c.${column} DESC, c.id DESC LIMIT ?`,
    [...conditions.flatMap(({ values }) => values), limit + 1],
  );
  const ids = rows.map(({ id }) => id);
  const records = await loadCommitments(db, caller, ids.slice(0, limit));
  const last = records.at(-1);
  const at = last && (query.scope === 'wall' ? last.publishedAt : last.draftedAt);
  return { records, nextCursor: ids.length > limit && last && at ? encodeCursor([at, last.id], identity) : null };
}

function scopeOf({ scope, status }: ListQuery, caller: Caller): Where {
  if (scope === 'wall') return whereOf(wallRule, caller, commitmentSource);
  if (scope === 'mine') return whereOf(mineRule, caller, commitmentSource);
  return toDecide(caller, status);
}

/** 待我审: one queue, or all of them. */
function toDecide(caller: Caller, status: string | undefined): Where {
  const asked = reviewQueues.filter((queue) => status === undefined || queue === status);
  const waiting = asked.flatMap((queue) => waitingIn(queue, caller) ?? []);
  if (waiting.length === 0) return part('FALSE');
  return part(waiting.map(({ sql }) => `(${sql})`).join(' OR '), ...waiting.flatMap(({ values }) => values));
}

export type WallFilters = Omit<ListQuery, 'scope' | 'cursor' | 'limit'>;

/** The parts of a WHERE over `commitment c`. */
export function filtersOf(query: WallFilters, caller: Caller): Where[] {
  const { roundId, organizationId, personId, kind, field, stage, status, overdue, here, orderId, q } = query;
  return [
    ...(roundId ? [part('c.round_id = ?', roundId)] : []),
    ...(organizationId
      ? [
          part(
            'c.organization_id IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id = ?)',
            organizationId,
          ),
        ]
      : []),
    ...(personId ? [part('c.person_id = ?', personId)] : []),
    ...(kind ? [part('c.kind = ?', kind)] : []),
    ...(field ? [part('c.field = ?', field)] : []),
    ...(stage ? [part('c.stage = ?', stage)] : []),
    ...(status ? [part('c.state = ?', status)] : []),
    ...(overdue ? [part("c.deadline < ? AND c.stage = 'working'", chinaDate(caller.now.getTime()))] : []),
    ...(orderId
      ? [part('c.id IN (SELECT k.commitment_id FROM commitment_order k WHERE k.order_id = ?)', orderId)]
      : []),
    ...(here ? [whereOf(hereRule, caller, commitmentSource)] : []),
    ...(q ? [part('(c.title LIKE ? OR c.words LIKE ?)', likeOf(q), likeOf(q))] : []),
  ];
}

/** Delivered and disputed deeds: to be decided before the year can be closed. */
export async function blockersOf(db: Reading, caller: Caller, roundId: string): Promise<CommitmentRecord[]> {
  const rows = await db.query<{ id: string }>(
    "SELECT id FROM commitment WHERE round_id = ? AND state IN ('delivered', 'disputed') ORDER BY deadline, id LIMIT 200",
    [roundId],
  );
  return loadCommitments(
    db,
    caller,
    rows.map(({ id }) => id),
  );
}
