import type { Db } from '../../foundation/database/connect';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { nextMorning, today } from './due-dates';
import { anyCheckDue, type CheckWindow } from './flag-checks.queries';

const kind = 'flagChecks';
const day = 24 * 60 * 60_000;

export const flagClock = (townId: string, now: Date): Partial<DueWork> => ({
  ...{ thingId: townId, kind, aggregateId: townId, townId, clock: 'always', limitMinutes: 0, usedMinutes: 0 },
  ...{
    runningSince: null,
    dueAt: null,
    nextAt: nextMorning(now),
    rung: 0,
    leasedUntil: null,
    attempts: 0,
    error: null,
  },
});

/** From a town's first 特殊情况 on, it is looked every morning which ones have stood for a year. */
export async function startFlagChecks(db: Db, townIds: readonly string[], now: Date): Promise<void> {
  const known = await db.query<{ id: string }>(
    'SELECT thing_id AS id FROM due_work WHERE thing_id IN (?) AND kind = ?',
    [townIds, kind],
  );
  const fresh = [...new Set(townIds)].filter((townId) => !known.some(({ id }) => id === townId)).sort();
  await db.upsert(
    DueWork,
    fresh.map((townId) => flagClock(townId, now)),
    ['aggregateId'],
  );
}

/**
 * 核对到期: told once, the morning after; on the first of a month, and when the clock first rings, everything that still
 * waits is told again. A worker that was away tells what fell due meanwhile.
 */
const checks: DueHandler = async (db, { thingId: townId, rung, nextAt }, now) => {
  const again = rung === 0 || today(now).endsWith('-01');
  const from = again || nextAt === null ? null : today(new Date(nextAt.getTime() - day));
  const window: CheckWindow = { townId, from, before: today(now) };
  if (await anyCheckDue(db, window)) await tell(db, window, now);
  return { at: nextMorning(now), rung: rung + 1 };
};

async function tell(db: Db, { townId, from, before }: CheckWindow, now: Date): Promise<void> {
  const id = newId(now);
  await db.insert(History, [
    {
      ...{ id, thing: 'flags', thingId: townId, aggregateId: id, seq: 1, townId, action: 'checksDue', at: now },
      ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null, fromState: null, toState: null },
      ...{ words: null, facts: { from, before }, fannedOutAt: null },
    },
  ]);
}

export const flagDueWork: Readonly<Record<string, DueHandler>> = { [kind]: checks };
