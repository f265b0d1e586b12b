import { existsSync } from 'node:fs';
import path from 'node:path';
import { mainPages, packagePages, pathOfPage, tabPages, type PageName } from './page-table';

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
