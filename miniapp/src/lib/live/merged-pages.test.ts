import { hasNews, mergedPages } from './merged-pages';

const row = (id: string, words = '旧') => ({ id, words });
const shown = {
  pages: [
    { items: [row('a'), row('b')], nextCursor: 'x' },
    { items: [row('c')], nextCursor: 'y' },
  ],
  pageParams: [null, 'x'],
};
const whole = { ...shown, pages: [{ items: [row('a')], nextCursor: null }] };

test('a row changes where it stands; what came is not shown yet, what went stays for the moment', () => {
  expect(mergedPages(shown, [row('new'), row('c', '新'), row('b')])).toEqual({
    ...shown,
    pages: [shown.pages[0], { items: [row('c', '新')], nextCursor: 'y' }],
  });
});

test('news is what the screen does not show, in the part that it shows', () => {
  expect(hasNews(shown, [row('new'), row('a'), row('b')])).toBe(true);
  expect(hasNews(shown, [row('b'), row('c'), row('from below')])).toBe(false);
  expect(hasNews(whole, [row('a'), row('new')])).toBe(true);
  expect(hasNews(whole, [])).toBe(false);
});
