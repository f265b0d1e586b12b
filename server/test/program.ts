import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * How one of our programs is started as a process of its own, with this environment and no more: from the bundle that the
 * tests were started with, by hand from the sources.
 */
export function program(
  name: 'main' | 'wechat-check' | 'wechat-stand-in',
  env: NodeJS.ProcessEnv,
): [command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }] {
  const repo = fileURLToPath(new URL('../..', import.meta.url));
  const bundle = process.env['SERVER_BUNDLE_DIR'];
  const args = bundle ? [join(bundle, `${name}.js`)] : ['--import', 'tsx', join(repo, `server/src/${name}.ts`)];
  const always = { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: join(repo, 'server/tsconfig.json') };
  return [process.execPath, args, { cwd: repo, env: { ...always, ...env } }];
}
