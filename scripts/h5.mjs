import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { buildsOf, filesUnder } from './stamps.mjs';

/** The list of a build's own files, without those kept from the build before. Not secret, and never asked for. */
const listName = 'files.json';

/**
 * What the server needs beside Taro's output: compressed copies, and the files of the build before, because a phone with
 * an old index.html still asks for its chunks (decisions.md §4.8).
 * @param {string} folder
 */
export async function completeH5(folder) {
  const previous = buildsOf(dirname(folder), 'h5')[0];
  await compressFiles(folder);
  const own = filesUnder(folder).map((file) => relative(folder, file));
  writeFileSync(join(folder, listName), JSON.stringify(own));
  if (previous && existsSync(join(previous, listName))) keepFiles(previous, folder);
}

/** @param {string} previous @param {string} folder */
function keepFiles(previous, folder) {
  /** @type {string[]} */
  const names = JSON.parse(readFileSync(join(previous, listName), 'utf8'));
  for (const name of names.filter((each) => !existsSync(join(folder, each)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    copyFileSync(join(previous, name), join(folder, name));
  }
}

/** @param {string} folder */
async function compressFiles(folder) {
  const texts = filesUnder(folder).filter((file) => /\.(js|css|html|svg|json|txt)$/.test(file));
  await Promise.all(
    texts.map(async (file) => {
      const content = readFileSync(file);
      const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, brotli));
      writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    }),
  );
}
