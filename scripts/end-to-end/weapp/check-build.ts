import { parse } from 'acorn';
import type { BuildFolder } from './build-folder';
import type { AppConfig } from './program';

/** WeChat refuses more than 2 MB a package; the main package is what everybody waits for (issue 2: under 1 MB). */
const mostBytes = { main: 1_000_000, subpackage: 2 * 1024 * 1024 };

export const appConfigOf = (build: BuildFolder): AppConfig => JSON.parse(build.read('app.json')) as AppConfig;

/** The pages of app.json, those of subpackages with their root. */
export const pagesOf = ({ pages, subPackages = [] }: AppConfig): string[] => [
  ...pages,
  ...subPackages.flatMap((sub) => sub.pages.map((page) => `${sub.root}/${page}`)),
];

/** Scripts that a phone of the village could not read: not ES5. `app.js:12:3 Unexpected token` */
export function scriptsBeyondES5(build: BuildFolder): string[] {
  return build.paths
    .filter((path) => path.endsWith('.js'))
    .flatMap((path) => {
      try {
        parse(build.read(path), { ecmaVersion: 5 });
        return [];
      } catch (error) {
        if (error instanceof SyntaxError) return [`${path}: ${error.message}`];
        throw error;
      }
    });
}

export interface PackageSize {
  name: string;
  bytes: number;
  most: number;
}

export function packageSizes(build: BuildFolder): PackageSize[] {
  const roots = (appConfigOf(build).subPackages ?? []).map(({ root }) => root);
  const isIn = (root: string) => (path: string) => path.startsWith(`${root}/`);
  const sum = (paths: readonly string[]) => paths.reduce((bytes, path) => bytes + build.bytes(path), 0);
  const main = build.paths.filter((path) => !roots.some((root) => isIn(root)(path)));
  return [
    { name: 'main', bytes: sum(main), most: mostBytes.main },
    ...roots.map((root) => ({ name: root, bytes: sum(build.paths.filter(isIn(root))), most: mostBytes.subpackage })),
  ];
}

/** Pages of app.json that lack their script, template or settings. */
export function missingFiles(build: BuildFolder): string[] {
  const there = new Set(build.paths);
  const wanted = pagesOf(appConfigOf(build)).flatMap((page) => [`${page}.js`, `${page}.wxml`, `${page}.json`]);
  return wanted.filter((path) => !there.has(path));
}

/** Tab pages that are not in the main package, where WeChat wants them. */
export function misplacedTabs(build: BuildFolder): string[] {
  const { pages, tabBar } = appConfigOf(build);
  return (tabBar?.list ?? []).map(({ pagePath }) => pagePath).filter((path) => !pages.includes(path));
}
