import { countOf, filterWords, queryOf, type WallFilters } from './wall-filters';

const first: WallFilters = { roundId: '01', here: true, stage: 'all', kind: null, field: null, of: null };

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

test('the wall of one organisation, or of one member, says whose it is', () => {
  const of = { organizationId: '02', name: '碧塘村党支部' };
  expect(queryOf({ ...first, here: false, of })).toEqual({ scope: 'wall', roundId: '01', organizationId: '02' });
  expect(queryOf({ ...first, here: false, of: { personId: '03', name: '李晓峰' } })).toMatchObject({ personId: '03' });
  expect(filterWords({ ...first, here: false, of }, { year: 2026 })).toBe('碧塘村党支部 · 2026 年');
});
