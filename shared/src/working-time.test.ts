import fc from 'fast-check';
import {
  chinaDate,
  chinaDay,
  chinaMinuteOfDay,
  chinaYear,
  dayOf,
  isQuiet,
  isWeekend,
  nextQuietEnd,
  minuteMs,
  startOfChinaDay,
  type Span,
} from './china-time';
import { addMinutes, dayMinutes, limitMinutes, makeCalendar, minutesBetween } from './working-time';
import type { ClockKind, ClosedPeriod, DayKind, WorkCalendar, WorkHours } from './working-time';

/** '2026-11-16 09:30' in China → epoch ms. */
function at(text: string): number {
  const [year, month, day, hours, minutes] = text.split(/[- :]/).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return startOfChinaDay(dayOf(year, month, day)) + (hours * 60 + minutes) * minuteMs;
}

const byWeekday = makeCalendar({ days: () => undefined });
const clocks: ClockKind[] = ['always', 'daytime', 'working'];

describe('days of China', () => {
  test('the date in China is eight hours ahead of UTC, all the year', () => {
    expect(chinaDate(Date.UTC(2026, 6, 31, 15, 59))).toBe('2026-07-31');
    expect(chinaDate(Date.UTC(2026, 6, 31, 16, 0))).toBe('2026-08-01');
    expect(chinaMinuteOfDay(Date.UTC(2026, 6, 31, 16, 1))).toBe(1);
    expect(chinaYear(Date.UTC(2026, 11, 31, 16))).toBe(2027);
  });

  test('every day between 1900 and 2200 has the date and weekday that UTC arithmetic gives it', () => {
    const wrong: number[] = [];
    for (let day = dayOf(1900, 1, 1); day < dayOf(2200, 1, 1); day++) {
      const date = new Date(day * 86_400_000);
      const sameDate = chinaDate(startOfChinaDay(day)) === date.toISOString().slice(0, 10);
      const sameDay = dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()) === day;
      const sameWeekend = isWeekend(day) === (date.getUTCDay() % 6 === 0);
      if (!sameDate || !sameDay || !sameWeekend) wrong.push(day);
    }
    expect(wrong).toEqual([]);
  });
});

