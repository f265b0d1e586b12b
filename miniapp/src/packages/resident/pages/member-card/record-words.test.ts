import { recordWords } from './record-words';

test('a year is told in one sentence: kept when it is over, done so far while it runs', () => {
  const year = { year: 2026, isOver: false, promised: 4, delivered: 0, kept: 0 };
  expect(recordWords(year)).toBe('2026 年承诺 4 件，正在办');
  expect(recordWords({ ...year, delivered: 2 })).toBe('2026 年承诺 4 件，已办成 2 件');
  expect(recordWords({ ...year, isOver: true, delivered: 4, kept: 4 })).toBe('2026 年承诺 4 件，兑现 4 件');
});
