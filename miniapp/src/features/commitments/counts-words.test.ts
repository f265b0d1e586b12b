import { mineWords, reviewWords } from './counts-words';

test('what waits for the secretary is told queue by queue, and nothing where nothing waits', () => {
  const none = { total: 0, submitted: 0, approved: 0, delivered: 0, published: 0, disputed: 0 };
  expect(reviewWords(null)).toBeNull();
  expect(reviewWords(none)).toBeNull();
  expect(reviewWords({ ...none, submitted: 3, disputed: 1 })).toBe('3 件待审，1 件有异议');
});

test('a member reads how many he has still to write, and what is late', () => {
  const mine = { roundId: '01', year: 2026, owed: 4, written: 4, toWrite: 0, draftsUntil: '2026-02-28' };
  expect(mineWords(null)).toBeNull();
  expect(mineWords({ ...mine, dueSoon: 0, overdue: 0 })).toBeNull();
  expect(mineWords({ ...mine, toWrite: 2, dueSoon: 1, overdue: 0 })).toBe('还差 2 件没写，1 件快到期');
});
