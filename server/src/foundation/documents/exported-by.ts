import { chinaDate, chinaMinuteOfDay, clockWords } from '@sandan/shared/china-time';
import type { Caller } from '../access/caller';

/** 2026 年 3 月 1 日, of an instant, in China. */
export function dayWords(at: Date): string {
  const [year, month, day] = chinaDate(at.getTime()).split('-').map(Number);
  return `${year} 年 ${month} 月 ${day} 日`;
}

/** 17:05, of an instant, in China. */
export const timeWords = (at: Date): string => clockWords(chinaMinuteOfDay(at.getTime()));

/** 由何国栋于 2026 年 11 月 22 日 17:05 导出，仅供工作使用，不得外传: on every paper that is not for the public. */
export const exportedBy = ({ name, now }: Pick<Caller, 'name' | 'now'>): string =>
  `由${name}于 ${dayWords(now)} ${timeWords(now)} 导出，仅供工作使用，不得外传`;
