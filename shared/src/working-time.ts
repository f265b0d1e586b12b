/**
 * Working time (domain.md §4, decisions.md §3.6): when a limit runs out, and how much of it was used.
 *
 * Instants are epoch milliseconds, lengths are minutes (fractions allowed; everything is exact to the millisecond).
 *
 * A due instant is the *earliest* instant at which the minutes are used up. A limit that ends with the working day is
 * therefore due at 17:30, not at 08:30 of the next workday, although no working time lies between the two.
 */
import { chinaYear, clockTime, dayOf, isWeekend, minuteMs, startOfChinaDay, type Span } from './china-time';

/** `always` for 特急; `daytime` for 急, every day; `working` for 一般 and 可排期, hours of work on workdays. */
export type ClockKind = 'always' | 'daytime' | 'working';

export interface WorkHours {
  readonly working: readonly Span[];
  readonly daytime: Span;
}

/** A typhoon day or any other time in which the town does not work (epoch ms); it stops the `working` clock only. */
export interface ClosedPeriod {
  readonly from: number;
  readonly to: number;
}

export type DayKind = 'work' | 'rest';

/** A limit as people say it: minutes, or standard days of the clock it runs on (2 工作日, 2 天). */
export type Limit = { readonly minutes: number } | { readonly days: number };

export interface WorkCalendar {
  readonly hours: WorkHours;
  /** @throws RangeError outside 1970–2200: a calendar that never opens again is a wrong setting, not a long wait. */
  timetable(clock: RunningClock, year: number): Timetable;
}

type RunningClock = Exclude<ClockKind, 'always'>;

/** The open spans of one China year: their starts, and the open ms before each of them (one entry more: the total). */
interface Timetable {
  readonly starts: Float64Array;
  readonly openBefore: Float64Array;
  readonly total: number;
}

export const defaultHours: WorkHours = {
  working: [
    [clockTime(8, 30), clockTime(12)],
    [clockTime(14, 30), clockTime(17, 30)],
  ],
  daytime: [clockTime(7), clockTime(21)],
};

/**
 * The calendar of one town. `days` answers for a China day number; undefined means "go by the day of the week".
 * @throws RangeError when the hours or the closed periods make no sense
 */
export function makeCalendar(settings: {
  days: (day: number) => DayKind | undefined;
  hours?: WorkHours;
  closed?: readonly ClosedPeriod[];
}): WorkCalendar {
  const { days, hours = defaultHours } = settings;
  const closed = [...(settings.closed ?? [])].sort((a, b) => a.from - b.from);
  checkSpans(hours.working);
  checkSpans([hours.daytime]);
  checkClosed(closed);

  const isWorkday = (day: number): boolean => (days(day) ?? (isWeekend(day) ? 'rest' : 'work')) === 'work';
  const build: Record<RunningClock, (year: number) => Timetable> = {
    daytime: (year) => buildTimetable(year, () => [hours.daytime], []),
    working: (year) => buildTimetable(year, (day) => (isWorkday(day) ? hours.working : []), closed),
  };
  const built: Record<RunningClock, Map<number, Timetable>> = { daytime: new Map(), working: new Map() };
  return {
    hours,
    timetable(clock, year) {
      const known = built[clock].get(year);
      if (known) return known;
      if (!(year >= 1970 && year <= 2200)) throw new RangeError(`no ${clock} time to be found in the year ${year}`);
      const timetable = build[clock](year);
      built[clock].set(year, timetable);
      return timetable;
    },
  };
}

/**
 * The instant at which `minutes` more are used up on this clock, counted from `from`. Zero minutes answer `from`
 * itself; a negative number (a budget overdrawn before it was paused) answers when it ran out.
 */
export function addMinutes(calendar: WorkCalendar, clock: ClockKind, from: number, minutes: number): number {
  if (!Number.isFinite(from) || !Number.isFinite(minutes)) throw new RangeError(`cannot add ${minutes} min to ${from}`);
  const length = Math.round(minutes * minuteMs);
  if (clock === 'always' || length === 0) return from + length;

  let year = chinaYear(from);
  let timetable = calendar.timetable(clock, year);
  let position = openUpTo(timetable, from) + length;
  while (position <= 0) {
    timetable = calendar.timetable(clock, --year);
    position += timetable.total;
  }
  while (position > timetable.total) {
    position -= timetable.total;
    timetable = calendar.timetable(clock, ++year);
  }
  return instantAt(timetable, position);
}