describe('working time', () => {
  test('a limit of one workday set on Friday at 16:00 is due on Monday at 16:00', () => {
    const limit = limitMinutes(byWeekday, 'working', { days: 1 });
    expect(limit).toBe(390);
    expect(addMinutes(byWeekday, 'working', at('2026-11-13 16:00'), limit)).toBe(at('2026-11-16 16:00'));
  });

  test('the noon rest and the night do not count', () => {
    expect(addMinutes(byWeekday, 'working', at('2026-11-16 11:50'), 20)).toBe(at('2026-11-16 14:40'));
    expect(addMinutes(byWeekday, 'working', at('2026-11-16 20:00'), 60)).toBe(at('2026-11-17 09:30'));
    expect(minutesBetween(byWeekday, 'working', at('2026-11-16 12:00'), at('2026-11-16 14:30'))).toBe(0);
  });

  test('a limit that ends with the span is due at the end of that span, not at the start of the next', () => {
    expect(addMinutes(byWeekday, 'working', at('2026-11-16 16:00'), 90)).toBe(at('2026-11-16 17:30'));
    expect(addMinutes(byWeekday, 'working', at('2026-11-16 11:30'), 30)).toBe(at('2026-11-16 12:00'));
    expect(addMinutes(byWeekday, 'working', at('2026-11-14 10:00'), 390)).toBe(at('2026-11-16 17:30'));
    expect(addMinutes(byWeekday, 'daytime', at('2026-11-16 20:00'), 60)).toBe(at('2026-11-16 21:00'));
  });

  test('no time at all is due at once, also at night', () => {
    expect(addMinutes(byWeekday, 'working', at('2026-11-16 23:00'), 0)).toBe(at('2026-11-16 23:00'));
  });

  test('a budget overdrawn by half an hour ran out half an hour of work ago', () => {
    expect(addMinutes(byWeekday, 'working', at('2026-11-16 08:45'), -30)).toBe(at('2026-11-13 17:15'));
    expect(addMinutes(byWeekday, 'working', at('2026-01-01 08:30'), -390)).toBe(at('2025-12-30 17:30'));
  });

  test('特急 runs day and night, 急 from 07:00 to 21:00 every day of the week', () => {
    const saturdayEvening = at('2026-11-14 20:30');
    expect(addMinutes(byWeekday, 'always', saturdayEvening, 15)).toBe(at('2026-11-14 20:45'));
    expect(addMinutes(byWeekday, 'daytime', saturdayEvening, 120)).toBe(at('2026-11-15 08:30'));
    expect(clocks.map((clock) => dayMinutes(byWeekday, clock))).toEqual([1_440, 840, 390]);
    expect(limitMinutes(byWeekday, 'daytime', { days: 2 })).toBe(1_680);
    expect(limitMinutes(byWeekday, 'daytime', { minutes: 120 })).toBe(120);
  });

  test('a make-up Saturday counts, a holiday on Thursday does not', () => {
    const kinds = new Map<number, DayKind>([
      [dayOf(2026, 10, 1), 'rest'],
      [dayOf(2026, 10, 10), 'work'],
    ]);
    const calendar = makeCalendar({ days: (day) => kinds.get(day) });
    expect(minutesBetween(calendar, 'working', at('2026-10-01 00:00'), at('2026-10-02 00:00'))).toBe(0);
    expect(minutesBetween(calendar, 'working', at('2026-10-10 00:00'), at('2026-10-11 00:00'))).toBe(390);
  });

  test('a typhoon stops the working clock of the town, not those of urgent orders', () => {
    const closed = [{ from: at('2026-09-16 10:00'), to: at('2026-09-17 15:00') }];
    const calendar = makeCalendar({ days: () => undefined, closed });
    expect(addMinutes(calendar, 'working', at('2026-09-16 09:30'), 60)).toBe(at('2026-09-17 15:30'));
    expect(addMinutes(calendar, 'working', at('2026-09-16 09:30'), 30)).toBe(at('2026-09-16 10:00'));
    expect(addMinutes(calendar, 'daytime', at('2026-09-16 09:30'), 60)).toBe(at('2026-09-16 10:30'));
    expect(addMinutes(calendar, 'always', at('2026-09-16 09:30'), 60)).toBe(at('2026-09-16 10:30'));
  });

  test('two typhoon warnings that overlap are one', () => {
    const overlapping = [
      { from: at('2026-09-16 11:00'), to: at('2026-09-16 15:00') },
      { from: at('2026-09-16 10:00'), to: at('2026-09-16 11:30') },
      { from: at('2026-09-16 10:30'), to: at('2026-09-16 11:00') },
    ];
    const calendar = makeCalendar({ days: () => undefined, closed: overlapping });
    expect(minutesBetween(calendar, 'working', at('2026-09-16 00:00'), at('2026-09-17 00:00'))).toBe(90 + 150);
  });

  test('a calendar that makes no sense is refused', () => {
    const withHours = (working: Span[], daytime: Span = [420, 1_260]) => {
      return () => makeCalendar({ days: () => undefined, hours: { working, daytime } });
    };
    expect(withHours([])).toThrow(RangeError);
    expect(withHours([[720, 510]])).toThrow(RangeError);
    expect(
      withHours([
        [510, 720],
        [700, 800],
      ]),
    ).toThrow(RangeError);
    expect(withHours([[510, 1_500]])).toThrow(RangeError);
    expect(withHours([[510, 720]], [1_260, 420])).toThrow(RangeError);
    const closed = [{ from: 2, to: 1 }];
    expect(() => makeCalendar({ days: () => undefined, closed })).toThrow(RangeError);
    expect(() => makeCalendar({ days: () => undefined, closed: [{ from: 0, to: Infinity }] })).toThrow(RangeError);
  });

  test('a calendar without a single workday answers with an error instead of searching for ever', () => {
    const never = makeCalendar({ days: () => 'rest' });
    expect(() => addMinutes(never, 'working', at('2026-11-16 09:00'), 1)).toThrow(RangeError);
    expect(() => addMinutes(byWeekday, 'working', Number.NaN, 1)).toThrow(RangeError);
    expect(() => addMinutes(byWeekday, 'working', 0, Infinity)).toThrow(RangeError);
  });
});

