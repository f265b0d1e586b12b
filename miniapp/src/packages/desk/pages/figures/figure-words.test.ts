import { baseWords, rateWords } from './figure-words';

test('a rate stands with what it counts', () => {
  const rate = { part: 2076, of: 2158, rate: 0.962 };
  expect(rateWords(rate)).toBe('96.2%');
  expect(baseWords(rate, '办结', '受理')).toBe('办结 2076 件，受理 2158 件');
});

test('with fewer than twenty only the counts are said', () => {
  const rate = { part: 3, of: 7, rate: null };
  expect(rateWords(rate)).toBe('—');
  expect(baseWords(rate, '说办好了', '答复')).toBe('答复不足 20 件，不算比率。说办好了 3 件，答复 7 件');
});