/** Minutes of this clock between two instants; negative when `to` lies before `from`. */
export function minutesBetween(calendar: WorkCalendar, clock: ClockKind, from: number, to: number): number {
  if (clock === 'always') return (to - from) / minuteMs;
  const [fromYear, toYear] = [chinaYear(from), chinaYear(to)];
  let open = openUpTo(calendar.timetable(clock, toYear), to) - openUpTo(calendar.timetable(clock, fromYear), from);
  for (let year = fromYear; year < toYear; year++) open += calendar.timetable(clock, year).total;
  for (let year = toYear; year < fromYear; year++) open -= calendar.timetable(clock, year).total;
  return open / minuteMs;
}

/** Minutes of one standard day of the clock: 1440, the daytime (840), or the hours of work (390). */
export function dayMinutes(calendar: WorkCalendar, clock: ClockKind): number {
  if (clock === 'always') return 1_440;
  const spans = clock === 'daytime' ? [calendar.hours.daytime] : calendar.hours.working;
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}

export function limitMinutes(calendar: WorkCalendar, clock: ClockKind, limit: Limit): number {
  return 'minutes' in limit ? limit.minutes : limit.days * dayMinutes(calendar, clock);
}

function buildTimetable(
  year: number,
  spansOf: (day: number) => readonly Span[],
  closed: readonly ClosedPeriod[],
): Timetable {
  const starts: number[] = [];
  const openBefore = [0];
  let total = 0;
  for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day++) {
    const midnight = startOfChinaDay(day);
    for (const [from, to] of spansOf(day)) {
      for (const part of openParts(midnight + from * minuteMs, midnight + to * minuteMs, closed)) {
        starts.push(part.from);
        openBefore.push((total += part.to - part.from));
      }
    }
  }
  return { starts: Float64Array.from(starts), openBefore: Float64Array.from(openBefore), total };
}

/** What the closed periods (sorted by their beginning, may overlap) leave open of a span. */
function openParts(from: number, to: number, closed: readonly ClosedPeriod[]): ClosedPeriod[] {
  const parts: ClosedPeriod[] = [];
  let start = from;
  for (const pause of closed) {
    if (pause.to <= start) continue;
    if (pause.from >= to) break;
    if (pause.from > start) parts.push({ from: start, to: pause.from });
    start = pause.to;
  }
  if (start < to) parts.push({ from: start, to });
  return parts;
}

/** Open ms from the beginning of the year up to an instant. */
function openUpTo({ starts, openBefore }: Timetable, at: number): number {
  const span = countBelow(starts, at) - 1;
  return span < 0 ? 0 : Math.min(read(openBefore, span) + at - read(starts, span), read(openBefore, span + 1));
}

/** The earliest instant at which so many ms (more than none, at most the total) were open. */
function instantAt({ starts, openBefore }: Timetable, position: number): number {
  const span = countBelow(openBefore, position) - 1;
  return read(starts, span) + position - read(openBefore, span);
}

/** How many of the ascending values lie below the limit. */
function countBelow(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (read(values, middle) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The searches above only ask for places that exist; the compiler cannot know.
const read = (values: Float64Array, index: number): number => values[index] as number;

function checkSpans(spans: readonly Span[]): void {
  if (spans.length === 0) throw new RangeError('a town without hours of work has no working time');
  let last = 0;
  for (const [from, to] of spans) {
    const rising = Number.isInteger(from) && Number.isInteger(to) && last <= from && from < to && to <= 1_440;
    if (!rising) throw new RangeError(`hours must be rising spans of a day, in minutes: ${JSON.stringify(spans)}`);
    last = to;
  }
}

function checkClosed(closed: readonly ClosedPeriod[]): void {
  const wrong = closed.find(({ from, to }) => !Number.isFinite(from) || !Number.isFinite(to) || from >= to);
  if (wrong) throw new RangeError(`a closed period needs a beginning and a later end: ${wrong.from}–${wrong.to}`);
}
