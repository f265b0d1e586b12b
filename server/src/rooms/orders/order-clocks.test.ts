import { chinaDate, chinaMinuteOfDay, defaultQuiet } from '@sandan/shared/china-time';
import type { Urgency } from '@sandan/shared/orders/order.words';
import { makeCalendar } from '@sandan/shared/working-time';
import type { CategoryRule, TownRule } from '../../foundation/reference/reference';
import {
  extendClock,
  nextAlarm,
  resumeClock,
  startClock,
  stopClock,
  type ClockBasis,
  type ClockName,
} from './order-clocks';

const town: TownRule = {
  calendar: makeCalendar({ days: () => undefined }),
  quiet: defaultQuiet,
  digests: [8 * 60, 14 * 60],
  inspectionPercent: 5,
  dutyPhone: null,
  vacantAfterDays: 14,
  reviewSamplePercent: 2,
  complaintsToHide: 3,
};
const basis = (urgency: Urgency, at: string, category: Partial<CategoryRule> = {}): ClockBasis => ({
  ...{ thingId: 'thing', aggregateId: 'order', townId: 'town', urgency, town },
  category: { urgency: 'normal', limits: {}, ...category } as CategoryRule,
  now: inChina(at),
});
const inChina = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const said = (at: Date | null): string | null => {
  if (at === null) return null;
  const minute = chinaMinuteOfDay(at.getTime());
  const two = (part: number) => String(part).padStart(2, '0');
  return `${chinaDate(at.getTime())} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
};

/** domain.md §4, row by row, from a Tuesday at nine. */
test.each<[Urgency, Record<'study' | 'claim' | 'contact' | 'handle', string>]>([
  ['emergency', { study: '09-15 09:15', claim: '09-15 09:15', contact: '09-15 09:30', handle: '09-16 09:00' }],
  ['urgent', { study: '09-15 11:00', claim: '09-15 11:00', contact: '09-15 13:00', handle: '09-17 09:00' }],
  ['normal', { study: '09-16 09:00', claim: '09-16 09:00', contact: '09-16 09:00', handle: '09-22 09:00' }],
  ['planned', { study: '09-17 09:00', claim: '09-18 09:00', contact: '09-18 09:00', handle: '10-13 09:00' }],
])('%s: to study, to claim, to make contact, to handle', (urgency, limits) => {
  for (const [kind, due] of Object.entries(limits)) {
    expect(said(startClock(kind as ClockName, basis(urgency, '2026-09-15 09:00')).dueAt)).toBe(`2026-${due}`);
  }
});

test('特急 runs day and night, 急 by day, 一般 in hours of work', () => {
  const due = (urgency: Urgency, at: string) => said(startClock('study', basis(urgency, at)).dueAt);
  expect(due('emergency', '2026-09-15 23:50')).toBe('2026-09-16 00:05');
  expect(due('urgent', '2026-09-15 20:00')).toBe('2026-09-16 08:00');
  expect(due('normal', '2026-09-18 17:00')).toBe('2026-09-21 17:00');
});

test('a category’s own limit is for its own urgency', () => {
  const lamp = { limits: { handle: { days: 3 } } };
  expect(said(startClock('handle', basis('normal', '2026-09-15 09:00', lamp)).dueAt)).toBe('2026-09-18 09:00');
  expect(said(startClock('handle', basis('emergency', '2026-09-15 09:00', lamp)).dueAt)).toBe('2026-09-16 09:00');
});

test('stopped and resumed it goes on with what was left; overdrawn it is due already', () => {
  const started = startClock('study', basis('normal', '2026-09-15 09:00'));
  const stopped = stopClock(started, town, inChina('2026-09-15 11:00'));
  expect(stopped).toMatchObject({ usedMinutes: 120, runningSince: null, dueAt: null, nextAt: null });
  const resumed = resumeClock(stopped, basis('normal', '2026-09-17 09:00'));
  // Half past two follows noon: 270 minutes are left, 180 of them before the break.
  expect(said(resumed.dueAt)).toBe('2026-09-17 16:00');
  const late = stopClock(started, town, inChina('2026-09-16 11:00'));
  expect(said(resumeClock(late, basis('normal', '2026-09-17 11:00')).dueAt)).toBe('2026-09-17 09:00');
  expect(stopClock(stopped, town, inChina('2026-09-18 09:00')).usedMinutes).toBe(120);
});

test('extended by as much as was granted', () => {
  const started = startClock('handle', basis('urgent', '2026-09-15 09:00'));
  expect(said(extendClock(started, basis('urgent', '2026-09-16 09:00'), 120).dueAt)).toBe('2026-09-17 11:00');
});

describe('when the worker looks again', () => {
  const alarms = (kind: ClockName, urgency: Urgency, at: string, times: number) => {
    const started = startClock(kind, basis(urgency, at));
    return Array.from({ length: times }, (_, rung) => said(nextAlarm({ ...started, rung }, town, urgency)));
  };

  test('at half time, when it is due, then daily', () => {
    expect(alarms('handle', 'urgent', '2026-09-15 09:00', 4)).toEqual([
      '2026-09-16 09:00',
      '2026-09-17 09:00',
      '2026-09-18 09:00',
      '2026-09-19 09:00',
    ]);
  });

  test('in quiet hours it waits for the morning, but not in an emergency', () => {
    expect(alarms('feedback', 'normal', '2026-09-15 22:30', 3)).toEqual([
      '2026-09-19 07:00',
      '2026-09-21 07:00',
      '2026-09-23 07:00',
    ]);
    expect(alarms('study', 'emergency', '2026-09-15 23:00', 2)).toEqual(['2026-09-15 23:07', '2026-09-15 23:15']);
  });

  test('an answer is asked for after three days, by phone after five, closed after seven', () => {
    expect(alarms('feedback', 'normal', '2026-09-15 10:00', 5)).toEqual([
      '2026-09-18 10:00',
      '2026-09-20 10:00',
      '2026-09-22 10:00',
      '2026-09-23 10:00',
      '2026-09-24 10:00',
    ]);
  });

  test('a clock that stands still rings for nobody', () => {
    const stopped = stopClock(
      startClock('study', basis('normal', '2026-09-15 09:00')),
      town,
      inChina('2026-09-15 10:00'),
    );
    expect(nextAlarm(stopped, town, 'normal')).toBeNull();
  });
});
