import { chinaDate, chinaDay, dayOf, startOfChinaDay } from '@sandan/shared/china-time';

/** 'YYYY-MM' in China. */
export const monthOf = (at: Date): string => chinaDate(at.getTime()).slice(0, 7);

const partsOf = (at: Date): { year: number; month: number } => {
  const [year, month] = monthOf(at).split('-').map(Number);
  return { year: year ?? 0, month: month ?? 1 };
};

/** The first instant of the month in which `at` lies, `months` later. */
export function startOfMonth(at: Date, months = 0): Date {
  const { year, month } = partsOf(at);
  const index = year * 12 + (month - 1) + months;
  return new Date(startOfChinaDay(dayOf(Math.floor(index / 12), (index % 12) + 1, 1)));
}

/** 'YYYY-MM-DD' of the last day of the month in which `at` lies, `months` later. */
export const endOfMonth = (at: Date, months = 0): string => chinaDate(startOfMonth(at, months + 1).getTime() - 1);

export const today = (at: Date): string => chinaDate(at.getTime());

/** Overdue since yesterday or before, due this month, or later. */
export function dueState(dueOn: string, now: Date): 'overdue' | 'due' | 'later' {
  if (dueOn < today(now)) return 'overdue';
  return dueOn <= endOfMonth(now) ? 'due' : 'later';
}

const halfPastEight = (day: number): Date => new Date(startOfChinaDay(day) + 8.5 * 60 * 60_000);

/** The next half past eight in China, after `now`: what fell due overnight is told in the morning. */
export function nextMorning(now: Date): Date {
  const day = chinaDay(now.getTime());
  return halfPastEight(day) > now ? halfPastEight(day) : halfPastEight(day + 1);
}

/** Monday at half past eight in China, after `now`: the weekly digest. */
export function nextMonday(now: Date): Date {
  const day = chinaDay(now.getTime());
  const weekday = (((day + 3) % 7) + 7) % 7; // 1970-01-01 was a Thursday: Monday is 0
  const monday = halfPastEight(day - weekday);
  return monday > now ? monday : halfPastEight(day - weekday + 7);
}
