import { daysWords, noFilters, queryOf } from './filters';

test('what is not chosen is not asked for', () => {
  expect(queryOf(noFilters)).toEqual({});
  const thing = { id: '01K9', words: '单子' };
  expect(queryOf({ ...noFilters, kind: 'export', from: '2026-11-01', thing })).toEqual({
    ...{ kind: 'export', from: '2026-11-01', thingId: '01K9' },
  });
});

test('days are said as from, to, or both', () => {
  expect(daysWords({ from: '', to: '' })).toBeNull();
  expect(daysWords({ from: '2026-11-01', to: '' })).toBe('2026-11-01 起');
  expect(daysWords({ from: '', to: '2026-11-22' })).toBe('2026-11-22 止');
  expect(daysWords({ from: '2026-11-01', to: '2026-11-22' })).toBe('2026-11-01 至 2026-11-22');
});
