import { chinaDate } from '@sandan/shared/china-time';
import { Problem } from '@sandan/shared/problems';

/** A day to be kept (`2026-09-30`) is today or later in China. */
export function checkNotPast(day: string | undefined, now: Date, field: string): void {
  if (day !== undefined && day < chinaDate(now.getTime()))
    throw new Problem('request.bad-input', { fields: { [field]: '日期要在今天或以后' } });
}

const halfYear = 180 * 24 * 60 * 60_000;

/** 约定的时间 lies ahead, and not so far that nobody waits for it: no order rests longer than that either (挂起 ≤ 180 天). */
export function checkPromise(promisedAt: Date, now: Date): void {
  if (promisedAt <= now) throw new Problem('task.promise-past', { fields: { promisedAt: '约定的时间要在现在以后' } });
  if (promisedAt.getTime() - now.getTime() > halfYear)
    throw new Problem('task.promise-too-far', { fields: { promisedAt: '约定的时间要在 180 天以内' } });
}
