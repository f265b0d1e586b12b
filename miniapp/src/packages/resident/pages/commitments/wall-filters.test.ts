import { countOf, filterWords, queryOf, type WallFilters } from './wall-filters';

const first: WallFilters = { roundId: '01', here: true, stage: 'all', kind: null, field: null };

test('the wall begins with this year and the own village, and counts what was chosen otherwise', () => {
  expect(queryOf(first)).toEqual({ scope: 'wall', roundId: '01', here: 'true' });
  expect(countOf(first, { id: '01', livesHere: true, stage: 'all' })).toBe(0);
  expect(countOf({ ...first, here: false, field: 'light' }, { id: '01', livesHere: true, stage: 'all' })).toBe(2);
});

test('what is being looked at is said in words', () => {
  expect(filterWords(first, { year: 2026 })).toBe('答应我们村的 · 2026 年');
  expect(
    filterWords({ ...first, here: false, stage: 'working', kind: 'secretaryProject', field: 'light' }, { year: 2025 }),
  ).toBe('全镇的 · 2025 年 · 在办 · 书记项目 · 照明用电');
});
