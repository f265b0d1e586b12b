import { chinaDay, clockTime, isWeekend, minuteMs, startOfChinaDay } from '@sandan/shared/china-time';

export type PromiseChoice = 'today' | 'tomorrow' | 'weekend' | 'appointed';

export interface PromiseTime {
  readonly choice: PromiseChoice;
  /** 今天, 周末 … */
  readonly words: string;
  /** Until when that means; null for 约时间, where the person says it himself. */
  readonly at: string | null;
}

const eveningMinute = clockTime(18);
const lateMinute = clockTime(21);
/** Nobody promises to be there in ten minutes by pressing 今天. */
const soonestMs = 60 * minuteMs;

const instant = (day: number, minute: number): number => startOfChinaDay(day) + minute * minuteMs;

/** 今天 means by six in the evening, late in the day by nine; none once even that is too near. */
function today(now: number): number | null {
  const day = chinaDay(now);
  return [eveningMinute, lateMinute].map((minute) => instant(day, minute)).find((at) => at - now >= soonestMs) ?? null;
}

/** The coming Sunday; on a weekend day the one of the next week, because the present one is 今天 or 明天. */
function sundayAfter(day: number): number {
  const toSunday = (7 - ((((day + 4) % 7) + 7) % 7)) % 7; // 1970-01-01 was a Thursday
  return day + toSunday + (isWeekend(day) ? 7 : 0);
}

/** What a helper may promise now (接单时问什么时候办): 今天 / 明天 / 周末 / 约时间. */
export function promiseTimes(now: number): readonly PromiseTime[] {
  const day = chinaDay(now);
  const byToday = today(now);
  const iso = (at: number) => new Date(at).toISOString();
  return [
    ...(byToday === null ? [] : [{ choice: 'today' as const, words: '今天', at: iso(byToday) }]),
    { choice: 'tomorrow', words: '明天', at: iso(instant(day + 1, eveningMinute)) },
    { choice: 'weekend', words: isWeekend(day) ? '下周末' : '周末', at: iso(instant(sundayAfter(day), eveningMinute)) },
    { choice: 'appointed', words: '约时间', at: null },
  ];
}
