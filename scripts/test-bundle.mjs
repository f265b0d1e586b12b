import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { atEnd } from './command.mjs';
import { serverBuild } from './bundle.mjs';
import jestOfSources from '../server/jest.config.mjs';
import { inRepo, repo } from './settings.mjs';

/**
 * The API tests in a few files. jest evaluates all modules anew for every test file, some two thousand for one that starts
 * the server: a second of the processor each time, and code that has only just become quick is thrown away (measured: the
 * twelve files of the orders room took 35 s of the processor, together in two 16 s). Each file of tests is a `describe` of
 * its own, with its own server and a database that is empty when it begins.
 * Returns the folder within the repository, below server/ from where the packages are found; it is removed at the end.
 * @param {string[]} tests absolute paths
 */
export async function bundleTests(tests) {
  const folder = newFolder();
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const esbuild = await import('esbuild'); // not before the packages are installed
  const groups = groupsOf(tests);
  const names = groups.map((_, index) => `group-${String(index + 1).padStart(2, '0')}.test`);
  await esbuild.build({
    ...serverBuild(),
    entryPoints: [...names.map((name) => ({ in: `group:${name}`, out: name })), ...workers],
    outdir: folder,
    splitting: true,
    chunkNames: '[name]-[hash]', // beside the workers, as in the bundle of the server
    plugins: [groupsAsFiles(new Map(names.map((name, index) => [name, groups[index] ?? []]))), addressesOfTests],
  });
  return relative(repo, folder);
}

const builds = inRepo('server', 'dist');
const prefix = 'tests-';
/** Longer than any run takes. */
const leftOverMs = 60 * 60_000;

/** A run that was killed leaves its folder. */
function newFolder() {
  mkdirSync(builds, { recursive: true });
  const others = readdirSync(builds).filter((name) => name.startsWith(prefix));
  for (const other of others.map((name) => join(builds, name))) {
    if (Date.now() - statSync(other).mtimeMs > leftOverMs) rmSync(other, { recursive: true, force: true });
  }
  return mkdtempSync(join(builds, prefix));
}

/** jest's own for such a folder. */
export const configOfBundle = JSON.stringify({
  rootDir: repo,
  testEnvironment: jestOfSources.testEnvironment,
  testTimeout: jestOfSources.testTimeout,
  testMatch: ['**/*.test.js'],
  transform: { '\\.js$': inRepo('scripts', 'source-map.mjs') },
});

/** What tests start as processes of their own from beside the code that asks for them. */
const workers = [
  'foundation/photos/photo-worker',
  'foundation/documents/document-worker',
  'foundation/rosters/reading/roster-worker',
].map((path) => ({ in: inRepo('server', 'src', `${path}.ts`), out: path.split('/').at(-1) ?? path }));

/** Bytes of source: some sixteen groups, so that the workers come to their end at about the same time. */
const groupSize = 95_000;

/** Neighbours together, of about the same length. @param {string[]} tests @returns {string[][]} */
function groupsOf(tests) {
  /** @type {string[][]} */
  const groups = [];
  let left = 0;
  for (const path of [...tests].sort()) {
    if (left <= 0) {
      groups.push([]);
      left += groupSize;
    }
    groups.at(-1)?.push(path);
    left -= statSync(path).size;
  }
  return groups;
}

/** `require` within a describe: esbuild evaluates the file there, so that its hooks are those of this describe alone. @param {string} path */
const asDescribe = (path) => `describe(${JSON.stringify(relative(inRepo('server'), path))}, () => {
  beforeAll(beginTestFile);
  require(${JSON.stringify(path)});
});`;

/** @param {Map<string, string[]>} groups @returns {import('esbuild').Plugin} */
const groupsAsFiles = (groups) => ({
  name: 'groups',
  setup(build) {
    build.onResolve({ filter: /^group:/ }, ({ path }) => ({ path: path.slice('group:'.length), namespace: 'group' }));
    build.onLoad({ filter: /.*/, namespace: 'group' }, ({ path }) => ({
      resolveDir: inRepo('server'),
      contents: [
        `import { beginTestFile } from ${JSON.stringify(inRepo('server', 'test', 'database.ts'))};`,
        ...(groups.get(path) ?? []).map(asDescribe),
      ].join('\n'),
    }));
  },
});

/** What a test reads or starts lies beside its source. @type {import('esbuild').Plugin} */
const addressesOfTests = {
  name: 'addresses of tests',
  setup(build) {
    build.onLoad({ filter: /\.test\.ts$|\/server\/test\/.*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};
