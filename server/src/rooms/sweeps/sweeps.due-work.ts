import type { DueHandler } from '../../foundation/due-work/due-work';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { giveTo, orphans } from './assign.service';
import { splitHouseholds } from './split';
import { sweepById } from './sweeps.queries';

/** A day before the deadline everybody who is behind is told, at the deadline whoever set it up. Who went away meanwhile is relieved. */
const sweep: DueHandler = async (db, row, now, reference) => {
  const record = await sweepById(db, row.thingId);
  if (!record || record.state !== 'running' || row.dueAt === null) return null;
  // Before the households, as whoever closes it or splits it does.
  await db.write('UPDATE sweep SET version = version + 1 WHERE id = ?', [record.id]);
  const left = await orphans(db, record.id, 'all', now);
  const holders = await splitHouseholds(db, { now, reference }, left);
  await giveTo(
    db,
    left.filter(({ householdId, holderId }) => (holders.get(householdId) ?? null) !== holderId),
    holders,
  );
  const isDue = now >= row.dueAt;
  await db.insert(History, [
    {
      ...{ id: newId(now), thing: 'sweepClock', thingId: record.id, aggregateId: record.id, seq: record.version + 1 },
      ...{ townId: record.townId, action: isDue ? 'ended' : 'dueSoon', actorId: null, actorName: '系统' },
      ...{ actorRole: 'system', at: now, fromState: null, toState: null, words: null, facts: { rung: row.rung } },
    },
  ]);
  return isDue ? null : { at: row.dueAt, rung: row.rung + 1 };
};

export const sweepDueWork: Readonly<Record<string, DueHandler>> = { sweep };
