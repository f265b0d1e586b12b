import { promiseTimes } from './promise-times';

const china = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const promised = (now: string) =>
  promiseTimes(china(now)).map(({ words, at }) =>
    at === null ? words : `${words} ${new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16)}`,
  );

test('on a Tuesday morning one may promise today by six, tomorrow, the weekend, or a time of one’s own', () => {
  expect(promised('2026-09-15 09:00')).toEqual([
    '今天 2026-09-15T18:00',
    '明天 2026-09-16T18:00',
    '周末 2026-09-20T18:00',
    '约时间',
  ]);
});

test('late in the afternoon 今天 means by nine, at night it is not offered', () => {
  expect(promised('2026-09-15 17:30')[0]).toBe('今天 2026-09-15T21:00');
  expect(promised('2026-09-15 20:30')[0]).toBe('明天 2026-09-16T18:00');
});

test('on a weekend day the weekend is the next one', () => {
  expect(promised('2026-09-19 09:00')[2]).toBe('下周末 2026-09-27T18:00');
  expect(promised('2026-09-20 09:00')[2]).toBe('下周末 2026-09-27T18:00');
});
