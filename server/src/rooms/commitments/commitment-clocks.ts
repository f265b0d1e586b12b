import { addMinutes, limitMinutes } from '@sandan/shared/working-time';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import type { Reference } from '../../foundation/reference/reference';
import type { Commitment } from './commitment.entity';

const day = 24 * 60 * 60_000;
/** Reminders come in the morning, China time. */
const morning = 9 * 60 * 60_000;
/** domain.md §8: whoever keeps a deed is told two weeks before it is due. */
const noticeDays = 14;

/** Nine o'clock in China on a day of the calendar. */
const morningOf = (calendarDay: string): Date => new Date(Date.parse(`${calendarDay}T00:00:00+08:00`) + morning);

/** 践诺期限: rings two weeks before the last day, then the day after it, then every week while the deed is unfinished. */
export function deedClock(
  deed: Pick<Commitment, 'id' | 'townId' | 'deadline' | 'mendBy'>,
  now: Date,
): Partial<DueWork> {
  const last = morningOf(deed.mendBy ?? deed.deadline);
  const due = new Date(last.getTime() + day);
  const notice = new Date(last.getTime() - noticeDays * day);
  const isNotice = notice > now;
  const later = due > now ? due : new Date(now.getTime() + day);
  return {
    ...{ thingId: deed.id, kind: 'deed', aggregateId: deed.id, townId: deed.townId, clock: 'always' },
    ...{ limitMinutes: 0, usedMinutes: 0, runningSince: null, dueAt: due, leasedUntil: null },
    nextAt: isNotice ? notice : later,
    rung: isNotice ? 0 : 1,
  };
}

/** So many working days from now, by the town's own calendar. */
export function workingDaysFrom(reference: Reference, townId: string | null, now: Date, days: number): Date {
  const { calendar } = reference.town(townId);
  const minutes = limitMinutes(calendar, 'working', { days });
  return new Date(addMinutes(calendar, 'working', now.getTime(), minutes));
}

/** Rings when an answer in public is due: to a dispute, or to an opinion. */
export const answerClock = (
  kind: 'dispute' | 'opinion',
  thingId: string,
  deed: Pick<Commitment, 'id' | 'townId'>,
  dueAt: Date,
): Partial<DueWork> => ({
  ...{ thingId, kind, aggregateId: deed.id, townId: deed.townId, clock: 'working' },
  ...{ limitMinutes: 0, usedMinutes: 0, runningSince: null, dueAt, nextAt: dueAt, rung: 0, leasedUntil: null },
});
