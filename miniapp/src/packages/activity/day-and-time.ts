import { chinaDate, chinaMinuteOfDay, clockWords } from '@sandan/shared/china-time';
import type { DayAndTime } from '../../ui/date-fields';

/** An instant as the two fields in which it is asked. */
export function partsOf(instant: string): DayAndTime {
  const at = Date.parse(instant);
  return { date: chinaDate(at), time: clockWords(chinaMinuteOfDay(at)) };
}
