import { queryString } from './query-string';

test('what is not given is not sent', () => {
  expect(queryString({ scope: 'mine', cursor: undefined, stage: null })).toBe('?scope=mine');
  expect(queryString({})).toBe('');
});

test('words are encoded', () => {
  expect(queryString({ q: '路灯 & 水管', overdue: true })).toBe(
    '?q=%E8%B7%AF%E7%81%AF%20%26%20%E6%B0%B4%E7%AE%A1&overdue=true',
  );
});
