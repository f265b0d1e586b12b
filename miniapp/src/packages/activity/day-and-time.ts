import { chinaDate, chinaMinuteOfDay } from '@sandan/shared/china-time';
import type { DayAndTime } from '../../ui/date-fields';

const two = (part: number): string => String(part).padStart(2, '0');

/** An instant as the two fields in which it is asked. */
export function partsOf(instant: string): DayAndTime {
  const minutes = chinaMinuteOfDay(Date.parse(instant));
  return { date: chinaDate(Date.parse(instant)), time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}
