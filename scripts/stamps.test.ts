import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { completeH5 } from './h5.mjs';
import { buildsOf, hashOf, removeOldBuilds } from './stamps.mjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sandan-stamps-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
}

/** Ages follow the order in which they are made. */
function makeBuild(letter: string, age: number, file: string) {
  const name = `h5-${letter.repeat(12)}`;
  write(`${name}/index.html`, `<script src="${file}">`);
  write(`${name}/${file}`, `console.log('${letter}')`);
  const then = new Date(Date.now() - age * 60_000);
  utimesSync(join(folder, name), then, then);
  return join(folder, name);
}

test('the hash follows contents, names and settings, and not the tests', () => {
  write('a.ts', '1');
  const before = hashOf([folder]);
  write('a.test.ts', 'expect');
  expect(hashOf([folder])).toBe(before);
  expect(hashOf([folder], ['another setting'])).not.toBe(before);
  write('a.ts', '2');
  const changed = hashOf([folder]);
  expect(changed).not.toBe(before);
  write('b.ts', '');
  expect(hashOf([folder])).not.toBe(changed);
});

test('a phone with the page of the build before still gets its files, compressed too, but not those of the one before that', async () => {
  const first = makeBuild('a', 3, 'js/app.aaaa.js');
  await completeH5(first);
  const second = makeBuild('b', 2, 'js/app.bbbb.js');
  await completeH5(second);
  const third = makeBuild('c', 1, 'js/app.cccc.js');
  rmSync(first, { recursive: true });
  await completeH5(third);

  const read = (file: string) => readFileSync(join(third, file));
  expect(read('js/app.bbbb.js').toString()).toContain("'b'");
  expect(brotliDecompressSync(read('js/app.bbbb.js.br')).toString()).toContain("'b'");
  expect(gunzipSync(read('js/app.cccc.js.gz')).toString()).toContain("'c'");
  expect(read('index.html').toString()).toContain('cccc');
  expect(() => read('js/app.aaaa.js')).toThrow(/ENOENT/);
});

test('the newest builds stay, for servers that still run on them', () => {
  const builds = ['a', 'b', 'c', 'd'].map((letter, at) => makeBuild(letter, 9 - at, 'app.js'));
  removeOldBuilds(builds[3]!, 2);
  expect(buildsOf(folder, 'h5')).toEqual([builds[3], builds[2]]);
});
