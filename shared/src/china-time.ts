/**
 * Days and times of day in China. It has one zone (UTC+8) without summer time, so they are plain arithmetic on epoch
 * milliseconds: no Intl, no Date, no library. A China day is numbered like the epoch: day 0 is 1970-01-01 in China.
 */

export const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const chinaOffsetMs = 480 * minuteMs;

const twoDigits = (part: number): string => String(part).padStart(2, '0');

/** A part of a day, from–to in minutes after midnight in China. */
export type Span = readonly [from: number, to: number];

/** Minutes after midnight. */
export const clockTime = (hours: number, minutes = 0): number => hours * 60 + minutes;

/** 09:05, of minutes after midnight: the other way round. */
export const clockWords = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map(twoDigits).join(':');

/** 免打扰: from the evening into the morning, hence from > to. */
export const defaultQuiet: Span = [clockTime(21), clockTime(7)];

export const chinaDay = (at: number): number => Math.floor((at + chinaOffsetMs) / dayMs);
export const startOfChinaDay = (day: number): number => day * dayMs - chinaOffsetMs;
export const chinaMinuteOfDay = (at: number): number => Math.floor((at - startOfChinaDay(chinaDay(at))) / minuteMs);
export const chinaYear = (at: number): number => civilDate(chinaDay(at)).year;

/** Saturday or Sunday; whether it is a day of rest is for the announced calendar to say. */
export function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
  return weekday === 0 || weekday === 6;
}

/** 'YYYY-MM-DD' of the China day in which the instant lies. */
export function chinaDate(at: number): string {
  const { year, month, day } = civilDate(chinaDay(at));
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

// The Gregorian rules, with years that begin in March so that the leap day comes last.
// 719,468 days lie between 1 March of year 0 and the epoch; 146,097 days make 400 years.

/** Day number of a date; months are 1–12. */
export function dayOf(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function civilDate(dayNumber: number): { year: number; month: number; day: number } {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Is it quiet hours? Messages that are not emergencies wait until they are over. */
export function isQuiet(at: number, [from, to]: Span = defaultQuiet): boolean {
  const minute = chinaMinuteOfDay(at);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The next instant after `at` at which quiet hours are over: later today, else tomorrow. */
export function nextQuietEnd(at: number, [, to]: Span = defaultQuiet): number {
  const today = startOfChinaDay(chinaDay(at)) + to * minuteMs;
  return today > at ? today : today + dayMs;
}
