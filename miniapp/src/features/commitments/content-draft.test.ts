import { contentBody, emptyContent, missingInContent, type ContentDraft } from './content-draft';
import { numberOf } from './number-of';

const written: ContentDraft = {
  ...emptyContent,
  ...{ title: ' 装 4 盏路灯 ', words: '年底前在一组巷口装 4 盏太阳能路灯', quantity: '4', unit: '盏' },
  ...{ grid: { gridId: '01', words: '碧塘村' }, deadline: '2026-12-31', field: 'light', money: '3500.5' },
};

test('nothing is missing from a promise that says what, for whom, until when', () => {
  expect(missingInContent(written)).toEqual({});
  expect(contentBody(written)).toEqual({
    ...{ title: '装 4 盏路灯', words: '年底前在一组巷口装 4 盏太阳能路灯', field: 'light' },
    ...{ quantity: 4, unit: '盏', forGridId: '01', forWords: null, deadline: '2026-12-31' },
    ...{ money: 350_050, moneySource: null },
  });
});

test('an empty form is told what to write, in the order of its questions', () => {
  expect(Object.keys(missingInContent(emptyContent))).toEqual(['title', 'words', 'grid', 'deadline', 'field']);
});

test('number and unit belong together, and a promise without a number is no mistake', () => {
  expect(missingInContent({ ...written, unit: '' })).toEqual({ unit: '写上单位：米、盏、次' });
  expect(missingInContent({ ...written, quantity: '' })).toEqual({ quantity: '写上数量' });
  expect(missingInContent({ ...written, quantity: '几' })).toEqual({ quantity: '请填大于 0 的数字' });
  expect(missingInContent({ ...written, quantity: '', unit: '' })).toEqual({});
});

test('numbers are read as the keyboard of an old phone gives them', () => {
  expect(['4', ' 1.5 ', '１２', '1,000', '', '四', '-1'].map(numberOf)).toEqual([4, 1.5, 12, 1000, null, null, null]);
});
