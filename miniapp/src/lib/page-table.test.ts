import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isPage, mainPages, packagePages, pathOfPage, sharedPages, tabPages, type PageName } from './page-table';

const src = path.join(import.meta.dirname, '..');
const names = [tabPages, mainPages, ...Object.values(packagePages)].flatMap(Object.keys) as PageName[];

test.each(names)('the page %s stands where the table says', (name) => {
  expect(existsSync(path.join(src, `${pathOfPage(name)}.tsx`))).toBe(true);
  expect(existsSync(path.join(src, `${pathOfPage(name)}.config.ts`))).toBe(true);
});

test('no two pages share a name', () => {
  expect(new Set(names).size).toBe(names.length);
});

test('a page of a package has the package in its path', () => {
  expect(pathOfPage('messages')).toBe('/packages/resident/pages/messages/index');
});

test('a page of a newer build is none of this one', () => {
  expect(names.every(isPage)).toBe(true);
  for (const name of ['payBill', 'toString', '__proto__', 'constructor'])
    expect([name, isPage(name)]).toEqual([name, false]);
});

const settingsOf = (name: PageName) => readFileSync(path.join(src, `${pathOfPage(name)}.config.ts`), 'utf8');

test('exactly the pages of the table may be sent on, and none is offered to 朋友圈', () => {
  expect(names.filter((name) => settingsOf(name).includes('enableShareAppMessage: true'))).toEqual(
    names.filter((name) => sharedPages.includes(name)),
  );
  expect(names.filter((name) => settingsOf(name).includes('enableShareTimeline'))).toEqual([]);
});
