import { besideWords, doneWords, owedWords, publicWords, type FigureRow } from './row-words';

const row: FigureRow = {
  ...{ kind: 'organization', id: '01', name: '碧塘村党支部', roundId: '02', organizationId: '01', opens: true },
  ...{ organizations: 1, members: 32, owed: 134, counted: 120, drafted: 3, promised: 121, delivered: 0, done: 40 },
  ...{ overdue: 0, disputed: 0, share: 0.33, underMinimum: null, raters: 0, stars: null },
};

test('who owes how many, as one says it of a branch, of a town and of a member', () => {
  expect(owedWords(row)).toBe('32 名党员，应承诺 134 件');
  expect(owedWords({ ...row, organizations: 16, members: 553 })).toBe('16 个党组织、553 名党员，应承诺 134 件');
  expect(owedWords({ ...row, kind: 'person', organizations: 0, members: 1, owed: 4 })).toBe('应承诺 4 件');
  expect(owedWords({ ...row, kind: 'person', organizations: 0, members: 0, owed: 0 })).toBe('今年不用承诺');
  expect(doneWords(row)).toBe('40 / 121 件');
  expect(publicWords(row, false)).toBe('公示 121 件，验收 40 件');
  expect(publicWords({ ...row, promised: 0, done: 0 }, true)).toBe('还没有公示');
});

test('what is not as it should be is told only where something is', () => {
  expect(besideWords(row)).toBe('');
  expect(besideWords({ ...row, overdue: 3, underMinimum: 2, stars: 4.66, raters: 320 })).toBe(
    '超时 3 · 2 个不够数 · 4.7 分（320 人次）',
  );
  expect(besideWords({ ...row, kind: 'person', underMinimum: 1 })).toBe('还不够数');
});
