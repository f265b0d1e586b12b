import { newId } from '../../foundation/ids';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { History } from '../../foundation/outbox/history.entity';
import { nextMonday } from './due-dates';

const kind = 'visitDigest';

export const digestClock = (townId: string, now: Date): Partial<DueWork> => ({
  ...{ thingId: townId, kind, aggregateId: townId, townId, clock: 'always', limitMinutes: 0, usedMinutes: 0 },
  ...{ runningSince: null, dueAt: null, nextAt: nextMonday(now), rung: 0, leasedUntil: null, attempts: 0, error: null },
});

/** From a town's first link or visit on: every Monday its secretaries hear how many households wait for a visit. */
export async function startDigest(db: Db, townId: string, now: Date): Promise<void> {
  const [known] = await db.query('SELECT 1 FROM due_work WHERE thing_id = ? AND kind = ?', [townId, kind]);
  if (!known) await db.upsert(DueWork, [digestClock(townId, now)], ['aggregateId']);
}

const digest: DueHandler = async (db, { thingId: townId, rung }, now) => {
  const id = newId(now);
  await db.insert(History, [
    {
      ...{ id, thing: 'visits', thingId: townId, aggregateId: id, seq: 1, townId, action: 'digest', at: now },
      ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null, fromState: null, toState: null },
      ...{ words: null, facts: null, fannedOutAt: null },
    },
  ]);
  return { at: nextMonday(now), rung: rung + 1 };
};

export const visitDueWork: Readonly<Record<string, DueHandler>> = { [kind]: digest };
