/**
 * The holidays and make-up workdays (调休) of China, as rows to seed the editable table `calendar_day`.
 *
 * Only days that differ from the plain week, or bear a holiday's name, are rows; all others go by the day of the week
 * (makeCalendar). The State Council announces each year in the November before. `chinese-days` answers for later
 * years by weekday, so that 1 January 2027 looks like a workday: a year without any holiday is *unknown* here.
 *
 * We read the package's table, not its functions: those build their dates in the machine's own zone and are a day
 * late or early west of Greenwich.
 */
import { createRequire } from 'node:module';
import { chinaYear, dayOf, startOfChinaDay } from '@sandan/shared/china-time';
import type { DayKind } from '@sandan/shared/working-time';

export interface CalendarDay {
  /** China day number (chinaDay). */
  day: number;
  kind: DayKind;
  name: string | null;
  /** False in a year not announced yet: the row is a guess from the fixed-date holidays. */
  certain: boolean;
}

/** 'YYYY-MM-DD' → 'National Day,国庆节,3' (English name, Chinese name, days off by law). */
type AnnouncedDays = Record<string, string>;

const announced = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as {
  holidays: AnnouncedDays;
  workdays: AnnouncedDays;
};

const announcedYears = new Set(Object.keys(announced.holidays).map((date) => Number(date.slice(0, 4))));

const fixedHolidays = [
  { name: '元旦', month: 1, date: 1 },
  { name: '劳动节', month: 5, date: 1 },
  { name: '国庆节', month: 10, date: 1 },
  { name: '国庆节', month: 10, date: 2 },
  { name: '国庆节', month: 10, date: 3 },
];

export const isYearAnnounced = (year: number): boolean => announcedYears.has(year);

/** The special days of the years from–to (both included), in order. */
export function chinaDays(fromYear: number, toYear: number): CalendarDay[] {
  const rows: CalendarDay[] = [];
  for (let year = fromYear; year <= toYear; year++) {
    rows.push(...(isYearAnnounced(year) ? announcedDays(year) : guessedDays(year)));
  }
  return rows;
}

/**
 * What to tell the administrator: this year is unknown, or, from November on, the next one is.
 * @param isYearKnown the years known from the table `calendar_day`, where somebody may have typed them in
 */
export function calendarWarning(now: number, isYearKnown = isYearAnnounced): string | null {
  const year = chinaYear(now);
  const fromNovember = now >= startOfChinaDay(dayOf(year, 11, 1));
  const unknown = [year, ...(fromNovember ? [year + 1] : [])].find((candidate) => !isYearKnown(candidate));
  if (unknown === undefined) return null;
  return `${unknown}年的放假安排还没有录入，期限暂按周末和固定节日计算。国务院公布后请尽快录入。`;
}

function announcedDays(year: number): CalendarDay[] {
  const rowsOf = (days: AnnouncedDays, kind: DayKind): CalendarDay[] =>
    Object.entries(days)
      .filter(([date]) => date.startsWith(`${year}-`))
      .map(([date, names]) => ({ day: dayOfDate(date), kind, name: chineseName(names), certain: true }));
  const rows = [...rowsOf(announced.holidays, 'rest'), ...rowsOf(announced.workdays, 'work')];
  return rows.sort((a, b) => a.day - b.day);
}

function guessedDays(year: number): CalendarDay[] {
  return fixedHolidays.map(({ name, month, date }) => ({
    day: dayOf(year, month, date),
    kind: 'rest',
    name,
    certain: false,
  }));
}

const chineseName = (names: string): string | null => names.split(',')[1] ?? null;

function dayOfDate(date: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return dayOf(year, month, day);
}
