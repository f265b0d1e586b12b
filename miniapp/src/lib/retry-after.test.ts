import { retryAfterMs } from './retry-after';

const now = Date.parse('2026-09-15T01:00:00Z');

test.each([
  ['seconds', { 'Retry-After': '7' }, 7_000],
  ['a number, under any case', { 'retry-after': 7 }, 7_000],
  ['a date', { 'Retry-After': 'Tue, 15 Sep 2026 01:00:30 GMT' }, 30_000],
  ['a date that has passed', { 'Retry-After': 'Tue, 15 Sep 2026 00:00:00 GMT' }, 0],
  ['more than an hour', { 'Retry-After': '86400' }, 3_600_000],
  ['nonsense', { 'Retry-After': 'soon' }, null],
  ['nothing', { Date: 'Tue, 15 Sep 2026 01:00:00 GMT' }, null],
])('the server asks for %s', (_, headers, wait) => {
  expect(retryAfterMs(headers, now)).toBe(wait);
});
