import { join } from 'node:path';
import { backupsIn, namesIn } from './manifest';
import { keyOfSealed } from './sealed-stream';

/** What would never open again in a folder of backups without a key. */
export interface NeedOfKey {
  /** Names of the backups. */
  backups: string[];
  /** Copies of photos and voices, entries of the list of the erased. */
  files: number;
}

/** A backup whose manifest cannot be read is taken for one that needs every key. */
export async function needOf(folder: string, keyId: string): Promise<NeedOfKey> {
  const backups = (await backupsIn(folder)).filter(({ manifest }) => manifest?.keys.seal.includes(keyId) ?? true);
  let files = 0;
  for (const part of ['files', 'erasures']) {
    const names = (await namesIn(join(folder, part), true)).filter((name) => name.endsWith('.sealed'));
    for (const name of names) if ((await keyOfSealed(join(folder, part, name))) === keyId) files += 1;
  }
  return { backups: backups.map(({ name }) => name), files };
}
