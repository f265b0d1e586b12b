import { goneFrom, mergedPages, newsIn } from './merged-pages';

const row = (id: string, words = '旧') => ({ id, words });
const shown = {
  pages: [
    { items: [row('a'), row('b')], nextCursor: 'x' },
    { items: [row('c')], nextCursor: 'y' },
  ],
  pageParams: [null, 'x'],
};
const items = [row('a'), row('b'), row('c')];

test('a row changes where it stands; what came is not shown yet, what went stays for the moment', () => {
  expect(mergedPages(shown, [row('new'), row('c', '新'), row('b')])).toEqual({
    ...shown,
    pages: [shown.pages[0], { items: [row('c', '新')], nextCursor: 'y' }],
  });
});

test('news is what the screen does not show, in the part that it shows', () => {
  expect(newsIn(items, { rows: [row('new'), row('a'), row('newer'), row('b')], isWhole: false })).toBe(2);
  expect(newsIn(items, { rows: [row('b'), row('c'), row('from below')], isWhole: false })).toBe(0);
  expect(newsIn([row('a')], { rows: [row('a'), row('new')], isWhole: true })).toBe(1);
  expect(newsIn([row('a')], { rows: [], isWhole: true })).toBe(0);
});

test('gone is what stands nowhere any more; where more come after, it may have moved there', () => {
  expect([...goneFrom(items, { rows: [row('c'), row('new')], isWhole: true })]).toEqual(['a', 'b']);
  expect([...goneFrom(items, { rows: [row('new'), row('a'), row('b')], isWhole: false })]).toEqual([]);
});
