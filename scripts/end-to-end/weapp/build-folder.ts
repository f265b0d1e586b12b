import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The files of a built mini-program. Paths are WeChat's own: relative, with slashes. */
export interface BuildFolder {
  paths: readonly string[];
  read(path: string): string;
  bytes(path: string): number;
}

export function readBuildFolder(folder: string): BuildFolder {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return {
    paths: paths.sort(),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    bytes: (path) => statSync(join(folder, path)).size,
  };
}

export const without = (extension: string, path: string): string => path.slice(0, -extension.length);
