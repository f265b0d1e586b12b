import { chinaDay, isQuiet, nextQuietEnd, startOfChinaDay } from '@sandan/shared/china-time';
import { minutesBetween } from '@sandan/shared/working-time';
import type { TownRule } from '../../foundation/reference/reference';

/** 汇总 (domain.md §8): what is new at the desk, what is overdue, and once a week what is to be done about promises. */
export const digests = ['desk', 'overdue', 'promises'] as const;
export type Digest = (typeof digests)[number];

type Hours = Pick<TownRule, 'calendar' | 'digests' | 'quiet'>;

/** No holiday and no typhoon is longer; beyond them a calendar is wrong. */
const farthest = 90;

/**
 * The next time after `at` (epoch ms) at which this digest is told: at the town's times on its workdays; `overdue` at the
 * first of the day only, `promises` at the first of the week's first workday. Never in quiet hours.
 */
export function nextDigest(digest: Digest, at: number, town: Hours): number {
  const today = chinaDay(at);
  for (let day = today; day < today + farthest; day += 1) {
    const times = timesOf(digest, day, town).filter((time) => time > at);
    if (times[0] !== undefined) return isQuiet(times[0], town.quiet) ? nextQuietEnd(times[0], town.quiet) : times[0];
  }
  return startOfChinaDay(today + farthest);
}

function timesOf(digest: Digest, day: number, town: Hours): number[] {
  if (!isWorkday(day, town) || (digest === 'promises' && !opensWeek(day, town))) return [];
  const times = town.digests.map((minute) => startOfChinaDay(day) + minute * 60_000);
  return digest === 'desk' ? times : times.slice(0, 1);
}

const isWorkday = (day: number, { calendar }: Hours): boolean =>
  minutesBetween(calendar, 'working', startOfChinaDay(day), startOfChinaDay(day + 1)) > 0;

/** Day 0 of the count was a Thursday. */
const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

function opensWeek(day: number, town: Hours): boolean {
  for (let earlier = mondayOf(day); earlier < day; earlier += 1) if (isWorkday(earlier, town)) return false;
  return true;
}
