import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn } from './lock.mjs';
import { inRepo } from './settings.mjs';
import { hashOf, removeOldBuilds } from './stamps.mjs';

const serverEntries = {
  main: 'server/src/main.ts',
  migrate: 'server/src/migrate.ts',
  seed: 'server/src/seed.ts',
  keys: 'server/src/keys.ts',
  backup: 'server/src/backup.ts',
  restore: 'server/src/restore.ts',
  'audit-verify': 'server/src/audit-verify.ts',
  'audit-trim': 'server/src/audit-trim.ts',
  'admin-create': 'server/src/admin-create.ts',
  'photo-worker': 'server/src/foundation/photos/photo-worker.ts',
  'document-worker': 'server/src/foundation/documents/document-worker.ts',
  'roster-worker': 'server/src/foundation/rosters/reading/roster-worker.ts',
  import: 'server/src/import.ts',
  'wechat-check': 'server/src/wechat-check.ts',
  'wechat-stand-in': 'server/src/wechat-stand-in.ts',
};

/** The server as JavaScript: main, the commands and the two workers side by side. Returns the folder. */
export const bundleServer = () => bundle('server', serverEntries);

/** The bench, one file `bench.js`. Returns the folder. */
export const bundleBench = () =>
  bundle('bench', {
    bench: 'server/bench/bench.ts',
    'plain-koa': 'server/bench/plain-koa.ts',
    'live-phones': 'server/bench/live-phones.ts',
  });

/**
 * Bundles below server/, from where node_modules can be found: packages stay outside, as their files are needed
 * (sharp's library, swagger's pages). Same sources, nothing to do.
 * @param {string} kind
 * @param {Record<string, string>} entries
 */
async function bundle(kind, entries) {
  const sources = [
    'server/src',
    'server/bench',
    'server/test',
    'server/package.json',
    'shared/src',
    'shared/package.json',
  ];
  const also = ['package-lock.json', 'scripts/bundle.mjs'];
  const hash = hashOf([...sources, ...also].map((path) => inRepo(path)));
  const folder = inRepo('server', 'dist', `${kind}-${hash}`);
  if (existsSync(folder)) return folder;
  await inTurn('builds', async () => {
    if (existsSync(folder)) return;
    const fresh = `${folder}.new`;
    rmSync(fresh, { recursive: true, force: true });
    await compile(entries, fresh);
    renameSync(fresh, folder);
    removeOldBuilds(folder);
  });
  return folder;
}

/** @param {Record<string, string>} entries @param {string} folder */
async function compile(entries, folder) {
  const esbuild = await import('esbuild'); // not before the packages are installed
  const entryPoints = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, inRepo(path)]));
  await esbuild.build({ ...serverBuild(), entryPoints, outdir: folder });
}

/** How esbuild makes JavaScript of the server. @returns {import('esbuild').BuildOptions} */
export function serverBuild() {
  const { engines } = JSON.parse(readFileSync(inRepo('package.json'), 'utf8'));
  return {
    bundle: true,
    platform: 'node',
    target: `node${engines.node.replace('>=', '')}`,
    format: 'esm',
    packages: 'external',
    alias: { '@sandan/shared': inRepo('shared', 'src') },
    tsconfig: inRepo('server', 'tsconfig.json'),
    sourcemap: true,
    absWorkingDir: inRepo(),
    logLevel: 'silent',
  };
}

/**
 * V8 lets the heap grow by what the machine has; on a big one the web process then stands at 300 MB under load and is no
 * faster for it (measured: 150 MB with these).
 */
export const smallHeap = ['--max-semi-space-size=16', '--max-old-space-size=256'];

/** @param {string} folder @param {string} name @param {string[]} args the command line that runs one of the bundles */
export const nodeOn = (folder, name, ...args) => [
  '--enable-source-maps',
  ...(['main', 'import'].includes(name) ? smallHeap : []),
  join(folder, `${name}.js`),
  ...args,
];
