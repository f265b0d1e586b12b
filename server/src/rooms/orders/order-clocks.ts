import type { Urgency } from '@sandan/shared/orders/order.words';
import { isQuiet, nextQuietEnd } from '@sandan/shared/china-time';
import { addMinutes, limitMinutes, minutesBetween, type ClockKind, type Limit } from '@sandan/shared/working-time';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import type { CategoryRule, TownRule } from '../../foundation/reference/reference';

/** domain.md §4: how time runs by urgency. */
export const clockByUrgency: Record<Urgency, ClockKind> = {
  emergency: 'always',
  urgent: 'daytime',
  normal: 'working',
  planned: 'working',
};

type StepLimits = Record<'study' | 'claim' | 'contact' | 'handle', Limit>;

const limitsByUrgency: Record<Urgency, StepLimits> = {
  emergency: { study: { minutes: 15 }, claim: { minutes: 15 }, contact: { minutes: 30 }, handle: { minutes: 24 * 60 } },
  urgent: { study: { minutes: 120 }, claim: { minutes: 120 }, contact: { minutes: 240 }, handle: { days: 2 } },
  normal: { study: { days: 1 }, claim: { days: 1 }, contact: { days: 1 }, handle: { days: 5 } },
  planned: { study: { days: 2 }, claim: { days: 3 }, contact: { days: 3 }, handle: { days: 20 } },
};

/** Clocks of an order, then of a task. */
export type OrderClock =
  'study' | 'dispatch' | 'asking' | 'resume' | 'verify' | 'feedback' | 'review' | 'window' | 'fault';
export type TaskClock = 'claim' | 'contact' | 'handle';
export type ClockName = OrderClock | TaskClock;

const calendarDay = 24 * 60;
/** Clocks that do not depend on the urgency: [how it runs, its limit]. */
const fixedLimits: Partial<Record<ClockName, readonly [ClockKind, Limit]>> = {
  asking: ['always', { minutes: 5 * calendarDay }],
  verify: ['working', { days: 1 }],
  feedback: ['always', { minutes: 7 * calendarDay }],
  review: ['working', { days: 10 }],
  window: ['always', { minutes: 15 * calendarDay }],
  fault: ['working', { days: 5 }],
};

/** 5 working days to object to a refusal (domain.md §3.2 `object`). */
export const objectionLimit: readonly [ClockKind, Limit] = ['working', { days: 5 }];

/** What a clock is set by. */
export interface ClockBasis {
  thingId: string;
  aggregateId: string;
  townId: string | null;
  urgency: Urgency;
  category: CategoryRule;
  town: TownRule;
  now: Date;
}

export function limitOf(kind: ClockName, urgency: Urgency, category: CategoryRule): readonly [ClockKind, Limit] {
  const fixed = fixedLimits[kind];
  if (fixed) return fixed;
  const clock = clockByUrgency[urgency];
  const limits = limitsByUrgency[urgency];
  // A category's own limit is meant for its own urgency: a lamp that has become an emergency has 24 hours, not 3 days.
  const own = urgency === category.urgency ? category.limits : {};
  if (kind === 'handle') return [clock, own.handle ?? limits.handle];
  if (kind === 'contact') return [clock, own.contact ?? limits.contact];
  if (kind === 'claim') return [clock, limits.claim];
  return [clock, limits.study];
}

/** A clock that starts now with its whole limit. */
export function startClock(kind: ClockName, basis: ClockBasis, factor = 1): DueWork {
  const [clock, limit] = limitOf(kind, basis.urgency, basis.category);
  const minutes = limitMinutes(basis.town.calendar, clock, limit) * factor;
  return running({ ...bare(kind, basis), clock, limitMinutes: minutes, usedMinutes: 0 }, basis);
}

/** A clock that ends at a given instant (挂起到 …). */
export function clockUntil(kind: ClockName, basis: ClockBasis, at: Date): DueWork {
  return {
    ...bare(kind, basis),
    clock: 'always',
    limitMinutes: Math.max(0, (at.getTime() - basis.now.getTime()) / 60_000),
    usedMinutes: 0,
    runningSince: basis.now,
    dueAt: at,
    nextAt: at,
  };
}

/** Stops it and keeps what was used, so that it can go on later. A clock that does not run stays as it is. */
export function stopClock(row: DueWork, town: TownRule, now: Date): DueWork {
  if (!row.runningSince) return { ...row, dueAt: null, nextAt: null };
  const since = minutesBetween(town.calendar, row.clock as ClockKind, row.runningSince.getTime(), now.getTime());
  return { ...row, usedMinutes: row.usedMinutes + since, runningSince: null, dueAt: null, nextAt: null };
}

/** Goes on with what was left. */
export const resumeClock = (row: DueWork, basis: ClockBasis): DueWork => running(row, basis);

/** More minutes on a running clock (延期). */
export function extendClock(row: DueWork, basis: ClockBasis, minutes: number): DueWork {
  const stopped = stopClock(row, basis.town, basis.now);
  return running({ ...stopped, limitMinutes: row.limitMinutes + minutes, rung: 0 }, basis);
}

const bare = (kind: ClockName, basis: ClockBasis): DueWork => ({
  thingId: basis.thingId,
  kind,
  aggregateId: basis.aggregateId,
  townId: basis.townId,
  clock: 'always',
  limitMinutes: 0,
  usedMinutes: 0,
  runningSince: null,
  dueAt: null,
  nextAt: null,
  rung: 0,
  leasedUntil: null,
  attempts: 0,
  error: null,
});

function running(row: DueWork, basis: ClockBasis): DueWork {
  const from = basis.now.getTime();
  const due = addMinutes(basis.town.calendar, row.clock as ClockKind, from, row.limitMinutes - row.usedMinutes);
  const started = { ...row, runningSince: basis.now, dueAt: new Date(due) };
  return { ...started, nextAt: nextAlarm(started, basis.town, basis.urgency) };
}

const day = calendarDay * 60_000;

/**
 * When the worker looks again: at half time, at the due moment, then daily; never in quiet hours unless it is an
 * emergency. Feedback reminds on day 3, goes to the call list on day 5 and closes on day 7.
 */
export function nextAlarm(row: DueWork, town: TownRule, urgency: Urgency): Date | null {
  if (!row.dueAt || !row.runningSince) return null;
  const at = alarmAt(row, town, row.runningSince.getTime(), row.dueAt.getTime());
  const shifted = urgency !== 'emergency' && isQuiet(at, town.quiet) ? nextQuietEnd(at, town.quiet) : at;
  return new Date(shifted);
}

function alarmAt(row: DueWork, town: TownRule, since: number, due: number): number {
  if (row.kind === 'feedback')
    return Math.min(due, since + ([3, 5][row.rung] ?? 7) * day) + Math.max(0, row.rung - 2) * day;
  if (row.kind === 'asking') return due + row.rung * day;
  const remindsAtHalf = !['resume', 'window', 'fault'].includes(row.kind);
  if (!remindsAtHalf) return due + row.rung * day;
  if (row.rung === 0) {
    const left = row.limitMinutes - row.usedMinutes;
    return addMinutes(town.calendar, row.clock as ClockKind, since, left / 2);
  }
  return due + Math.max(0, row.rung - 1) * day;
}
