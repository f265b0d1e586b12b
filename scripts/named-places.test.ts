import { readFileSync } from 'node:fs';
import { inRepo } from './settings.mjs';
import { filesUnder } from './stamps.mjs';

const read = (path: string) => readFileSync(path, 'utf8');
const named = (page: string, how: RegExp) =>
  [...read(inRepo('miniapp', 'src', 'pages', page)).matchAll(how)].map(([, name]) => name);
const doors: Readonly<Record<string, readonly (string | undefined)[]>> = {
  我的: named('me/index.tsx', /title="([^"]+)"/g),
  工作台: named('desk/entry-registry.ts', /words: '([^']+)'/g),
};

/** “我的 - 消息通知” in a sentence sends somebody there: after a page has been renamed he would look in vain. */
test('every place that a sentence names stands where it says', () => {
  const sources = ['shared/src', 'server/src', 'miniapp/src', 'README.md']
    .flatMap((path) => filesUnder(inRepo(path)))
    .filter((path) => /\.(tsx?|md)$/.test(path));
  const said = sources.flatMap((path) => [...read(path).matchAll(/“(我的|工作台) [-·] ([^”]+)”/g)]);
  expect(said.length).toBeGreaterThan(8);
  expect(said.filter(([, tab = '', door]) => !doors[tab]?.includes(door)).map(([words]) => words)).toEqual([]);
});
