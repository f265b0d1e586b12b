import { chinaDate, dayOf, minuteMs, startOfChinaDay } from '@sandan/shared/china-time';
import { addMinutes, makeCalendar, minutesBetween } from '@sandan/shared/working-time';
import { calendarWarning, chinaDays, isYearAnnounced } from './china-calendar';

const rows = chinaDays(2025, 2027);
const kinds = new Map(rows.map((row) => [row.day, row.kind]));
const calendar = makeCalendar({ days: (day) => kinds.get(day) });

/** '2026-10-08', 9 * 60 → epoch ms of 09:00 in China. */
function at(date: string, minute: number): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return startOfChinaDay(dayOf(year, month, day)) + minute * minuteMs;
}
const minutesOf = (date: string): number => minutesBetween(calendar, 'working', at(date, 0), at(date, 1_440));

describe('the announced calendar', () => {
  test('National Day 2026 is seven days long, and two weekend days are worked for it', () => {
    const nationalDay = rows.filter((row) => row.name === '国庆节' && row.certain && row.day >= dayOf(2026, 1, 1));
    const dates = nationalDay.map((row) => `${chinaDate(startOfChinaDay(row.day))} ${row.kind}`);
    expect(dates).toEqual([
      '2026-09-20 work',
      ...['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day} rest`),
      '2026-10-10 work',
    ]);
  });

  test('one workday from the eve of National Day 2026 ends after the holiday', () => {
    const eve = at('2026-09-30', 16 * 60);
    expect(addMinutes(calendar, 'working', eve, 390)).toBe(at('2026-10-08', 16 * 60));
  });

  test('a make-up Sunday and a make-up Saturday count as workdays, an ordinary weekend does not', () => {
    expect(minutesOf('2026-09-20')).toBe(390);
    expect(minutesOf('2026-10-10')).toBe(390);
    expect(minutesOf('2026-10-11')).toBe(0);
    expect(minutesOf('2026-10-17')).toBe(0);
  });

  test('2026 has 248 workdays', () => {
    expect(minutesBetween(calendar, 'working', at('2026-01-01', 0), at('2027-01-01', 0)) / 390).toBe(248);
  });

  test('Spring Festival 2026 and its make-up Saturdays are as announced', () => {
    expect(['2026-02-14', '2026-02-16', '2026-02-23', '2026-02-24', '2026-02-28'].map(minutesOf)).toEqual([
      390, 0, 0, 390, 390,
    ]);
  });
});

describe('a year not announced yet', () => {
  test('1 January 2027 is a holiday although the library takes it for a workday', () => {
    expect(isYearAnnounced(2027)).toBe(false);
    expect(minutesOf('2027-01-01')).toBe(0);
    expect(addMinutes(calendar, 'working', at('2026-12-31', 17 * 60), 60)).toBe(at('2027-01-04', 9 * 60));
  });

  test('only the holidays with a fixed date are known, and none of them for certain', () => {
    const guessed = chinaDays(2027, 2027);
    const dates = guessed.map((row) => chinaDate(startOfChinaDay(row.day)));
    expect(dates).toEqual(['2027-01-01', '2027-05-01', '2027-10-01', '2027-10-02', '2027-10-03']);
    expect(guessed.every((row) => row.kind === 'rest' && !row.certain)).toBe(true);
    expect(chinaDays(2026, 2026).every((row) => row.certain)).toBe(true);
  });

  test('the administrator is warned from November on, and no longer once the year is typed in', () => {
    expect(calendarWarning(at('2026-11-01', -1))).toBeNull();
    expect(calendarWarning(at('2026-11-01', 0))).toContain('2027年');
    expect(calendarWarning(at('2026-11-01', 0), (year) => year <= 2027)).toBeNull();
  });

  test('the administrator is warned all through a year that nobody typed in', () => {
    expect(calendarWarning(at('2027-03-01', 0))).toContain('2027年');
  });
});
