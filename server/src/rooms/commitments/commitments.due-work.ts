import type { Db } from '../../foundation/database/connect';
import type { Alarm, DueHandler } from '../../foundation/due-work/due-work';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { loadCommitment, type CommitmentRecord } from './commitment-record';

const day = 24 * 60 * 60_000;

/** A row of history that nobody reads but the messages. */
const tell = (db: Db, record: CommitmentRecord, action: string, { kind, rung }: DueWork, now: Date): Promise<void> =>
  db.insert(History, [
    {
      ...{ id: newId(now), thing: 'deedClock', thingId: record.id, aggregateId: record.id, seq: record.version },
      ...{ townId: record.townId, action, actorId: null, actorName: '系统', actorRole: 'system', at: now },
      ...{ fromState: null, toState: null, words: null, facts: { clock: kind, rung } },
    },
  ]);

/** Nobody in particular looks: what depends on the caller stays empty. */
const present = (db: Db, row: DueWork): Promise<CommitmentRecord | null> =>
  loadCommitment(db, { personId: '' }, row.aggregateId);

const again = ({ rung }: DueWork, at: Date): Alarm => ({ at, rung: rung + 1 });

/** Two weeks before the last day, then overdue, then every week until it is delivered or the year is over. */
const deed: DueHandler = async (db, row, now) => {
  const record = await present(db, row);
  if (!record || record.state !== 'published' || record.roundState === 'closed') return null;
  const isDue = row.dueAt !== null && now >= row.dueAt;
  await tell(db, record, isDue ? 'overdue' : 'dueSoon', row, now);
  return again(row, isDue || row.dueAt === null ? new Date(now.getTime() + 7 * day) : row.dueAt);
};

/** 异议十个工作日未答复: told every day, until it is answered. */
const dispute: DueHandler = async (db, row, now) => {
  const record = await present(db, row);
  if (!record || record.state !== 'disputed') return null;
  await tell(db, record, 'disputeOverdue', row, now);
  return again(row, new Date(now.getTime() + day));
};

/** 意见五个工作日未答复. */
const opinion: DueHandler = async (db, row, now) => {
  const record = await present(db, row);
  const [open] = await db.query('SELECT 1 FROM commitment_opinion WHERE id = ? AND answered_at IS NULL', [row.thingId]);
  if (!record || !open || record.state !== 'published') return null;
  await tell(db, record, 'opinionOverdue', row, now);
  return again(row, new Date(now.getTime() + day));
};

export const commitmentDueWork: Readonly<Record<string, DueHandler>> = { deed, dispute, opinion };
