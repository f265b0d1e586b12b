import { markOf, stepped, withMark, wrongMarks } from './score-draft';

test('a mark is a whole number of 0 to 100, in whatever digits', () => {
  expect(['0', '100', '８５', ' 90 '].map(markOf)).toEqual([0, 100, 85, 90]);
  expect(['', '101', '-1', '85.5', '九十'].map(markOf)).toEqual([null, null, null, null, null]);
});

test('one up, one down, never beyond the ends; the first press begins at 80', () => {
  expect([stepped('', 1), stepped('80', 1), stepped('80', -1)]).toEqual(['80', '81', '79']);
  expect([stepped('100', 1), stepped('0', -1)]).toEqual(['100', '0']);
});

test('what is missing is said where it is missing', () => {
  const draft = withMark({ marks: [] }, 3, 1, '200');
  expect(draft.marks).toEqual(['', '200', '']);
  expect(wrongMarks(draft, 3)).toEqual({ 0: '还没打分', 1: '填 0 到 100 的整数', 2: '还没打分' });
  expect(wrongMarks({ marks: ['1', '2', '3'] }, 3)).toEqual({});
});
