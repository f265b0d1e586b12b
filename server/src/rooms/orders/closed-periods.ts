import type { Urgency } from '@sandan/shared/orders/order.words';
import { addMinutes, type ClockKind } from '@sandan/shared/working-time';
import { rowOf } from '../../foundation/database/rows';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { nextAlarm } from './order-clocks';

/**
 * 台风、灾情停办期: the working clocks that run in the town are paused for it, so their due times move (domain.md §4; a
 * change of hours or holidays moves none). The calendar already knows the period; each clock is counted anew from where
 * it started. Running it twice changes nothing.
 */
export const closedPeriod: DueHandler = async (db, { aggregateId: townId }, _now, reference) => {
  const town = reference.town(townId);
  const rows = await db.query<Record<string, unknown>>(
    `SELECT d.*, o.urgency FROM due_work d JOIN service_order o ON o.id = d.aggregate_id
     WHERE d.town_id = ? AND d.clock = 'working' AND d.running_since IS NOT NULL AND d.due_at IS NOT NULL`,
    [townId],
  );
  const moved = rows.flatMap((row) => {
    const { urgency, ...clock } = rowOf<DueWork & { urgency: Urgency }>(row);
    const since = clock.runningSince?.getTime() ?? 0;
    const dueAt = new Date(
      addMinutes(town.calendar, clock.clock as ClockKind, since, clock.limitMinutes - clock.usedMinutes),
    );
    if (dueAt.getTime() === clock.dueAt?.getTime()) return [];
    const later = { ...clock, dueAt };
    return [{ ...later, nextAt: nextAlarm(later, town, urgency) }];
  });
  for (let from = 0; from < moved.length; from += 500) {
    const batch = moved.slice(from, from + 500);
    await db.upsert(DueWork, batch, ['dueAt', 'nextAt']);
    await db.write(
      `UPDATE service_order o SET o.due_at = (SELECT MIN(d.due_at) FROM due_work d WHERE d.aggregate_id = o.id AND d.kind <> 'window')
       WHERE o.id IN (?)`,
      [[...new Set(batch.map(({ aggregateId }) => aggregateId))]],
    );
  }
  return null;
};
