import {
  agoWords,
  byWords,
  dateWords,
  dayWords,
  dueWords,
  greeting,
  isOverdue,
  spanWords,
  whenWords,
} from './time-words';

/** An instant in China time. */
const china = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const iso = (text: string): string => new Date(china(text)).toISOString();

const sunday = china('2026-11-22 13:12');

test('what is left is told in the largest unit, rounded down', () => {
  expect(dueWords(iso('2026-11-22 15:30'), sunday)).toBe('还剩 2 小时');
  expect(dueWords(iso('2026-11-22 13:40'), sunday)).toBe('还剩 28 分钟');
  expect(dueWords(iso('2026-11-24 13:12'), sunday)).toBe('还剩 2 天');
  expect(dueWords(iso('2026-11-22 13:12'), sunday)).toBe('还剩 1 分钟');
});

test('what is late says by how much', () => {
  expect(dueWords(iso('2026-11-21 13:12'), sunday)).toBe('超 1 天');
  expect(dueWords(iso('2026-11-22 13:11'), sunday)).toBe('超 1 分钟');
  expect(isOverdue(iso('2026-11-22 13:11'), sunday)).toBe(true);
  expect(isOverdue(iso('2026-11-22 13:12'), sunday)).toBe(false);
});

test('a time limit is said by day and clock', () => {
  expect(byWords(iso('2026-11-22 15:30'), sunday)).toBe('今天 15:30 前');
  expect(byWords(iso('2026-11-23 09:05'), sunday)).toBe('明天 9:05 前');
  expect(byWords(iso('2026-11-24 18:00'), sunday)).toBe('后天 18:00 前');
  expect(byWords(iso('2026-11-27 18:00'), sunday)).toBe('周五 18:00 前');
  expect(byWords(iso('2026-11-29 18:00'), sunday)).toBe('11月29日 18:00 前');
});

test('the day changes at midnight in China, not in Greenwich', () => {
  expect(whenWords(iso('2026-11-22 00:01'), sunday)).toBe('今天 0:01');
  expect(whenWords(iso('2026-11-21 23:59'), sunday)).toBe('昨天 23:59');
});

test('from and to of one day name it once', () => {
  expect(spanWords(iso('2026-11-28 08:00'), iso('2026-11-28 11:30'), sunday)).toBe('周六 8:00 到 11:30');
  expect(spanWords(iso('2026-11-28 20:00'), iso('2026-11-29 02:00'), sunday)).toBe('周六 20:00 到 11月29日 2:00');
});

test('another year is said', () => {
  expect(dayWords(iso('2025-11-03 08:00'), sunday)).toBe('2025年11月3日');
  expect(dayWords(iso('2026-11-03 08:00'), sunday)).toBe('11月3日');
  expect(dateWords('2026-08-04', sunday)).toBe('8月4日');
  expect(dateWords('2025-11-22', sunday)).toBe('2025年11月22日');
});

test('what has just happened is told by how long ago', () => {
  expect(agoWords(iso('2026-11-22 13:12'), sunday)).toBe('刚刚');
  expect(agoWords(iso('2026-11-22 13:09'), sunday)).toBe('3 分钟前');
  expect(agoWords(iso('2026-11-22 09:00'), sunday)).toBe('4 小时前');
  expect(agoWords(iso('2026-11-21 20:00'), sunday)).toBe('昨天 20:00');
  expect(agoWords(iso('2026-11-21 23:50'), china('2026-11-22 00:10'))).toBe('20 分钟前');
});

test('the greeting goes by the clock in China', () => {
  expect(greeting(china('2026-11-22 07:30'))).toBe('早上好');
  expect(greeting(sunday)).toBe('中午好');
  expect(greeting(china('2026-11-22 17:59'))).toBe('下午好');
  expect(greeting(china('2026-11-22 21:00'))).toBe('晚上好');
});
