import type { ReplyFrom } from '../../lib/endpoints';
import { dayWords } from '../../lib/time-words';

export type LinkedHousehold = ReplyFrom<'visits.households'>['households'][number];
export type Visit = ReplyFrom<'visits.mine'>['items'][number];

/** 王*英家，12号 */
export const householdTitle = ({ name, door }: Pick<LinkedHousehold, 'name' | 'door'>): string =>
  [name === null ? null : `${name}家`, door].filter((part) => part !== null).join('，') || '这一户';

/** 2026-09-30 → 9月30日 */
export function dayOfMonth(day: string): string {
  const [, month, date] = day.split('-').map(Number);
  return `${month}月${date}日`;
}

/** When somebody was there last, and until when it is somebody's turn. */
export function standingWords(
  { lastVisitAt, lastResultName, tries, dueOn, due }: LinkedHousehold,
  now: number,
): string {
  const last = lastVisitAt === null ? '还没走访过' : `${dayWords(lastVisitAt, now)}${lastResultName ?? ''}`;
  const tried = tries > 0 ? `${tries} 次没人在家` : null;
  const until = due === 'overdue' ? `该在${dayOfMonth(dueOn)}前` : `${dayOfMonth(dueOn)}前再去`;
  return [last, tried, until].filter((part) => part !== null).join('，');
}

export const dueTags = {
  overdue: { colour: 'overdue', words: '超过时间' },
  due: { colour: 'open', words: '本月该去' },
  later: { colour: 'done', words: '去过了' },
} as const;
