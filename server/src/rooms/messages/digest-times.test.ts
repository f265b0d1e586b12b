import { clockTime } from '@sandan/shared/china-time';
import { makeCalendar } from '@sandan/shared/working-time';
import { nextDigest, type Digest } from './digest-times';

const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const dayOf = (text: string): number => Math.floor((at(`${text} 00:00`) + 8 * 3_600_000) / 86_400_000);
/** 国庆: 1 to 7 October rest; the Saturday after is worked for it. 2026-09-14 is a Monday. */
const holiday = new Map([
  ...[1, 2, 3, 4, 5, 6, 7].map((day) => [dayOf(`2026-10-0${day}`), 'rest'] as const),
  [dayOf('2026-10-10'), 'work'] as const,
]);
const calendar = makeCalendar({ days: (day) => holiday.get(day) });
const town = { calendar, digests: [clockTime(8), clockTime(14)], quiet: [clockTime(21), clockTime(7)] as const };
const next = (digest: Digest, from: string, rules = town): string =>
  new Date(nextDigest(digest, at(from), rules) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

test.each([
  ['desk', '2026-09-15 07:59', '2026-09-15 08:00'],
  ['desk', '2026-09-15 08:00', '2026-09-15 14:00'],
  ['desk', '2026-09-15 23:30', '2026-09-16 08:00'],
  ['desk', '2026-09-18 14:01', '2026-09-21 08:00'], // Friday afternoon → Monday
  ['overdue', '2026-09-15 09:00', '2026-09-16 08:00'],
  ['desk', '2026-09-30 14:01', '2026-10-08 08:00'], // over 国庆
  ['desk', '2026-10-09 20:00', '2026-10-10 08:00'], // the Saturday is worked
  ['promises', '2026-09-14 08:00', '2026-09-21 08:00'],
  ['promises', '2026-10-01 09:00', '2026-10-08 08:00'], // Monday to Wednesday rest: the week begins on Thursday
] as const)('%s after %s is told at %s', (digest, from, told) => expect(next(digest, from)).toBe(told));

test('a digest that falls into quiet hours waits for their end; a closed town is told when it works again', () => {
  const late = { ...town, quiet: [clockTime(20), clockTime(9)] as const };
  expect(next('desk', '2026-09-15 07:00', late)).toBe('2026-09-15 09:00');
  const typhoon = [{ from: at('2026-09-15 00:00'), to: at('2026-09-17 00:00') }];
  const closed = { ...town, calendar: makeCalendar({ days: () => undefined, closed: typhoon }) };
  expect(next('desk', '2026-09-15 07:00', closed)).toBe('2026-09-17 08:00');
});
