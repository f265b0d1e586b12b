import { chinaDate, chinaDay, chinaMinuteOfDay } from '@sandan/shared/china-time';

/** Times as people say them, in China's one zone. All take and give no seconds: nobody in the village counts them. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

const epoch = (iso: string): number => Date.parse(iso);

/** 9:05 */
function clock(at: number): string {
  const minutes = chinaMinuteOfDay(at);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** 今天, 明天, 后天, 昨天, 周五 (within the next six days), 11月3日, 2025年11月3日 */
function day(at: number, now: number): string {
  const ahead = chinaDay(at) - chinaDay(now);
  const near: Record<number, string> = { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' };
  const name = near[ahead];
  if (name) return name;
  if (ahead > 2 && ahead < 7) return weekdays[(((chinaDay(at) + 4) % 7) + 7) % 7]!; // 1970-01-01 was a Thursday
  return dateWords(chinaDate(at), now);
}

/** '2026-11-03' → 11月3日; 2025年11月3日 when it is not this year's */
export function dateWords(date: string, now: number): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  const sameYear = chinaDate(now).startsWith(`${year}-`);
  return `${sameYear ? '' : `${year}年`}${month}月${dayOfMonth}日`;
}

/** 2 天, 3 小时, 20 分钟: the largest unit, rounded down; at least 1 分钟. */
function span(ms: number): string {
  if (ms >= dayMs) return `${Math.floor(ms / dayMs)} 天`;
  if (ms >= hourMs) return `${Math.floor(ms / hourMs)} 小时`;
  return `${Math.max(1, Math.floor(ms / minuteMs))} 分钟`;
}

/** 还剩 2 小时; 超 1 天 */
export function dueWords(dueAt: string, now: number): string {
  const left = epoch(dueAt) - now;
  return left >= 0 ? `还剩 ${span(left)}` : `超 ${span(-left)}`;
}

export const isOverdue = (dueAt: string, now: number): boolean => epoch(dueAt) < now;

/** 今天 15:30 前 */
export const byWords = (dueAt: string, now: number): string => `${whenWords(dueAt, now)} 前`;

/** 9:05 */
export const clockWords = (at: string): string => clock(epoch(at));

/** 今天 15:30; 昨天 9:05; 11月3日 14:02 */
export const whenWords = (at: string, now: number): string => `${day(epoch(at), now)} ${clock(epoch(at))}`;

/** 周六 8:00 到 11:00; 周六 20:00 到 周日 2:00 */
export const spanWords = (from: string, to: string, now: number): string =>
  `${whenWords(from, now)} 到 ${chinaDay(epoch(from)) === chinaDay(epoch(to)) ? clock(epoch(to)) : whenWords(to, now)}`;

/** 明天; 11月3日 */
export const dayWords = (at: string, now: number): string => day(epoch(at), now);

/** 刚刚; 3 分钟前; 2 小时前 (today only); otherwise the day and time. */
export function agoWords(at: string, now: number): string {
  const passed = now - epoch(at);
  if (passed < minuteMs) return '刚刚';
  if (passed < hourMs || chinaDay(epoch(at)) === chinaDay(now)) return `${span(passed)}前`;
  return whenWords(at, now);
}

/** 上午好, 下午好 … by the clock in China. */
export function greeting(now: number): string {
  const hour = Math.floor(chinaMinuteOfDay(now) / 60);
  if (hour < 5) return '夜深了';
  if (hour < 9) return '早上好';
  if (hour < 12) return '上午好';
  if (hour < 14) return '中午好';
  return hour < 18 ? '下午好' : '晚上好';
}
