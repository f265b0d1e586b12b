import type { Content } from './commitment';
import { differencesOf } from './differences';

const now = Date.parse('2026-11-22T04:00:00Z');
const content: Content = {
  ...{ title: '装 4 盏路灯', words: '年底前装 4 盏太阳能路灯', field: 'light', quantity: 4, unit: '盏' },
  ...{ forGridId: '01A', forWords: null, deadline: '2026-12-31', money: null, moneySource: null },
};

test('only what was said otherwise is set side by side', () => {
  const after = { ...content, quantity: 3, deadline: '2026-12-15' };
  expect(differencesOf(content, after, now)).toEqual([
    { name: '数量', was: '4 盏', is: '3 盏' },
    { name: '最晚', was: '12月31日', is: '12月15日' },
  ]);
});

test('the same words have nothing to tell, nor has the first wording', () => {
  expect(differencesOf(content, { ...content }, now)).toEqual([]);
  expect(differencesOf(null, content, now)).toEqual([]);
});

test('another village is told even where nobody has a name for it', () => {
  expect(differencesOf(content, { ...content, forGridId: '01B' }, now)).toEqual([
    { name: '给谁办', was: '原来的村组', is: '换了村组' },
  ]);
});
