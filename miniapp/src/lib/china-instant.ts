import { chinaDate, chinaDay, dayOf, minuteMs, startOfChinaDay } from '@sandan/shared/china-time';

const startOf = (date: string): number => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return startOfChinaDay(dayOf(year, month, day));
};

/** '2026-11-23' and '15:30' in China as the wire wants it; null while either is missing. */
export function instantOf(date: string, time: string): string | null {
  if (date === '' || time === '') return null;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(startOf(date) + (hours * 60 + minutes) * minuteMs).toISOString();
}

/** '2026-11-23': the day in China, `days` after the one in which `now` lies. */
export const dateAfter = (now: number, days: number): string => chinaDate(startOfChinaDay(chinaDay(now) + days));