describe('quiet hours', () => {
  test('it is quiet from 21:00 to 07:00, and the next morning ends it', () => {
    const quiet = ['2026-11-16 20:59', '2026-11-16 21:00', '2026-11-17 06:59', '2026-11-17 07:00'];
    expect(quiet.map((text) => isQuiet(at(text)))).toEqual([false, true, true, false]);
    expect(nextQuietEnd(at('2026-11-16 22:00'))).toBe(at('2026-11-17 07:00'));
    expect(nextQuietEnd(at('2026-11-17 06:59'))).toBe(at('2026-11-17 07:00'));
    expect(nextQuietEnd(at('2026-11-17 07:00'))).toBe(at('2026-11-18 07:00'));
  });

  test('a town may keep a noon rest, or none at all', () => {
    const noon: Span = [720, 840];
    const minutes = ['2026-11-16 11:59', '2026-11-16 12:00', '2026-11-16 13:59', '2026-11-16 14:00'];
    expect(minutes.map((text) => isQuiet(at(text), noon))).toEqual([false, true, true, false]);
    expect(minutes.map((text) => isQuiet(at(text), [0, 0]))).toEqual([false, false, false, false]);
  });
});

describe('whatever the calendar', () => {
  const firstDay = dayOf(2025, 12, 1);
  const instant = fc.integer({ min: startOfChinaDay(firstDay), max: startOfChinaDay(dayOf(2027, 2, 1)) });
  const wholeMinute = instant.map((ms) => Math.floor(ms / minuteMs) * minuteMs);
  const clock = fc.constantFrom(...clocks);
  const minutes = fc.integer({ min: 1, max: 60_000 });

  // Any quarter of an hour will do, and no day is so short that a budget would take centuries.
  const edges = (count: number) => {
    const quarters = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: count, maxLength: count });
    return quarters.map((list) => list.sort((a, b) => a - b).map((quarter) => quarter * 15));
  };
  const hours: fc.Arbitrary<WorkHours> = fc.tuple(edges(4), edges(2)).map(([work, day]) => {
    const [a, b, c, d] = work as [number, number, number, number];
    return {
      working: [
        [a, b],
        [c, d],
      ],
      daytime: day as [number, number],
    };
  });
  const closed: fc.Arbitrary<ClosedPeriod[]> = fc.array(
    fc.record({ from: wholeMinute, length: fc.integer({ min: 1, max: 7 * 1_440 }) }).map(({ from, length }) => {
      return { from, to: from + length * minuteMs };
    }),
    { maxLength: 4 },
  );
  const kinds = fc.array(fc.constantFrom<DayKind | undefined>('work', 'rest', undefined), {
    minLength: 7,
    maxLength: 20,
  });
  const settings = fc.record({ kinds: kinds.map((list) => ['work' as const, ...list]), hours, closed });

  type Settings = { kinds: (DayKind | undefined)[]; hours: WorkHours; closed: ClosedPeriod[] };
  const kindOf = (list: Settings['kinds'], day: number) => list[(day - firstDay + 36_500) % list.length];
  const calendarOf = ({ kinds: list, ...rest }: Settings): WorkCalendar => {
    return makeCalendar({ days: (day) => kindOf(list, day), ...rest });
  };
  const runs = { numRuns: 3_000 };

  test('exactly the added minutes lie between the start and the due instant, which is the earliest such instant', () => {
    const property = fc.property(settings, clock, instant, minutes, (town, kind, from, length) => {
      const calendar = calendarOf(town);
      const due = addMinutes(calendar, kind, from, length);
      expect(due).toBeGreaterThan(from);
      expect(minutesBetween(calendar, kind, from, due)).toBe(length);
      expect(minutesBetween(calendar, kind, from, due - 1)).toBeLessThan(length);
    });
    fc.assert(property, runs);
  });

  test('who starts later, or gets more, is never due earlier', () => {
    const property = fc.property(settings, clock, instant, instant, minutes, minutes, (town, kind, a, b, m, n) => {
      const calendar = calendarOf(town);
      const due = addMinutes(calendar, kind, Math.min(a, b), Math.min(m, n));
      expect(due).toBeLessThanOrEqual(addMinutes(calendar, kind, Math.max(a, b), Math.min(m, n)));
      expect(due).toBeLessThanOrEqual(addMinutes(calendar, kind, Math.min(a, b), Math.max(m, n)));
    });
    fc.assert(property, runs);
  });

  test('a way in two parts is as long as the whole, and the way back is its negative', () => {
    const property = fc.property(settings, clock, wholeMinute, wholeMinute, wholeMinute, (town, kind, a, b, c) => {
      const calendar = calendarOf(town);
      const between = (from: number, to: number) => minutesBetween(calendar, kind, from, to);
      expect(between(a, b) + between(b, c)).toBe(between(a, c));
      expect(between(b, a) + between(a, b)).toBe(0);
    });
    fc.assert(property, runs);
  });

  test('an order suspended and resumed at any instants uses up the same budget in all', () => {
    const property = fc.property(
      settings,
      clock,
      instant,
      minutes,
      fc.nat(5e9),
      fc.nat(5e9),
      (town, kind, from, budget, work, pause) => {
        const calendar = calendarOf(town);
        const suspendedAt = Math.min(from + work, addMinutes(calendar, kind, from, budget));
        const used = minutesBetween(calendar, kind, from, suspendedAt);
        const resumedAt = suspendedAt + pause;
        const due = addMinutes(calendar, kind, resumedAt, budget - used);
        expect(used + minutesBetween(calendar, kind, resumedAt, due)).toBeCloseTo(budget, 6);
        // A pause of no length changes nothing, to the millisecond.
        const atOnce = addMinutes(calendar, kind, suspendedAt, budget - used);
        expect(atOnce).toBe(addMinutes(calendar, kind, from, budget));
      },
    );
    fc.assert(property, runs);
  });

  test('an overdrawn budget leads back to the instant at which it ran out', () => {
    const property = fc.property(settings, clock, instant, minutes, minutes, (town, kind, from, budget, more) => {
      const calendar = calendarOf(town);
      const due = addMinutes(calendar, kind, from, budget);
      const later = addMinutes(calendar, kind, due, more);
      expect(addMinutes(calendar, kind, later, -more)).toBe(due);
    });
    fc.assert(property, runs);
  });

  test('counting the minutes of the clock on the wall, one by one, gives the same', () => {
    const open = (town: Settings, kind: ClockKind, from: number): boolean => {
      if (kind === 'always') return true;
      const minute = chinaMinuteOfDay(from);
      const inside = ([start, end]: Span) => minute >= start && minute < end;
      if (kind === 'daytime') return inside(town.hours.daytime);
      const day = chinaDay(from);
      const announced = kindOf(town.kinds, day) ?? (isWeekend(day) ? 'rest' : 'work');
      const stopped = town.closed.some((period) => from >= period.from && from < period.to);
      return announced === 'work' && !stopped && town.hours.working.some(inside);
    };
    const property = fc.property(
      settings,
      clock,
      wholeMinute,
      fc.integer({ min: 0, max: 5_000 }),
      (town, kind, from, length) => {
        let counted = 0;
        for (let minute = 0; minute < length; minute++) counted += open(town, kind, from + minute * minuteMs) ? 1 : 0;
        expect(minutesBetween(calendarOf(town), kind, from, from + length * minuteMs)).toBe(counted);
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });
});
