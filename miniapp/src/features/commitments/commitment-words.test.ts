import {
  amountWords,
  leftColour,
  leftWords,
  moneyWords,
  progressWords,
  promiserWords,
  starsWords,
} from './commitment-words';

test('what can be counted is counted, the rest stands in percent', () => {
  expect(progressWords({ quantity: 4, unit: '盏', quantityDone: 3, percent: 75 })).toBe('3 / 4 盏');
  expect(progressWords({ quantity: 1.5, unit: '公里', quantityDone: 0.25, percent: 16 })).toBe('0.25 / 1.5 公里');
  expect(progressWords({ quantity: null, unit: null, quantityDone: 0, percent: 60 })).toBe('60%');
  expect(amountWords({ quantity: 24, unit: '次' })).toBe('24 次');
  expect(amountWords({ quantity: null, unit: null })).toBeNull();
});

test('the time left is said as people say it', () => {
  expect([200, 60, 12, 1, 0, -3].map(leftWords)).toEqual([
    '还剩 6 个月',
    '还剩 60 天',
    '还剩 12 天',
    '明天到期',
    '今天到期',
    '超 3 天',
  ]);
  expect(leftColour({ daysLeft: -1, overdue: true })).toBe('overdue');
  expect(leftColour({ daysLeft: 7, overdue: false })).toBe('open');
  expect(leftColour({ daysLeft: 90, overdue: false })).toBe('stopped');
});

test('a member stands with the branch, a branch by itself', () => {
  const organization = { id: '01', name: '碧塘村党总支' };
  expect(promiserWords({ person: { personId: '02', name: '李晓峰' }, organization })).toBe('李晓峰（碧塘村党总支）');
  expect(promiserWords({ person: null, organization })).toBe('碧塘村党总支');
});

test('stars below five raters are nobody’s business', () => {
  expect(starsWords({ rating: { stars: 4.75, raters: 12, mine: 5 } })).toBe('4.8 分（12 人评）');
  expect(starsWords({ rating: { stars: null, raters: 3, mine: null } })).toBeNull();
});

test('money in yuan, from ten thousand on in 万', () => {
  expect(moneyWords(80_000)).toBe('800 元');
  expect(moneyWords(3_500_000)).toBe('3.5 万元');
});
