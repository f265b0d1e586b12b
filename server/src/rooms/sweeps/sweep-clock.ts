import type { DueWork } from '../../foundation/due-work/due-work.entity';
import type { Sweep } from './sweep.entity';

const day = 24 * 60 * 60_000;

/** Rings a day before the deadline, at half of the time where there is less, and at the deadline. */
export function sweepClock({ id, townId, deadline }: Pick<Sweep, 'id' | 'townId' | 'deadline'>, now: Date) {
  const left = deadline.getTime() - now.getTime();
  const notice = new Date(deadline.getTime() - Math.min(day, left / 2));
  return {
    ...{ thingId: id, kind: 'sweep', aggregateId: id, townId, clock: 'always' },
    ...{ limitMinutes: 0, usedMinutes: 0, runningSince: null, dueAt: deadline, nextAt: notice, rung: 0 },
    leasedUntil: null,
  } satisfies Partial<DueWork>;
}
