import { resolve } from 'node:path';
import { ConfigFault, endOnFault, readConfig } from './foundation/config';
import { restoreBackup } from './foundation/backup/restore';
import { DamagedBackup } from './foundation/backup/sealed-stream';
import { migrate } from './foundation/database/migrate';
import { readKeyRing } from './foundation/personal-data/key-ring';
import { createVault } from './foundation/personal-data/vault';
import { openFiles } from './foundation/world/open-files';
import { entities } from './rooms';

/** Entry of restore.js: `npm run restore -- <folder of a backup>` into the empty database of DATABASE_OWNER_URL. */
try {
  const [given] = process.argv.slice(2);
  if (!given) throw new ConfigFault(['npm run restore -- <备份文件夹>']);
  const config = readConfig(process.env);
  const ownerUrl = process.env['DATABASE_OWNER_URL'] || config.databaseUrl;
  const ring = readKeyRing(config.keysFile);
  const say = (line: string): void => console.log(line);
  const manifest = await restoreBackup({ ownerUrl, files: await openFiles(config), ring, path: resolve(given), say });
  const ran = await migrate({ ownerUrl, applicationUrl: config.databaseUrl, entities, vault: createVault(() => ring) });
  if (ran.length > 0) say(`已升级：${ran.join(', ')}`);
  say(`恢复好了：${manifest.at} 的备份，${manifest.tables.length} 张表，${manifest.files.length} 个文件`);
} catch (error) {
  if (!(error instanceof DamagedBackup)) endOnFault(error);
  console.error(error.message);
  process.exitCode = 1;
}
