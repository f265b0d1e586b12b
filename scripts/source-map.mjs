import { existsSync, readFileSync } from 'node:fs';

/** For jest: code that runs as it is, with the map that lies beside it, so that a failure is shown in the source. */
export default {
  /** @param {string} code @param {string} file */
  process(code, file) {
    const map = `${file}.map`;
    return existsSync(map) ? { code, map: readFileSync(map, 'utf8') } : { code };
  },
};
