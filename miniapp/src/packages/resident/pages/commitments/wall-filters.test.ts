import { countOf, filterWords, queryOf, type WallFilters } from './wall-filters';

const first: WallFilters = {
  ...{ roundId: '01', here: true, stage: 'all', watch: 'any', organizationId: null, personId: null },
  ...{ kind: null, field: null },
};

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

test('one member or one organisation is asked for in the whole town; what is late or disputed by itself', () => {
  const ofMember: WallFilters = { ...first, here: false, personId: '07', watch: 'overdue' };
  expect(queryOf(ofMember)).toEqual({ scope: 'wall', roundId: '01', personId: '07', overdue: 'true' });
  expect(countOf(ofMember, { id: '01', livesHere: true, stage: 'all' })).toBe(2);
  expect(filterWords(ofMember, { year: 2026 })).toBe('2026 年 · 超时');
  const disputed: WallFilters = { ...first, here: false, organizationId: '09', watch: 'disputed' };
  expect(queryOf(disputed)).toEqual({ scope: 'wall', roundId: '01', organizationId: '09', status: 'disputed' });
  expect(filterWords({ ...first, watch: 'disputed' }, { year: 2026 })).toBe('答应我们村的 · 2026 年 · 有异议');
});
