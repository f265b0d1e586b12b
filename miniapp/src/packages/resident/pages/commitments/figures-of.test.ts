import type { Counts } from '../../../../features/commitments/commitment';
import { besideWords, figuresOf, sharesOf } from './figures-of';

const none: Counts = {
  ...{ organizations: 16, members: 420, owed: 1744, drafted: 0, published: 0, delivered: 0, accepted: 0 },
  ...{ disputed: 0, overdue: 0, kept: 0, partlyKept: 0, notKept: 0, abandoned: 0, carriedOver: 0 },
  ...{ keptShare: null, underMinimum: null, raters: 0, stars: null },
};
const told = (counts: Partial<Counts>, isOver: boolean) =>
  figuresOf({ ...none, ...counts }, isOver).map(({ words, count }) => `${words} ${count}`);

test('a year under way says where its deeds stand, a closed one how they ended', () => {
  expect(told({ published: 12 }, false)).toEqual(['正在办 12', '等验收 0', '验收了 0']);
  expect(told({ kept: 300, notKept: 1 }, true)).toEqual(['兑现 300', '部分兑现 0', '没兑现 1']);
});

test('what is not as it should be is told only where something is', () => {
  expect(besideWords(none)).toBeNull();
  expect(besideWords({ ...none, disputed: 1, abandoned: 9 })).toBe('有异议 1，终止 9。');
});

test('a share is never rounded up to all, and stars are told when the server tells them', () => {
  expect(sharesOf({ ...none, keptShare: 0.9999, stars: 4.66, raters: 320 }, true)).toEqual([
    '兑现率 99.9%，没办成的和结转的都算在内。',
    '大家评了 320 次，平均 4.7 分。',
  ]);
});

test('while the year runs there is no share: only what was given up has ended yet', () => {
  expect(sharesOf({ ...none, abandoned: 9, keptShare: 0 }, false)).toEqual([]);
});
