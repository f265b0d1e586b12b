import { chinaDate } from '@sandan/shared/china-time';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { Caller } from '../../foundation/access/caller';
import type { Where } from '../../foundation/access/rule-where';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import { draftedInSql } from './owed-sql';
import { reviewQueues, waitingIn } from './review-queues';

type Counts = ReplyOf<(typeof commitmentsApi)['counts']>;

const most = 99;
const dayMs = 24 * 60 * 60_000;
/** 快到期: as long before as the message is sent (two weeks). */
const soonDays = 14;

/** Badges count to 99, what their lists show (decisions.md §2.3). */
export async function countCommitments(db: Reading, caller: Caller): Promise<Counts> {
  const [review, mine] = await Promise.all([toDecide(db, caller), myOwn(db, caller)]);
  return { review, mine };
}

const nothing: Where = { sql: 'FALSE', values: [] };

async function toDecide(db: Reading, caller: Caller): Promise<Counts['review']> {
  if (reviewQueues.every((queue) => waitingIn(queue, caller) === null)) return null;
  const columns: string[] = [];
  const values: SqlValue[] = [];
  for (const queue of reviewQueues) {
    const where = waitingIn(queue, caller) ?? nothing;
    columns.push(`(SELECT COUNT(*) FROM (SELECT 1 FROM commitment c WHERE ${where.sql} LIMIT ${most}) x) AS ${queue}`);
    values.push(...where.values);
  }
  const [row] = await db.query<Record<(typeof reviewQueues)[number], number>>(`SELECT ${columns.join(', ')}`, values);
  if (!row) return null;
  const counts = {
    ...{ submitted: Number(row.submitted), approved: Number(row.approved), delivered: Number(row.delivered) },
    ...{ published: Number(row.published), disputed: Number(row.disputed) },
  };
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { ...counts, total: Math.min(most, total) };
}

interface MineRow {
  roundId: string;
  year: number;
  draftsUntil: string;
  owed: number;
  written: number;
  dueSoon: number;
  overdue: number;
}

/** My own promises of the newest year that runs; what I have to keep, whosever it is. */
async function myOwn(db: Reading, { personId, now }: Caller): Promise<Counts['mine']> {
  const today = chinaDate(now.getTime());
  const soon = chinaDate(now.getTime() + soonDays * dayMs);
  const toKeep = `(SELECT COUNT(*) FROM commitment k WHERE k.responsible_id = ? AND k.stage = 'working'
    AND k.state = 'published' AND k.round_id = r.id AND`;
  const [row] = await db.query<MineRow>(
    `SELECT r.id AS roundId, r.year, r.drafts_until AS draftsUntil,
            COALESCE(JSON_VALUE(d.owed, '$.personal'), 0) AS owed,
            (SELECT COUNT(*) FROM commitment c WHERE c.person_id = d.debtor_id AND c.round_id = r.id
              AND c.state IN (${draftedInSql})) AS written,
            ${toKeep} k.deadline >= ? AND k.deadline <= ?) AS dueSoon, ${toKeep} k.deadline < ?) AS overdue
     FROM commitment_debtor d JOIN commitment_round r ON r.id = d.round_id
     WHERE d.debtor_id = ? AND d.kind = 'person' AND d.exempt IS NULL
       AND r.state IN ('drafting', 'reviewing', 'underWay', 'midYear', 'closing') ORDER BY r.year DESC LIMIT 1`,
    [personId, today, soon, personId, today, personId],
  );
  if (!row) return null;
  const [owed, written] = [Number(row.owed), Number(row.written)];
  return {
    ...{ roundId: row.roundId, year: row.year, draftsUntil: row.draftsUntil, owed, written },
    toWrite: Math.max(0, owed - written),
    ...{ dueSoon: Number(row.dueSoon), overdue: Number(row.overdue) },
  };
}
