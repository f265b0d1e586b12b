import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir } from './data-dir.mjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sandan-data-dir-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a DATA_DIR that cannot be written is trouble that names it', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const dataDir of [file, join(file, 'below')]) {
    expect(() => lockDataDir({ dataDir, port: 3000, host: '127.0.0.1' }, 'a test')).toThrow(
      `DATA_DIR=${dataDir} 不能写 / cannot be written`,
    );
  }
});
